package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticesTest {

    @Test
    void shouldTellWhatIsAskedWithVerifiedAndClaimedApart() {
        // Given
        Envelope<ActionEvent> event = Samples.approvalRequired("k1");
        // When
        Optional<Notice> notice = Notices.of(event, Samples.INBOX);
        // Then
        assertThat(notice).get().isInstanceOfSatisfying(Notice.Wanted.class, wanted -> {
            assertThat(wanted.subject().about()).isEqualTo(event.id());
            assertThat(wanted.subject().link()).hasToString("https://obstat.example.com/inbox/" + Samples.action("k1"));
            assertThat(wanted.facts().verified().agent().value()).isEqualTo("etl-agent");
            assertThat(wanted.facts().claimed().intent()).isEqualTo("quarterly churn analysis");
            assertThat(wanted.assessment().title()).isEqualTo("Export customer data from production");
            assertThat(wanted.answerBy()).isEqualTo(Samples.NOW.plus(Duration.ofMinutes(30)));
        });
    }

    @Test
    void shouldFollowTheApprovalToItsEnd() {
        assertThat(kinds(
                        Samples.approvalOpened("k1"),
                        Samples.reviewRecorded("k1"),
                        Samples.decision("k1", Outcome.ALLOWED, DecidedBy.PEOPLE),
                        Samples.decision("k2", Outcome.EXPIRED, DecidedBy.TIME),
                        Samples.decision("k3", Outcome.WITHDRAWN, DecidedBy.AGENT)))
                .containsExactly(
                        Notice.Kind.APPROVAL_OPENED,
                        Notice.Kind.APPROVAL_REVIEWED,
                        Notice.Kind.ACTION_DECIDED,
                        Notice.Kind.ACTION_DECIDED,
                        Notice.Kind.ACTION_DECIDED);
    }

    @Test
    void shouldTellNobodyWhatPolicyDecidesAloneNorOfARefusedReview() {
        assertThat(kinds(
                        Samples.autoAllowed("k1"),
                        Samples.decision("k1", Outcome.ALLOWED, DecidedBy.POLICY),
                        Samples.decision("k2", Outcome.DENIED, DecidedBy.POLICY),
                        Samples.reviewRefused("k3")))
                .isEmpty();
    }

    @Test
    void shouldNeverCarryAGrant() {
        // Given
        Envelope<ActionEvent> event = Samples.decision("k1", Outcome.ALLOWED, DecidedBy.PEOPLE);
        // When
        byte[] json = Json.write(Notices.of(event, Samples.INBOX).orElseThrow());
        // Then
        assertThat(new String(json, StandardCharsets.UTF_8))
                .doesNotContain(Samples.GRANT_TOKEN)
                .doesNotContain("secret.statement.jws");
    }

    @Test
    void shouldReadBackWhatItWrites() {
        for (Envelope<ActionEvent> event : List.of(
                Samples.approvalRequired("k1"),
                Samples.approvalOpened("k1"),
                Samples.reviewRecorded("k1"),
                Samples.decision("k1", Outcome.REJECTED, DecidedBy.PEOPLE))) {
            // Given
            Notice notice = Notices.of(event, Samples.INBOX).orElseThrow();
            // When
            Notice read = Json.readEvent(Json.write(notice), notice.kind().record());
            // Then
            assertThat(read).isEqualTo(notice);
        }
    }

    @SafeVarargs
    private static List<Notice.Kind> kinds(Envelope<ActionEvent>... events) {
        return List.of(events).stream()
                .flatMap(event -> Notices.of(event, Samples.INBOX).stream())
                .map(Notice::kind)
                .toList();
    }
}
