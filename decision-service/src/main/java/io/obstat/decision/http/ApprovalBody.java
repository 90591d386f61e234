package io.obstat.decision.http;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Course;
import io.obstat.decision.Eligibility;
import io.obstat.decision.Vote;
import io.obstat.decision.oidc.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An approval as the API shows it to a person; see {@link ApprovalView} for the fields. A review is everywhere the one of the contracts.
 *
 * @param votes those that counted when they were cast, on the action as it is now, oldest first
 * @param escalatedTo the groups that are asked beside those of the requirement by now, in that order
 * @param claim the review by which somebody said that they are looking at it; absent when nobody is
 * @param questions to the agent, oldest first
 * @param edits what reviewers changed, oldest first
 * @param awaited what policy has been asked to speak on again; absent when it has spoken
 * @param nobodyReached whether it is on record that nobody could be told of it
 * @param glass what others still owe, when it was allowed in an emergency
 * @param eligible whether the caller's approval would count, and why
 * @param decision without the grant's token, which is the agent's alone
 * @param revoked how it came to be revoked, once it was
 */
record ApprovalBody(
        ActionId actionId,
        String state,
        ActionRequested request,
        Assessment assessment,
        @Nullable Requirement requirement,
        List<SlotProgress> progress,
        List<VoteBody> votes,
        List<String> escalatedTo,
        @Nullable Review claim,
        List<Course.Question> questions,
        List<EditBody> edits,
        @Nullable AwaitedBody awaited,
        boolean nobodyReached,
        @Nullable GlassBody glass,
        Instant openedAt,
        @Nullable Instant expiresAt,
        Eligibility eligible,
        @Nullable DecisionBody decision,
        @Nullable DecisionRevoked revoked,
        @Nullable Instant redeemedAt,
        @Nullable ActionExecuted executed) {

    /** A page of approvals; {@code next} is the cursor of the following one. */
    record Page(List<ApprovalBody> approvals, @Nullable String next) {}

    /** @param standsFor for whom the reviewer stands; absent when they are asked themselves */
    record VoteBody(Review review, @Nullable Person standsFor) {

        static VoteBody of(Vote vote) {
            Vote.Principal principal = vote.standsFor();
            return new VoteBody(vote.review(), principal == null ? null : principal.person());
        }
    }

    /**
     * @param review whose {@code parameters} are the inputs from then on
     * @param before the inputs before it
     */
    record EditBody(Review review, Parameters before) {

        static EditBody of(Course.Edit edit) {
            return new EditBody(edit.review(), edit.before().action().parameters());
        }
    }

    /**
     * @param digest of the action as it will be when policy has spoken
     * @param parameters the inputs as they will be
     * @param edit the review that changed them; absent when policy changed
     */
    record AwaitedBody(
            ActionDigest digest,
            Parameters parameters,
            @Nullable Review edit) {

        static AwaitedBody of(Course.Reassessment awaited) {
            ActionRequested request = awaited.request();
            return new AwaitedBody(request.digest(), request.action().parameters(), awaited.edit());
        }
    }

    /**
     * @param broken the review that allowed it
     * @param signedBy who has to look at it
     * @param dueAt until when
     * @param signatures of those who have, oldest first
     * @param missing how many have not
     * @param overdue whether it is on record that they have not in time
     */
    record GlassBody(
            Review broken, Slot signedBy, Instant dueAt, List<Review> signatures, int missing, boolean overdue) {

        static GlassBody of(ApprovalState.Glass glass) {
            return new GlassBody(
                    glass.broken(),
                    glass.signedBy(),
                    glass.dueAt(),
                    glass.signatures(),
                    glass.missing(),
                    glass.overdue());
        }
    }

    static ApprovalBody of(ApprovalView view, Caller.Human reader, Circumstances at) {
        Optional<ApprovalView.Run> run = Optional.ofNullable(view.run());
        Course course = view.course();
        return new ApprovalBody(
                view.actionId(),
                view.state().wireName(),
                view.request(),
                view.assessment(),
                view.requirement(),
                view.progress(at),
                view.votes().stream().map(VoteBody::of).toList(),
                course.escalated(),
                course.claim(),
                course.questions(),
                course.edits().stream().map(EditBody::of).toList(),
                Optional.ofNullable(course.awaited()).map(AwaitedBody::of).orElse(null),
                course.delivery().raised(),
                Optional.ofNullable(view.glass()).map(GlassBody::of).orElse(null),
                view.openedAt(),
                view.expiresAt(),
                view.standing(reader.reviewer(view.requirement()), at).eligibility(),
                Optional.ofNullable(view.decision()).map(DecisionBody::of).orElse(null),
                view.revoked(),
                run.map(ApprovalView.Run::redeemedAt).orElse(null),
                run.map(ApprovalView.Run::executed).orElse(null));
    }
}
