package io.obstat.decision.simulation;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.Command;
import io.obstat.decision.Placements;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An action as a reader of its facts understands it, with votes counted by brute force. Nothing of the core's state is in it. */
final class Reading {

    private static final Set<String> ASKS =
            Set.of("approval.required", "approval.opened", "approval.reminded", "approval.escalated");

    private final Trace trace;
    private final Judge judge;
    final List<Ballot> ballots = new ArrayList<>();
    final Set<String> escalated = new LinkedHashSet<>();
    final List<Review> signatures = new ArrayList<>();

    @Nullable
    Verdict verdict;

    @Nullable
    Requirement requirement;

    @Nullable
    Instant expiresAt;

    ActionDigest digest;

    @Nullable
    ReassessmentRequested awaited;

    /** When policy was last asked. */
    @Nullable
    Instant askedAt;

    @Nullable
    Review edit;

    @Nullable
    Decision decision;

    @Nullable
    GrantRedeemed redeemed;

    @Nullable
    DecisionRevoked revoked;

    @Nullable
    GlassOverdue overdue;

    int reminders;
    boolean withdrawn;
    boolean reached;
    boolean came;
    boolean raised;

    @Nullable
    Instant failedAt;

    Reading(Trace trace) {
        this.trace = trace;
        this.digest = trace.request().digest();
        this.judge = new Judge(trace.ties(), trace.request().verified().agent().value());
    }

    /** Nobody could be told, and nobody came. */
    boolean nobody() {
        return failedAt != null && !reached && !came;
    }

    /** When that is raised: a minute after the first failure, and half-way from there to the end when that is sooner. */
    Instant alarm() {
        Instant failed = Objects.requireNonNull(failedAt);
        Instant half = failed.plus(
                Duration.between(failed, Objects.requireNonNull(expiresAt)).dividedBy(2));
        Instant minute = failed.plusSeconds(60);
        return half.isBefore(minute) ? half : minute;
    }

    /** @param stead in which it was cast */
    record Ballot(Review review, String who, String stead) {}

    /** A ballot that counts, and all that its voter and whom they stand for are known by. */
    private record Voice(Ballot ballot, Set<String> human) {}

    void take(ActionEvent event, Step step) {
        switch (event) {
            case ApprovalOpened opened -> {
                requirement = opened.requirement();
                stillEscalated(opened.requirement());
                expiresAt = opened.expiresAt();
                digest = opened.digest();
                awaited = null;
                verdict = ((Command.Open) step.command()).verdict();
            }
            case ReviewRecorded recorded -> {
                ballots.add(ballot(recorded));
                came = true;
            }
            case ApprovalClaimed claimed -> came = true;
            case QuestionAsked asked -> came = true;
            case NobodyReached nobody -> raised = true;
            case ApprovalEscalated more -> {
                escalated.add(more.group());
                came |= more.review() != null;
            }
            case ApprovalReminded reminded -> reminders = reminded.number();
            case ReassessmentRequested asked -> {
                // Policy is asked once more for what it was asked before.
                awaited = awaited == null || asked.edit() != null ? asked : awaited;
                askedAt = asked.requestedAt();
                if (asked.edit() != null) {
                    edit = asked.edit();
                    came = true;
                    ballots.clear();
                }
            }
            case Decision decided -> {
                decision = decided;
                if (step.command() instanceof Command.Open open && decided.decidedBy() == DecidedBy.POLICY) {
                    verdict = open.verdict();
                    requirement = null;
                }
            }
            case GrantRedeemed taken -> redeemed = taken;
            case DecisionRevoked taken -> revoked = taken;
            case GlassSigned signed -> signatures.add(signed.review());
            case GlassOverdue raised -> overdue = raised;
            default -> {}
        }
    }

    /** Who came to be asked under an old requirement stays so where the new one names them too; for other inputs nobody does. */
    private void stillEscalated(Requirement now) {
        boolean edited = awaited != null && awaited.edit() != null;
        escalated.removeIf(group -> edited
                || now.escalations().stream().noneMatch(step -> step.group().equals(group)));
    }

    /** What a step tells that is no fact. */
    void take(Step step) {
        if (step.command() instanceof Command.Deliver deliver && !(step.next() instanceof Decided)) {
            switch (deliver.notification()) {
                case Notified told -> reached |= ASKS.contains(told.kind());
                case NotificationFailed failed -> {
                    if (ASKS.contains(failed.kind()) && failedAt == null) {
                        failedAt = deliver.now();
                    }
                }
            }
        }
        withdrawn |= step.command() instanceof Command.Withdraw withdraw
                && withdraw.withdrawal()
                        .withdrawnBy()
                        .equals(trace.request().verified().agent());
    }

    String login(Reviewer reviewer) {
        return Objects.requireNonNull(trace.logins().get(reviewer), "Nobody shows up unannounced")
                .id();
    }

