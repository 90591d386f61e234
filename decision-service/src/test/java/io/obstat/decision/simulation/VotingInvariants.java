package io.obstat.decision.simulation;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.Command;
import io.obstat.decision.Fact;
import io.obstat.decision.simulation.Reading.Ballot;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has a say, and what their words come to. */
final class VotingInvariants {

    private VotingInvariants() {}

    static List<Invariant> all() {
        return List.of(
                new NobodyApprovesTheirOwn(),
                new NobodyElseIsTurnedAway(),
                new PolicysTermsAreKept(),
                new DelegationIsOnRecord(),
                new DistinctHumans(),
                new OvershootNeverHangs(),
                new DenyStands(),
                new EditVoidsVotes());
    }

    /** The review that a fact says was heard; absent when it is about none. */
    static @Nullable Review heard(Fact fact) {
        return switch (fact.event()) {
            case ReviewRecorded recorded -> recorded.review();
            case ApprovalClaimed claimed -> claimed.review();
            case ApprovalReleased released -> released.review();
            case ApprovalEscalated escalated -> escalated.review();
            case QuestionAsked asked -> asked.review();
            case ReassessmentRequested asked -> asked.edit();
            case GlassSigned signed -> signed.review();
            case Decision decision ->
                decision.decidedBy() == DecidedBy.BREAK_GLASS
                        ? decision.reviews().getFirst()
                        : null;
            default -> null;
        };
    }

    /** Who is asked by this verb. */
    static Judge.Bench oracle(Reading reading, Verb verb) {
        var terms = reading.requirement == null ? null : reading.requirement.breakGlass();
        return switch (verb) {
            case BREAK_GLASS -> reading.oracle(terms == null ? Set.of() : Set.of(terms.group()));
            case SIGN ->
                reading.oracle(
                        terms == null ? Set.of() : Set.of(terms.signedBy().group()));
            default -> reading.oracle();
        };
    }

