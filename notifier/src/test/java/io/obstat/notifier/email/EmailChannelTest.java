package io.obstat.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.notifier.Approval;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Digests;
import io.obstat.notifier.Errand;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Routes;
import io.obstat.notifier.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class EmailChannelTest {

    private static final Recipient ANN = new Recipient("email", "ann@example.com");
    private static final Routes ROUTES = new Routes(
            List.of(new Routes.Route(Set.of("data-governance"), Set.of(), List.of(new Recipient("slack", "C1"), ANN))),
            List.of());

    private final Notice.Wanted wanted = (Notice.Wanted) notice(Samples.approvalRequired("a"));
    private final Errand errand = new Errand(DeliveryId.of(wanted, ANN), wanted, ANN, false);
    private final List<DigestMail> sent = new ArrayList<>();
    private final OneTurn digests = new OneTurn();
    private Attempt answer = new Attempt.Accepted();

    private final EmailChannel channel = new EmailChannel(
            ROUTES,
            digests,
            new EmailChannel.Post(Mailed.SETTINGS, Mailed::html, mail -> {
                sent.add(mail);
                return CompletableFuture.completedFuture(answer);
            }),
            () -> Samples.NOW);

    @Test
    void shouldTellWhoeverRoutesNameThatSomethingWaitsAndNothingElse() {
        // Given
        Notice reminded = notice(Samples.reminded("a"));
        Notice escalated = notice(Samples.escalated("a", null));
        Notice decided = notice(Samples.decision("a", Outcome.REJECTED, DecidedBy.PEOPLE));
        Notice reviewed = notice(Samples.reviewRecorded("a"));

        // When / Then
        for (Notice call : List.of(wanted, reminded, escalated)) {
            assertThat(channel.recipients(call, Approval.of(List.of(wanted, call))))
                    .containsExactly(ANN);
        }
        for (Notice other : List.of(decided, reviewed)) {
            assertThat(channel.recipients(other, Approval.of(List.of(wanted, other))))
                    .isEmpty();
        }
    }

    @Test
    void shouldTellNobodyOfWhatIsNotKnownYet() {
        // Given
        Notice opened = notice(Samples.approvalOpened("a"));
        Notice reminded = notice(Samples.reminded("a"));

        // When
        List<Recipient> recipients = channel.recipients(reminded, Approval.of(List.of(opened, reminded)));

        // Then
        assertThat(recipients).isEmpty();
    }

    @Test
    void shouldSendWhatThereIsToTellAndPutItOnRecord() {
        // When
        Attempt attempt = deliver();

        // Then
        assertThat(attempt).isEqualTo(new Attempt.Accepted());
        assertThat(digests.log).containsExactly("sent 1");
        assertThat(sent).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("ann@example.com");
            assertThat(mail.subject()).isEqualTo("1 request waits for you, until 10:30 UTC");
            assertThat(mail.text()).contains("#" + wanted.subject().shortId());
            assertThat(mail.html()).contains("#" + wanted.subject().shortId());
        });
    }

    @Test
    void shouldGiveTheTurnBackWhenItCouldNotBeSent() {
        // Given
        answer = new Attempt.Troubled("no answer", null);

        // When
        Attempt attempt = deliver();

        // Then
        assertThat(attempt).isEqualTo(answer);
        assertThat(digests.log).containsExactly("not sent");
    }

    @Test
    void shouldSendNothingForWhatWaitsNoMore() {
        // Given something else that waits, and was told before
        digests.covers = Set.of();
        digests.waits = "another";

        // When
        Attempt attempt = deliver();

        // Then
        assertThat(attempt).isInstanceOf(Attempt.Forbidden.class);
        assertThat(digests.log).containsExactly("not sent");
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldLookAgainSoonWhenThereIsNoRoomForIt() {
        // Given a digest that names others
        digests.covers = Set.of();

        // When
        Attempt attempt = deliver();

        // Then it is neither told nor given up
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Postponed.class,
                        postponed -> assertThat(postponed.pause()).isEqualTo(Duration.ofMinutes(1)));
        assertThat(digests.log).containsExactly("not sent");
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldSendNothingWhenADigestHasToldIt() {
        // Given
        digests.turn = new Digests.Turn.Told();

        // When
        Attempt attempt = deliver();

        // Then
        assertThat(attempt).isEqualTo(new Attempt.Accepted());
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldWaitForTheNextDigestAndHoldUpNoOtherDelivery() {
        // Given
        digests.turn = new Digests.Turn.Later("too early", Duration.ofMinutes(3));

        // When
        Attempt attempt = deliver();

        // Then
        assertThat(attempt).isEqualTo(new Attempt.Postponed("too early", Duration.ofMinutes(3), false));
        assertThat(sent).isEmpty();
    }

    private Attempt deliver() {
        return channel.deliver(errand).toCompletableFuture().join();
    }

    private static Notice notice(Envelope<?> event) {
        return Notices.of(event, Samples.INBOX).orElseThrow();
    }

    /** One recipient's digests, as a test wants them. */
    private final class OneTurn implements Digests {

        private Turn turn = new Turn.Ours(ANN, Samples.NOW);
        private Set<DeliveryId> covers = Set.of(errand.id());
        private String waits = "a";
        private final List<String> log = new ArrayList<>();

        @Override
        public CompletionStage<Turn> begin(Errand errand, Pace pace, Instant now) {
            assertThat(pace).isEqualTo(new Pace(Duration.ofMinutes(15), Duration.ofSeconds(40)));
            return CompletableFuture.completedFuture(turn);
        }

        @Override
        public CompletionStage<Content> content(Turn.Ours turn, Instant now) {
            return CompletableFuture.completedFuture(
                    new Content(List.of(Mailed.waiting(waits, now.plusSeconds(1_800))), covers));
        }

        @Override
        public CompletionStage<Void> sent(Turn.Ours turn, Set<DeliveryId> covered, Instant now) {
            log.add("sent " + covered.size());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> notSent(Turn.Ours turn) {
            log.add("not sent");
            return CompletableFuture.completedFuture(null);
        }
    }
}
