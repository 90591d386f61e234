package io.obstat.decision;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ReviewRefused.Cause;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may not review what, because it is their own. Nobody is exempt: no group stands above these rules. Only to revoke it is for everybody who
 * has a say.
 *
 * @param request what is to be reviewed
 * @param coAuthors who have edited it
 * @param roster who is who
 */
record SeparationOfDuties(ActionRequested request, List<Reviewer> coAuthors, Roster roster) {

    /** The group that every agent's token carries. */
    static final String AGENTS = "agents";

    /**
     * Why this reviewer's word would not count; empty when it would.
     *
     * @param standsFor the member whose delegate they are here; they are checked as themselves and as this one
     */
    Optional<ReviewAnswer.Refused> objection(Reviewer reviewer, @Nullable Member standsFor, Verb verb) {
        // INVARIANT: NobodyApprovesTheirOwn. Not the agent, its owner, the person it acts for or a co-author, under any
        // key they are known by, nor anybody in their stead.
        if (isAgent(reviewer)) {
            return Optional.of(notAPerson(reviewer));
        }
        Optional<ReviewAnswer.Refused> own =
                own(roster.keys(reviewer), verb).map(tie -> refused(tie, tie.explanation()));
        return own.isPresent() || standsFor == null
                ? own
                : own(roster.keys(standsFor), verb)
                        .map(tie -> refused(
                                tie,
                                "You stand for %s here, and what they cannot do you cannot do for them. %s"
                                        .formatted(standsFor.person().subject(), tie.explanationOfThem())));
    }

    /** Whether a member of the directory has no part in this, whatever they would do but revoke it: because it is their own, or they are an agent. */
    boolean isBarred(Member member) {
        Set<String> keys = roster.keys(member);
        return Roster.groups(member).contains(AGENTS)
                || roster.isAgent(member)
                || keys.contains(request.verified().agent().value().toLowerCase(Locale.ROOT))
                || own(keys, Verb.REJECT).isPresent();
    }

    /** Whether this is an agent: by its group, by the directory, or because it is the one that asks. */
    boolean isAgent(Reviewer reviewer) {
        return isAgent(reviewer, request.verified().agent(), roster);
    }

    static boolean isAgent(Reviewer reviewer, AgentId asking, Roster roster) {
        return reviewer.groups().contains(AGENTS)
                || roster.groups(reviewer).contains(AGENTS)
                || roster.isAgent(reviewer)
                || roster.keys(reviewer).contains(asking.value().toLowerCase(Locale.ROOT));
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

    /** Whether the agent is this person's own: they own it, or it acts for them. */
    boolean isOwn(Reviewer reviewer) {
        return own(roster.keys(reviewer), Verb.APPROVE)
                .filter(tie -> tie.cause() != Cause.CO_AUTHOR)
                .isPresent();
    }

    /** What ties somebody to the action. */
    private record Tie(Cause cause, String explanation, String explanationOfThem) {}

    private Optional<Tie> own(Set<String> keys, Verb verb) {
        // To revoke only ever prevents: those whose own it is may, so those who stand for them may as well.
        if (verb == Verb.REVOKE) {
            return Optional.empty();
        }
        Verified verified = request.verified();
        String agent = verified.agent().value();
        String review = Replies.verb(verb);
        Person onBehalfOf = verified.onBehalfOf();
        if (meet(keys, roster.keys(verified.owner())) || meet(keys, roster.ownerKeys(verified.agent()))) {
            return Optional.of(new Tie(
                    Cause.OWN_AGENT,
                    "You own %s, so you cannot %s its requests.".formatted(agent, review),
                    "They own %s.".formatted(agent)));
        }
        if (onBehalfOf != null && meet(keys, roster.keys(onBehalfOf))) {
            return Optional.of(new Tie(
                    Cause.OWN_BEHALF,
                    "%s acts for you here, so you cannot %s this request.".formatted(agent, review),
                    "%s acts for them here.".formatted(agent)));
        }
        // A co-author may still take back what they have part in.
        if (verb != Verb.REJECT && coAuthors.stream().anyMatch(author -> meet(keys, roster.keys(author)))) {
            return Optional.of(new Tie(
                    Cause.CO_AUTHOR,
                    "You have edited this request and are its co-author, so you cannot %s it. Somebody else has to."
                            .formatted(review),
                    "They have edited this request and are its co-author."));
        }
        return Optional.empty();
    }

    private static boolean meet(Set<String> keys, Set<String> others) {
        return !Collections.disjoint(keys, others);
    }

    private static ReviewAnswer.Refused refused(Tie tie, String explanation) {
        return new ReviewAnswer.Refused(tie.cause(), Wording.clipped(explanation, Wording.LONGEST_EXPLANATION));
    }
}