    /** Of the agent, as its registration names them. */
    Person owner() {
        return trace.request().verified().owner();
    }

    /** The oracle for those who are asked about it now. */
    Judge.Bench oracle() {
        return judge.of(asked());
    }

    Judge.Bench oracle(Set<String> asked) {
        return judge.of(asked);
    }

    Set<String> asked() {
        var asked = new HashSet<String>();
        if (requirement != null) {
            asked.addAll(escalated);
            requirement.slots().forEach(slot -> asked.add(slot.group()));
        }
        return asked;
    }

    /** Whether those who approved, and count at this moment, fill every place. */
    boolean isMet(Instant at) {
        List<Voice> against = voices(Verb.REJECT, at);
        List<Set<String>> groups = people(voices(Verb.APPROVE, at).stream()
                        .filter(voice -> against.stream().noneMatch(other -> isSame(voice, other)))
                        .toList())
                .stream()
                .map(person -> groups(person, at))
                .toList();
        return Placements.exist(Placements.places(Objects.requireNonNull(requirement), escalated), groups);
    }

    /** Whether as many people as it takes have rejected it, and count at this moment. */
    boolean isRejected(Instant at) {
        return requirement != null && rejecters(at) >= requirement.rejections();
    }

    /** How many people have rejected it, and count at this moment. */
    int rejecters(Instant at) {
        return people(voices(Verb.REJECT, at)).size();
    }

    /** The ballots that count at this moment. */
    List<Ballot> standing(Verb verb, Instant at) {
        return voices(verb, at).stream().map(Voice::ballot).toList();
    }

    /** Whether two reviewers are, or stand for, the same human, for all that is known at this moment. */
    boolean isSame(Ballot one, Ballot other, Instant at) {
        Judge.Bench oracle = oracle();
        return isSame(voice(oracle, one, at), voice(oracle, other, at));
    }

    /** Whether this ballot says what counts already. What counts no longer has not been said, and who has approved may still reject. */
    boolean hasSpoken(Ballot another, Instant at) {
        return hasSaid(Verb.REJECT, another, at)
                || another.review().verb() == Verb.APPROVE && hasSaid(Verb.APPROVE, another, at);
    }

    boolean hasSaid(Verb verb, Ballot another, Instant at) {
        return standing(verb, at).stream().anyMatch(ballot -> isSame(ballot, another, at));
    }

    boolean isSuspended(Instant at) {
        String agent = trace.request().verified().agent().value();
        return trace.ties().stream()
                .anyMatch(tie -> tie.is(Tie.Kind.SUSPENDED, at) && tie.from().equals(agent));
    }

    boolean isAssured(Review review) {
        var wanted = requirement == null ? null : requirement.assurance();
        return wanted == null || review.reviewer().identifiedBy().ordinal() >= wanted.ordinal();
    }

    int places() {
        return Objects.requireNonNull(requirement).slots().stream()
                .mapToInt(Slot::approvals)
                .sum();
    }

    Ballot ballot(ReviewRecorded recorded) {
        String who = login(recorded.review().reviewer());
        Person principal = recorded.standsFor();
        return new Ballot(recorded.review(), who, principal == null ? who : Login.memberOf(principal));
    }

    private List<Voice> voices(Verb verb, Instant at) {
        if (ballots.isEmpty()) {
            return List.of();
        }
        Judge.Bench oracle = oracle();
        return ballots.stream()
                .filter(ballot -> ballot.review().verb() == verb)
                .filter(ballot -> verb == Verb.REJECT || isAssured(ballot.review()))
                .filter(ballot -> oracle.counts(ballot.who(), ballot.stead(), verb, at))
                .map(ballot -> voice(oracle, ballot, at))
                .toList();
    }

    private static Voice voice(Judge.Bench oracle, Ballot ballot, Instant at) {
        var human = new HashSet<>(oracle.human(ballot.who(), at));
        human.addAll(oracle.human(ballot.stead(), at));
        return new Voice(ballot, human);
    }

    private Set<String> groups(List<Voice> person, Instant at) {
        return person.stream()
                .flatMap(voice -> oracle().groups(voice.ballot().stead(), at).stream())
                .collect(Collectors.toSet());
    }

    /** The voices of each person, who is whoever they share a name with, and whoever those do. */
    private static List<List<Voice>> people(List<Voice> voices) {
        var people = new ArrayList<List<Voice>>();
        for (Voice voice : voices) {
            var person = new ArrayList<>(List.of(voice));
            people.removeIf(other -> other.stream().anyMatch(known -> isSame(known, voice)) && person.addAll(other));
            people.add(person);
        }
        return people;
    }

    private static boolean isSame(Voice one, Voice other) {
        return !Collections.disjoint(one.human(), other.human());
    }
}