    static final class NobodyApprovesTheirOwn extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Review review = heard(fact);
            if (review != null) {
                String who = before.login(review.reviewer());
                Instant now = step.command().now();
                require(
                        oracle(before, review.verb()).may(who, review.verb(), now),
                        () -> "%s may not %s it".formatted(who, review.verb()));
                require(review.digest().equals(before.digest), () -> "%s did not see it as it was".formatted(who));
            }
        }
    }

    /** Whoever is refused for who they are is what the refusal says. */
    static final class NobodyElseIsTurnedAway extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof ReviewRefused refused) {
                Review review = refused.review();
                String who = before.login(review.reviewer());
                Instant now = step.command().now();
                Judge.Bench oracle = oracle(before, review.verb());
                boolean right = switch (refused.cause()) {
                    case OWN_AGENT, OWN_BEHALF, CO_AUTHOR ->
                        review.verb() != Verb.REVOKE
                                && (oracle.isOwn(who, review.verb(), now)
                                        || isOwnByDelegation(oracle, who, review, now));
                    case NOT_A_PERSON -> oracle.isAgent(who, now);
                    case NOT_ELIGIBLE ->
                        !oracle.may(who, review.verb(), now)
                                && !(review.verb() == Verb.REVOKE && oracle.isOwn(who, Verb.REVOKE, now));
                    case ASSURANCE_TOO_LOW ->
                        isUnproven(step) || review.verb() != Verb.REJECT && !before.isAssured(review);
                    case REASON_MISSING -> review.reason() == null;
                    case ALREADY_REVIEWED ->
                        review.verb() == Verb.SIGN
                                ? !before.signatures.isEmpty()
                                : hasSpoken(before, refused, who, now);
                    default -> true;
                };
                require(right, () -> "%s was refused: %s".formatted(who, refused.explanation()));
            }
        }

        /** In whosever stead they would have; and what they are told they have said is what stands. */
        private static boolean hasSpoken(Reading before, ReviewRefused refused, String who, Instant now) {
            boolean rejected = refused.explanation().startsWith("You have rejected");
            List<Ballot> tries = before.oracle().steads(who, refused.review().verb(), now).stream()
                    .map(stead -> new Ballot(refused.review(), who, stead))
                    .toList();
            return tries.stream().allMatch(another -> before.hasSpoken(another, now))
                    && tries.stream().anyMatch(another -> before.hasSaid(Verb.REJECT, another, now) == rejected);
        }

        private static boolean isOwnByDelegation(Judge.Bench oracle, String who, Review review, Instant now) {
            return !oracle.may(who, review.verb(), now) && !oracle.isAsked(who, now);
        }
    }

    private static boolean isUnproven(Step step) {
        return step.command() instanceof Command.Submit submit && !submit.proven();
    }

    /** A review is heard from whoever is identified as policy wants it, with a reason where policy wants one, and has proved it when asked. */
    static final class PolicysTermsAreKept extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Review review = heard(fact);
            if (review != null && before.requirement != null) {
                boolean looks =
                        review.verb() == Verb.CLAIM || review.verb() == Verb.RELEASE || review.verb() == Verb.ASK;
                require(
                        !isUnproven(step) || !review.equals(((Command.Submit) step.command()).review()),
                        () -> "heard from somebody who did not prove who they are: " + review);
                require(
                        looks || review.verb() == Verb.REJECT || before.isAssured(review),
                        () -> "not identified as policy wants it: " + review);
                require(
                        review.reason() != null
                                || !before.requirement.reasonFor().contains(review.verb()),
                        () -> "without the reason that policy wants: " + review);
            }
            if (fact.event() instanceof ApprovalOpened opened && !(step.before() instanceof Unopened)) {
                require(
                        before.awaited != null
                                && opened.digest()
                                        .equals(before.awaited.request().digest()),
                        () -> "policy was not asked about this: " + opened);
            }
        }
    }

    static final class DelegationIsOnRecord extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof ReviewRecorded recorded) {
                String who = before.login(recorded.review().reviewer());
                List<String> steads = before.oracle()
                        .steads(who, recorded.review().verb(), step.command().now());
                String stead = recorded.standsFor() == null ? who : Login.memberOf(recorded.standsFor());
                require(steads.contains(stead), () -> "%s stands for %s".formatted(who, steads));
            }
        }
    }

    static final class DistinctHumans extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Instant now = step.command().now();
            if (fact.event() instanceof ReviewRecorded recorded) {
                require(
                        !before.hasSpoken(before.ballot(recorded), now),
                        () -> "they have said so already: " + recorded.review());
            }
            if (fact.event() instanceof Decision decision
                    && decision.decidedBy() == DecidedBy.PEOPLE
                    && decision.outcome() == Outcome.ALLOWED) {
                List<Ballot> counted = before.standing(Verb.APPROVE, now).stream()
                        .filter(ballot -> decision.reviews().contains(ballot.review()))
                        .toList();
                require(
                        counted.size() == before.places() && decision.reviews().size() == before.places(),
                        () -> "it takes %d people, and it names %s".formatted(before.places(), decision.reviews()));
                for (int i = 0; i < counted.size(); i++) {
                    for (int j = 0; j < i; j++) {
                        Ballot one = counted.get(i);
                        Ballot other = counted.get(j);
                        require(!before.isSame(one, other, now), () -> "%s is %s".formatted(one.who(), other.who()));
                    }
                }
                require(before.isMet(now), () -> "they do not fill the places");
            }
        }
    }

    /** Nobody waits for people who have all spoken: a requirement that is met is decided at once, however many more approve. */
    static final class OvershootNeverHangs extends Invariant {

        @Override
        void step(Reading after, Step step) {
            boolean looked = step.command() instanceof Command.Tick
                    || (step.command() instanceof Command.Submit
                            && !step.transition().facts().isEmpty());
            if (looked && step.next() instanceof Pending && after.awaited == null && !after.ballots.isEmpty()) {
                require(!after.isMet(step.command().now()), () -> "it is met, and still waits");
            }
        }
    }

    static final class DenyStands extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof Decision decision
                    && step.command().now().isBefore(Objects.requireNonNullElse(before.expiresAt, Instant.MIN))
                    && !before.ballots.isEmpty()
                    && decision.decidedBy() != DecidedBy.POLICY) {
                Instant now = step.command().now();
                boolean rejected = before.isRejected(now);
                require(
                        rejected == (decision.outcome() == Outcome.REJECTED),
                        () -> "rejections: %s, and it is %s".formatted(rejected, decision.outcome()));
                if (rejected) {
                    List<Review> named = decision.reviews().stream()
                            .filter(review -> review.verb() == Verb.REJECT)
                            .toList();
                    require(
                            named.size() == before.rejecters(now)
                                    && before.standing(Verb.REJECT, now).stream()
                                            .map(Ballot::review)
                                            .toList()
                                            .containsAll(named),
                            () -> "it was not they who rejected it: " + named);
                }
            }
        }

        @Override
        void step(Reading after, Step step) {
            if (step.next() instanceof ApprovalState.Refused) {
                require(after.redeemed == null, () -> "it was not allowed, and it runs");
            }
            boolean looked = step.command() instanceof Command.Tick
                    || (step.command() instanceof Command.Submit
                            && !step.transition().facts().isEmpty());
            if (looked && step.next() instanceof Pending && !after.ballots.isEmpty()) {
                require(!after.isRejected(step.command().now()), () -> "it is rejected, and still waits");
            }
        }
    }

    /** Who approved other inputs has not approved these, and policy speaks on them first. */
    static final class EditVoidsVotes extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof Decision decision && before.edit != null) {
                boolean allowed = decision.outcome() == Outcome.ALLOWED;
                boolean answered = before.awaited == null
                        || step.command() instanceof Command.Open
                        || before.awaited.edit() == null;
                require(!allowed || answered, () -> "it was allowed before policy has spoken on the edited inputs");
                require(
                        !allowed
                                || decision.reviews().stream()
                                        .allMatch(review -> review.digest().equals(decision.digest())),
                        () -> "a review of other inputs counted");
                require(
                        decision.parameters() != null
                                && (!allowed
                                        || decision.parameters()
                                                .equals(Objects.requireNonNull(before.edit.parameters()))),
                        () -> "the agent is not told the inputs as they were edited");
            }
        }

        @Override
        void step(Reading after, Step step) {
            if (after.edit != null && step.next() instanceof Granted granted) {
                require(
                        granted.file().verdict().request().action().parameters().equals(after.edit.parameters()),
                        () -> "granted is what was asked before the edit");
            }
        }
    }
}
