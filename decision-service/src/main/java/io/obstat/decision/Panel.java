package io.obstat.decision;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.decision.Quorum.Voice;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Those who are asked about an action, at one moment: who has a say, in whose stead, and what their votes come to. Everything is judged by
 * the circumstances at hand, a vote that was cast before as well: whoever has left a group since, or turns out to be the owner, does not count.
 *
 * @param request what is asked
 * @param requirement who is asked
 * @param course with the groups that are asked by now, and the co-authors
 */
record Panel(ActionRequested request, Requirement requirement, Course course, Circumstances at) {

    /** Whether somebody has a say. */
    sealed interface Admission {

        /** They have, in the stead of somebody or of their own. */
        record Admitted(Vote.@Nullable Principal standsFor) implements Admission {}

        /** They have not. */
        record Turned(ReviewAnswer.Refused refused) implements Admission {}
    }

    /**
     * Whether whoever reviews has a say, and in whose stead: whether they have spoken already is another matter.
     *
     * @param votes what has been said so far
     */
    Admission admit(Review review, List<Vote> votes) {
        Reviewer reviewer = review.reviewer();
        Verb verb = review.verb();
        SeparationOfDuties duties = duties();
        Optional<ReviewAnswer.Refused> own = duties.objection(reviewer, null, verb);
        if (own.isPresent()) {
            return new Admission.Turned(own.get());
        }
        Set<String> groups = at.roster().groups(reviewer);
        if (isAsked(groups)) {
            return new Admission.Admitted(null);
        }
        List<Member> principals = at.roster().standsFor(reviewer, at.now()).stream()
                .filter(member -> isAsked(Roster.groups(member)))
                .toList();
        // A delegate of several speaks for one who has not spoken, and best for one whose word is missing.
        return principals.stream()
                .filter(member -> duties.objection(reviewer, member, verb).isEmpty())
                .map(member -> new Vote(review, Vote.Principal.of(member)))
                .min(Comparator.comparing((Vote vote) -> spoken(votes, vote).isPresent())
                        .thenComparing(vote -> !brings(votes, vote)))
                .<Admission>map(vote -> new Admission.Admitted(vote.standsFor()))
                .orElseGet(() -> new Admission.Turned(principals.stream()
                        .findFirst()
                        .flatMap(member -> duties.objection(reviewer, member, verb))
                        .orElseGet(() -> notAsked(reviewer, groups))));
    }

    /** The groups that are asked and in whose name this member has a say, of their own or in somebody's stead; empty when they have none. */
    Set<String> asks(Member member) {
        if (duties().isBarred(member)) {
            return Set.of();
        }
        var groups = new TreeSet<>(Roster.groups(member));
        if (!isAsked(groups)) {
            at.roster().standsFor(member, at.now()).stream()
                    .filter(principal -> !duties().isBarred(principal))
                    .forEach(principal -> groups.addAll(Roster.groups(principal)));
        }
        groups.retainAll(groups());
        return groups;
    }

    /** What the approvals come to. A person who has rejected as well does not approve. */
    Quorum quorum(List<Vote> votes) {
        List<Voice> rejections = voices(votes, Verb.REJECT);
        List<Voice> approvals = voices(votes, Verb.APPROVE).stream()
                .filter(voice -> rejections.stream().noneMatch(voice::isOf))
                .toList();
        return Quorum.of(requirement, new HashSet<>(course.escalated()), approvals);
    }

    /** The rejections that count, one of each person, oldest first. */
    List<Review> rejections(List<Vote> votes) {
        return Quorum.distinct(voices(votes, Verb.REJECT)).stream()
                .map(Voice::review)
                .toList();
    }

    /** INVARIANT: DenyStands. Whether as many distinct people have rejected as it takes. */
    boolean isRejected(List<Review> rejections) {
        return rejections.size() >= requirement.rejections();
    }

