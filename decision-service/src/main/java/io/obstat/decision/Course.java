package io.obstat.decision;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Notification;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to an approval beside votes.
 *
 * @param escalated the groups that are asked as well by now, in that order
 * @param reminders how many reminders have gone out
 * @param claim the review by which somebody says that they are looking at it; absent when nobody is
 * @param questions to the agent, oldest first
 * @param edits what reviewers changed, oldest first
 * @param delivery whether anybody could be told
 * @param awaited what policy has been asked to speak on again; absent when it has spoken
 */
public record Course(
        List<String> escalated,
        int reminders,
        @Nullable Review claim,
        List<Question> questions,
        List<Edit> edits,
        Delivery delivery,
        @Nullable Reassessment awaited) {

    static final int MOST_QUESTIONS = 20;
    static final int MOST_EDITS = 10;
    private static final Course START =
            new Course(List.of(), 0, null, List.of(), List.of(), Delivery.NOTHING_HEARD, null);

    public Course {
        escalated = List.copyOf(escalated);
        questions = List.copyOf(questions);
        edits = List.copyOf(edits);
    }

    /**
     * A question to the agent.
     *
     * @param answer in the agent's words; absent until it has answered
     */
    public record Question(
            ReviewId id,
            Reviewer by,
            String text,
            Instant askedAt,
            @Nullable String answer,
            @Nullable Instant answeredAt) {}

    /**
     * A change of the inputs.
     *
     * @param before what was asked before it
     */
    public record Edit(Review review, ActionRequested before) {}

    /**
     * What is known of those who should have been asked.
     *
     * @param reached somebody was
     * @param failedAt when it was first heard of somebody that they could not be; absent while it is of nobody
     * @param raised it is on record that nobody was
     */
    public record Delivery(boolean reached, @Nullable Instant failedAt, boolean raised) {

        static final Delivery NOTHING_HEARD = new Delivery(false, null, false);

        /** @param notification of people who should have been asked */
        Delivery heard(Notification notification, Instant now) {
            return switch (notification) {
                case Notified told -> new Delivery(true, failedAt, raised);
                case NotificationFailed failed -> new Delivery(reached, failedAt == null ? now : failedAt, raised);
            };
        }

        Delivery nowRaised() {
            return new Delivery(reached, failedAt, true);
        }

        boolean nobodyReached() {
            return failedAt != null && !reached;
        }
    }

    /**
     * Policy has been asked to speak again.
     *
     * @param request as it will be when policy has spoken
     * @param edit the review that changed it; absent when policy changed
     * @param again when policy is asked once more, because a policy set that has been replaced has answered; absent while none has
     */
    public record Reassessment(
            ActionRequested request,
            @Nullable Review edit,
            @Nullable Instant again) {

        Reassessment(ActionRequested request, @Nullable Review edit) {
            this(request, edit, null);
        }

        /** The first answer that is none says when. */
        Reassessment askedAgainAt(Instant then) {
            return again == null ? new Reassessment(request, edit, then) : this;
        }
    }

    public static Course start() {
        return START;
    }

    /** Whether somebody has looked at it, asked about it or changed it. */
    boolean attended() {
        return claim != null || !questions.isEmpty() || !edits.isEmpty();
    }

    /** The questions that the agent has not answered, oldest first. */
    public List<Question> openQuestions() {
        return questions.stream().filter(question -> question.answer() == null).toList();
    }

    /** The next group that policy names. */
    Optional<Escalation> nextEscalation(Requirement requirement) {
        return requirement.escalations().stream()
                .filter(step -> !escalated.contains(step.group()))
                .findFirst();
    }

    /** Those who are co-authors of the action as it is, or will be. */
    List<Reviewer> coAuthors() {
        return edits.stream().map(edit -> edit.review().reviewer()).toList();
    }

    boolean awaitsEdit() {
        return awaited != null && awaited.edit() != null;
    }

    Course escalatedTo(String group) {
        return new Course(ReviewLog.plus(escalated, group), reminders, claim, questions, edits, delivery, awaited);
    }

    Course remindedAgain() {
        return new Course(escalated, reminders + 1, claim, questions, edits, delivery, awaited);
    }

    Course claimedBy(@Nullable Review review) {
        return new Course(escalated, reminders, review, questions, edits, delivery, awaited);
    }

    Course asked(List<Question> all) {
        return new Course(escalated, reminders, claim, all, edits, delivery, awaited);
    }

    Course edited(Edit edit, Reassessment reassessment) {
        return new Course(escalated, reminders, claim, questions, ReviewLog.plus(edits, edit), delivery, reassessment);
    }

    Course awaiting(@Nullable Reassessment reassessment) {
        return new Course(escalated, reminders, claim, questions, edits, delivery, reassessment);
    }

    /**
     * Policy has spoken again. Whoever came to be asked under the old requirement stays so while the new one names them too, and for other
     * inputs nobody does: what others were found good for is no reason to ask them about these.
     */
    Course askedAgain(Requirement requirement) {
        List<String> still = awaitsEdit()
                ? List.of()
                : escalated.stream()
                        .filter(group -> requirement.escalations().stream()
                                .anyMatch(step -> step.group().equals(group)))
                        .toList();
        return new Course(still, reminders, claim, questions, edits, delivery, null);
    }

    Course delivered(Delivery now) {
        return new Course(escalated, reminders, claim, questions, edits, now, awaited);
    }
}
