package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.Decision.DecidedBy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChatChannelTest {

    private static final Recipient PLACE = new Recipient("slack", "C0DATA");
    private static final Recipient REQUESTER = new Recipient("slack", "requester:U0REQ");
    private static final Recipient ELSEWHERE = new Recipient("teams", "19:data@thread.tacv2");
    private static final Routes ROUTES = new Routes(
            List.of(new Routes.Route(Set.of("data-governance"), Set.of(), List.of(PLACE, ELSEWHERE))), List.of());

    private final Story story = new Story("channel");
    private final MemoryCards cards = new MemoryCards();
    private final RecordingChat chat = new RecordingChat("slack");
    private final ChatChannel channel = new ChatChannel(chat, ROUTES, cards);

    @Test
    void shouldPostTheCardOnceAndThenSpeakInItsThread() {
        // Given
        Notice wanted = told(story.wanted("a", Story.USUAL));
        Notice reminded = told(story.reminded(0));

        // When
        Attempt first = deliver(wanted, PLACE, false);
        Attempt repeated = deliver(wanted, PLACE, true);
        Attempt second = deliver(reminded, PLACE, false);
        Attempt again = deliver(reminded, PLACE, true);

        // Then
        assertThat(List.of(first, repeated, second, again)).containsOnly(new Attempt.Accepted());
        assertThat(chat.calls())
                .containsExactly(
                        "post in C0DATA",
                        "remark at C0DATA/1: Still waiting: data-governance 0 of 2",
                        "remark at C0DATA/1 again: Still waiting: data-governance 0 of 2");
        assertThat(cards.shown(CardId.of(wanted.subject().actionId(), PLACE))).isEqualTo(2);
    }

    @Test
    void shouldPostTheCardFirstWhereThereIsNoneYet() {
        // Given somebody who is asked only now
        told(story.wanted("a", Story.ESCALATING));
        Notice escalated = told(story.escalated("managers", null));

        // When
        deliver(escalated, PLACE, false);

        // Then
        assertThat(chat.calls()).hasSize(2).first().isEqualTo("post in C0DATA");
        assertThat(chat.calls().getLast()).startsWith("remark at C0DATA/1: Escalated");
    }

    @Test
    void shouldSayNothingBesideACardThatCouldNotBePosted() {
        // Given
        told(story.wanted("a", Story.USUAL));
        Notice reminded = told(story.reminded(0));
        chat.next(new Attempt.Refused("no such channel"));

        // When
        Attempt attempt = deliver(reminded, PLACE, false);

        // Then
        assertThat(attempt).isEqualTo(new Attempt.Refused("no such channel"));
        assertThat(chat.calls()).containsExactly("post in C0DATA");
    }

    @Test
    void shouldWaitUntilItIsKnownWhatIsAsked() {
        // Given
        Notice reminded = told(story.reminded(0));

        // When
        Attempt early = deliver(reminded, PLACE, false);
        told(story.wanted("a", Story.USUAL));
        Attempt later = deliver(reminded, PLACE, false);

        // Then nothing was tried, so that nothing is looked for either
        assertThat(early)
                .isInstanceOfSatisfying(
                        Attempt.Postponed.class,
                        postponed -> assertThat(postponed.all()).isFalse());
        assertThat(later).isEqualTo(new Attempt.Accepted());
        assertThat(chat.calls()).hasSize(2).first().isEqualTo("post in C0DATA");
    }

    /** Whether the card is there is for the chat to find out. */
    @Test
    void shouldAskTheChatWhenNobodyKnowsHowAPostEnded() {
        // Given
        Notice wanted = told(story.wanted("a", Story.USUAL));
        chat.next(new Attempt.Troubled("no answer", null));

        // When
        Attempt lost = deliver(wanted, PLACE, false);
        // And a rate limit on the way, which says nothing of the first
        chat.next(new Attempt.Postponed("rate limit", Duration.ofSeconds(30), true));
        deliver(wanted, PLACE, true);
        Attempt found = deliver(wanted, PLACE, true);

        // Then
        assertThat(lost).isEqualTo(new Attempt.Troubled("no answer", null));
        assertThat(found).isEqualTo(new Attempt.Accepted());
        assertThat(chat.calls()).containsExactly("post in C0DATA", "post in C0DATA again", "post in C0DATA again");
    }

    @Test
    void shouldNotAskTheChatWhenItSaidThatItDidNotPost() {
        // Given
        Notice wanted = told(story.wanted("a", Story.USUAL));
        chat.next(new Attempt.Postponed("rate limit", Duration.ofSeconds(30), true));

        // When
        deliver(wanted, PLACE, false);
        deliver(wanted, PLACE, false);

        // Then
        assertThat(chat.calls()).containsExactly("post in C0DATA", "post in C0DATA");
    }

    @Test
    void shouldTellWhoeverWaitsHowItEndedAndWhatRan() {
        // Given
        told(story.wanted("a", Story.USUAL));
        Notice decided = told(story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE));
        Notice executed = told(story.executed(Result.SUCCEEDED, null));

        // When
        deliver(decided, REQUESTER, false);

        // Then
        assertThat(recipients(decided)).containsExactly(PLACE, Recipient.requester("slack"));
        assertThat(recipients(executed)).containsExactly(PLACE, Recipient.requester("slack"));
        assertThat(chat.calls())
                .singleElement()
                .asString()
                .startsWith("tell U0REQ: #")
                .contains("Allowed");
    }

    @Test
    void shouldTellNobodyOfTheOutcomeInAChatThatAsksNobody() {
        // Given
        told(story.wanted("a", Story.USUAL));
        Notice decided = told(story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE));

        // When, Then
        assertThat(new ChatChannel(chat, Routes.none(), cards).recipients(decided, approval()))
                .isEmpty();
    }

    @Test
    void shouldTellOfWhatIsAskedAndWhatIsSaidAndNotOfWhatTheCardShows() {
        // Given
        Notice wanted = told(story.wanted("a", Story.USUAL));

        // When, Then
        assertThat(recipients(wanted)).containsExactly(PLACE);
        assertThat(recipients(story.reminded(0))).containsExactly(PLACE);
        assertThat(recipients(story.approved("alice", 1))).isEmpty();
        assertThat(recipients(story.opened("a", Story.USUAL))).isEmpty();
        assertThat(recipients(story.claimed("alice"))).isEmpty();
    }

    @Test
    void shouldAnswerWhoeverClickedAndNobodyElse() {
        // Given
        told(story.wanted("a", Story.USUAL));
        Notice turned = told(story.turned("U0ALICE", "slack:T0OBSTAT"));
        Notice elsewhere = story.turned("8d3f", "entra:tenant");

        // When
        List<Recipient> recipients = recipients(turned);
        deliver(turned, recipients.getFirst(), false);

        // Then
        assertThat(recipients).containsExactly(new Recipient("slack", "U0ALICE"));
        assertThat(recipients(elsewhere)).isEmpty();
        assertThat(new ChatChannel(new RecordingChat("teams"), ROUTES, cards).recipients(elsewhere, approval()))
                .containsExactly(new Recipient("teams", "8d3f"));
        assertThat(chat.calls()).containsExactly("answer U0ALICE: You own etl-agent.");
    }

    private Notice told(Notice notice) {
        cards.tell(notice);
        return notice;
    }

    private Approval approval() {
        return cards.approval(Samples.action("channel")).toCompletableFuture().join();
    }

    private List<Recipient> recipients(Notice notice) {
        return channel.recipients(notice, approval());
    }

    private Attempt deliver(Notice notice, Recipient recipient, boolean again) {
        return channel.deliver(new Errand(DeliveryId.of(notice, recipient), notice, recipient, again))
                .toCompletableFuture()
                .join();
    }
}
