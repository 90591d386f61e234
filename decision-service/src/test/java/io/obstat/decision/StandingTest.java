package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person is told that they could do is what comes of it. */
class StandingTest {

    private static final Decider DECIDER =
            new Decider(new FakeNotary(), new Terms(Duration.ofMinutes(15), Duration.ofHours(1)));
    private static final Circumstances AT = Circumstances.at(Examples.NOON.plusSeconds(1));

    @ParameterizedTest
    @EnumSource(Identification.class)
    void shouldSayThatAnApprovalCountsExactlyWhenItDoes(Identification identifiedBy) {
        for (Identification assurance : Identification.values()) {
            // Given
            ApprovalState state = pending(assurance);
            Reviewer ann = reviewer("ann", identifiedBy);

            // When
            Eligibility eligible = view(state).standing(ann, AT).eligibility();
            ReviewAnswer answer = submit(state, ann, Review.Verb.APPROVE, null).answer();

            // Then
            assertThat(eligible.can())
                    .as("%s where it takes %s", identifiedBy, assurance)
                    .isEqualTo(answer instanceof ReviewAnswer.Recorded);
            if (answer instanceof ReviewAnswer.Refused refused) {
                assertThat(eligible.why()).isEqualTo(refused.explanation());
            }
            assertThat(view(state).standing(ann, AT).can(Review.Verb.REJECT))
                    .as("a no counts from anybody who may say it")
                    .isTrue();
        }
    }

    @Test
    void shouldSayThatNothingCountsUntilPolicyHasSpokenOnChangedInputs() {
        // Given
        ApprovalState edited = submit(
                        pending(null), reviewer("ben", Identification.OIDC_SESSION), Review.Verb.EDIT, "only a sample")
                .next();
        Reviewer ann = reviewer("ann", Identification.OIDC_SESSION);

        // When
        Eligibility eligible = view(edited).standing(ann, AT).eligibility();

        // Then
        assertThat(eligible.can()).isFalse();
        assertThat(eligible.why()).isEqualTo(Replies.awaitsPolicy());
        assertThat(view(edited).standing(ann, AT).can(Review.Verb.REJECT)).isFalse();
    }

    private static ApprovalView view(ApprovalState state) {
        return ApprovalView.of(state).orElseThrow();
    }

    private static ApprovalState pending(@Nullable Identification assurance) {
        ActionRequested request = Examples.request("view");
        var slot = new Slot("data-governance", 1);
        var requirement = new Requirement(
                List.of(slot), Duration.ofMinutes(30), 1, assurance, List.of(), List.of(), List.of(), null, null);
        ApprovalRequired plain = Examples.required(request, Duration.ofMinutes(30), slot);
        return Examples.pending(new ApprovalRequired(request, plain.assessment(), requirement), Examples.NOON);
    }

    private static Reviewer reviewer(String name, Identification identifiedBy) {
        String authority = identifiedBy == Identification.CHAT ? "slack:T1" : "https://issuer.example.com";
        return new Reviewer(Examples.person(name), List.of("data-governance"), identifiedBy, authority);
    }

    private static Transition<ReviewAnswer> submit(
            ApprovalState state, Reviewer reviewer, Review.Verb verb, @Nullable String reason) {
        ActionRequested request = Examples.request("view");
        var review = new Review(
                ReviewId.derive(verb.name()),
                request.digest(),
                reviewer,
                verb,
                reason,
                verb == Review.Verb.EDIT
                        ? Examples.request("another view").action().parameters()
                        : null,
                AT.now());
        return DECIDER.submit(state, new Command.Submit(review, AT));
    }
}
