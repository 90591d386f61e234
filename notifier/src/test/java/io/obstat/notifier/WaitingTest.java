package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision.DecidedBy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for whom. */
class WaitingTest {

    private static final Instant NOW = Samples.NOW;

    private final Story story = new Story("waiting");

    @Test
    void shouldWaitForThoseWhoHaveNotHadTheirSay() {
        // Given
        Approval approval = Approval.of(List.of(story.wanted("a", Story.USUAL), story.approved("alice", 1)));

        // When, Then
        assertThat(Waiting.of(approval, "bob@example.com", NOW)).isPresent();
        assertThat(Waiting.of(approval, "Alice@example.com", NOW)).isEmpty();
    }

    @Test
    void shouldWaitForNobodyOnceItIsOver() {
        // Given
        Notice wanted = story.wanted("a", Story.USUAL);
        Approval open = Approval.of(List.of(wanted));
        Approval decided = Approval.of(List.of(wanted, story.decided(Outcome.REJECTED, DecidedBy.PEOPLE)));
        Instant end = open.decideBy().orElseThrow();

        // When, Then
        assertThat(Waiting.of(open, "bob@example.com", end.minusMillis(1))).isPresent();
        assertThat(Waiting.of(open, "bob@example.com", end)).isEmpty();
        assertThat(Waiting.of(decided, "bob@example.com", NOW)).isEmpty();
    }
}
