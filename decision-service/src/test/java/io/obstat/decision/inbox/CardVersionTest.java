package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Course;
import io.obstat.decision.Course.Delivery;
import io.obstat.decision.Eligibility;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** By the version a page knows that a card has changed, and nothing else makes it fetch the card anew. */
class CardVersionTest {

    private final ActionRequested request = Samples.export("version");
    private final ApprovalView waiting = Samples.pending(request, Risk.HIGH, Duration.ofMinutes(24));

    @Test
    void shouldBeTheSameInEveryInstance() {
        // Given a card with enums and people in it
        ApprovalView claimed = with(0, true, waiting.course().delivery());

        // Then it is what another JVM said; a change of what a card shows may change it
        assertThat(version(claimed)).isEqualTo("PENDING-0-7e565777-y");
    }

    @Test
    void shouldChangeWithTheCard() {
        assertThat(version(with(0, true, waiting.course().delivery()))).isNotEqualTo(version(waiting));
    }

    @Test
    void shouldNotChangeWithWhatNoCardShows() {
        assertThat(version(with(2, false, new Delivery(true, null, false)))).isEqualTo(version(waiting));
    }

    private static String version(ApprovalView view) {
        return Card.version(view, new Eligibility(true, "You can decide."));
    }

    private ApprovalView with(int reminders, boolean claimed, Delivery delivery) {
        @Nullable Review claim = claimed ? Samples.review(request, Samples.colleague(), Verb.CLAIM, null) : null;
        var course = new Course(List.of(), reminders, claim, List.of(), List.of(), delivery, null);
        return new ApprovalView(
                waiting.actionId(),
                waiting.state(),
                waiting.request(),
                waiting.assessment(),
                waiting.requirement(),
                waiting.votes(),
                course,
                waiting.openedAt(),
                waiting.expiresAt(),
                null,
                null,
                null,
                null);
    }
}
