package io.obstat.decision;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ReviewRefused.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who may not review what. Nobody is exempt: no group stands above these rules.
 *
 * @param request what is to be reviewed
 * @param requirement who is asked
 * @param counted the reviews that count so far
 */
record SeparationOfDuties(ActionRequested request, Requirement requirement, List<Review> counted) {

    /** The group that every agent's token carries. */
    static final String AGENTS = "agents";

    /** Why this reviewer's word would not count; empty when it would. */
    Optional<ReviewAnswer.Refused> refusal(Reviewer reviewer, Verb verb) {
        Person person = reviewer.person();
        AgentId agent = request.verified().agent();
        Person onBehalfOf = request.verified().onBehalfOf();
        String review = verb == Verb.APPROVE ? "approve" : "reject";
        // INVARIANT: NobodyApprovesTheirOwn. Not the agent, its owner or the person it acts for, under any key they are
        // known by.
        if (isAgent(reviewer, agent)) {
            return Optional.of(notAPerson(reviewer));
        }
        if (person.isAlso(request.verified().owner())) {
            return refused(Cause.OWN_AGENT, "You own %s, so you cannot %s its requests.", agent.value(), review);
        }
        if (onBehalfOf != null && person.isAlso(onBehalfOf)) {
            return refused(
                    Cause.OWN_BEHALF, "%s acts for you here, so you cannot %s this request.", agent.value(), review);
        }
        if (requirement.slots().stream().noneMatch(slot -> reviewer.groups().contains(slot.group()))) {
            return refused(
                    Cause.NOT_ELIGIBLE,
                    "This is for people in %s, and you are in %s. Ask one of them to look.",
                    asked(),
                    reviewer.groups().isEmpty() ? "no group" : String.join(", ", reviewer.groups()));
        }
        // A person who approved may still change their mind and reject: a denial always stands.
        if (verb == Verb.APPROVE && hasApproved(person)) {
            return refused(
                    Cause.ALREADY_REVIEWED,
                    "You have approved this already, and one person counts once. Still needed: %s.",
                    missing());
        }
        return Optional.empty();
    }

    /** Whether this is an agent, by its group or because it is the one that asks. */
    static boolean isAgent(Reviewer reviewer, AgentId asking) {
        return reviewer.groups().contains(AGENTS)
                || reviewer.person().identities().contains(asking.value().toLowerCase(Locale.ROOT));
    }

    static ReviewAnswer.Refused notAPerson(Reviewer reviewer) {
        return new ReviewAnswer.Refused(
                Cause.NOT_A_PERSON,
                "%s is an agent, and agents cannot review. A person has to decide."
                        .formatted(reviewer.person().subject()));
    }

    /** What the reviewer is told who tried all the same. */
    static ReviewAnswer.Refused onRecord(ReviewAnswer.Refused refused) {
        String onRecord = " Nobody was notified of this attempt but it is on record.";
        String explanation = Wording.clipped(refused.explanation(), Wording.LONGEST_EXPLANATION - onRecord.length());
        return new ReviewAnswer.Refused(refused.cause(), explanation + onRecord);
    }

    /** The groups that are asked, for a sentence. */
    private String asked() {
        return requirement.slots().stream().map(Requirement.Slot::group).collect(Collectors.joining(" or "));
    }

    private String missing() {
        return Wording.missing(Quorum.of(requirement, counted).progress());
    }

    private boolean hasApproved(Person person) {
        return counted.stream().anyMatch(review -> review.reviewer().person().isAlso(person));
    }

    private static Optional<ReviewAnswer.Refused> refused(Cause cause, String format, Object... args) {
        return Optional.of(
                new ReviewAnswer.Refused(cause, Wording.clipped(format.formatted(args), Wording.LONGEST_EXPLANATION)));
    }
}