    /** The vote that counts now and by which this reviewer, or the one they stand for, has said so already; empty when there is none. */
    Optional<Vote> spoken(List<Vote> votes, Vote another) {
        Voice voice = voice(another);
        return votes.stream()
                // A person who approved may still change their mind and reject: a denial always stands.
                .filter(vote -> another.approves() || !vote.approves())
                .filter(vote -> stands(vote) && voice(vote).isOf(voice))
                .min(Comparator.comparing(Vote::approves));
    }

    /** Whether this vote fills a place. */
    private boolean brings(List<Vote> votes, Vote another) {
        int before = quorum(votes).placed().size();
        return quorum(ReviewLog.plus(votes, another)).placed().size() > before;
    }

    /** Whether this person may allow it at once, in an emergency. */
    boolean mayBreakGlass(Reviewer reviewer) {
        BreakGlass terms = requirement.breakGlass();
        return terms != null
                && at.roster().groups(reviewer).contains(terms.group())
                && duties().objection(reviewer, null, Verb.BREAK_GLASS).isEmpty();
    }

    /** The groups that are asked, for a sentence. */
    String asked() {
        return groups().stream().collect(Collectors.joining(" or "));
    }

    SeparationOfDuties duties() {
        return new SeparationOfDuties(request, course.coAuthors(), at.roster());
    }

    /** Whether the reviewer was identified well enough. A rejection counts from anybody who may reject. */
    boolean isAssured(Review review) {
        return requirement.assurance() == null
                || review.verb() == Verb.REJECT
                || review.reviewer().identifiedBy().compareTo(requirement.assurance()) >= 0;
    }

    private List<Voice> voices(List<Vote> votes, Verb verb) {
        return votes.stream()
                .filter(vote -> vote.review().verb() == verb && stands(vote))
                .map(this::voice)
                .toList();
    }

    /** Whether a vote that counted when it was cast counts now. */
    private boolean stands(Vote vote) {
        Reviewer reviewer = vote.review().reviewer();
        if (at.roster().hasLeft(reviewer) || !isAssured(vote.review()) || !isAsked(groups(vote))) {
            return false;
        }
        Member principal = principal(vote).orElse(null);
        return duties().objection(reviewer, principal, vote.review().verb()).isEmpty();
    }

    private Voice voice(Vote vote) {
        var keys = new TreeSet<>(at.roster().keys(vote.review().reviewer()));
        principal(vote).ifPresent(member -> keys.addAll(at.roster().keys(member)));
        return new Voice(vote.review(), keys, groups(vote));
    }

    /** The groups in which a vote speaks: the principal's for a delegate, and none when that one has left. */
    private Set<String> groups(Vote vote) {
        return vote.standsFor() == null
                ? at.roster().groups(vote.review().reviewer())
                : principal(vote).map(Roster::groups).orElse(Set.of());
    }

    private Optional<Member> principal(Vote vote) {
        return vote.standsFor() == null
                ? Optional.empty()
                : at.roster().member(vote.standsFor().member());
    }

    private boolean isAsked(Set<String> groups) {
        return !Collections.disjoint(groups, groups());
    }

    /** The groups that are asked. */
    Set<String> groups() {
        Set<String> groups =
                requirement.slots().stream().map(Slot::group).collect(Collectors.toCollection(LinkedHashSet::new));
        groups.addAll(course.escalated());
        return groups;
    }

    private ReviewAnswer.Refused notAsked(Reviewer reviewer, Set<String> groups) {
        boolean halfKnown =
                at.roster().knows(reviewer) && at.roster().member(reviewer).isEmpty();
        String where = halfKnown
                ? "the directory has a key of yours but not %s, exactly as written; ask whoever looks after it."
                        .formatted(reviewer.person().subject())
                : "you are in %s. Ask one of them to look."
                        .formatted(groups.isEmpty() ? "no group" : String.join(", ", new TreeSet<>(groups)));
        return new ReviewAnswer.Refused(
                Cause.NOT_ELIGIBLE,
                Wording.clipped(
                        "This is for people in %s, and %s".formatted(asked(), where), Wording.LONGEST_EXPLANATION));
    }
}
