package io.obstat.decision.simulation;

import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.Answer;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Circumstances.PolicyInForce;
import io.obstat.decision.Command;
import io.obstat.decision.Decider;
import io.obstat.decision.Fact;
import io.obstat.decision.Transition;
import io.obstat.decision.Vote;
import io.obstat.decision.simulation.Trace.Entry;
import io.obstat.decision.simulation.Trace.Event;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One action's life in a world that cannot be relied on: commands are delivered twice, late, in another order and after a crash before the
 * commit, while directory, policy and clock move on. Everything comes from the seed.
 */
final class Life {

    private static final int LONGEST_END = 40;

    private final Random random;
    private final Decider decider;
    private final UnsteadyNotary notary;
    private final Verdict first;
    private final Surroundings surroundings;
    private final Wire wire;
    private final boolean contested;
    private final Impulses impulses;
    private final List<Command> inFlight = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Reviewer, Login> logins = new HashMap<>();
    private final List<ReviewId> questions = new ArrayList<>();
    private ApprovalState state = ApprovalState.Unopened.empty();
    private Instant now = Cast.START;

    private Life(long seed, Decider decider, UnsteadyNotary notary) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.decider = decider;
        this.notary = notary;
        ActionRequested request = Cast.request(random);
        this.contested = random.nextInt(5) == 0;
        this.surroundings = new Surroundings(random, request, contested, Cast.START);
        this.first = Cast.verdict(random, request, contested, policySet(), Cast.START);
        this.wire = new Wire(random);
        this.impulses = new Impulses(random, first, contested, logins);
    }

    static Trace of(long seed, Decider decider, UnsteadyNotary notary) {
        var life = new Life(seed, decider, notary);
        life.live();
        life.end();
        life.wire.settle();
        return new Trace(seed, life.first, life.surroundings.ties(), life.logins, List.copyOf(life.entries), life.wire);
    }

    private void live() {
        for (int i = 8 + random.nextInt(16); i > 0; i--) {
            passTime();
            int what = random.nextInt(100);
            boolean granted = state instanceof ApprovalState.Granted;
            if (state instanceof ApprovalState.Refused && what < 30) {
                return;
            }
            if (what < (granted ? 12 : 5)) {
                happens(surroundings.change(later(), voter(), voter()));
            } else if (what < (granted ? 16 : 8)) {
                happens(surroundings.activate(later()));
            } else if (what < 32 && !inFlight.isEmpty()) {
                deliver(inFlight.remove(random.nextInt(inFlight.size())));
            } else {
                send(impulses.next(state, now, questions));
            }
            wire.work();
            wire.work();
        }
    }

    /** What is under way arrives, and then everything that time brings about. */
    private void end() {
        for (int i = 0; i < LONGEST_END && !inFlight.isEmpty(); i++) {
            deliver(inFlight.removeFirst());
        }
        for (int i = 0; i < LONGEST_END; i++) {
            Instant due = decider.due(state).orElse(null);
            if (due == null) {
                return;
            }
            now = due.isAfter(now) ? due : now;
            deliver(new Command.Tick(Circumstances.at(now)));
            wire.work();
        }
        throw new IllegalStateException("Time brings about something for ever: " + state);
    }

    private void send(Command command) {
        inFlight.add(command);
        if (random.nextInt(8) == 0) {
            inFlight.add(command);
        }
        if (random.nextInt(6) > 0) {
            deliver(inFlight.remove(inFlight.size() - 1));
        }
    }

    private void deliver(Command sent) {
        if (sent instanceof Command.Submit submit) {
            surroundings.meet(logins.get(submit.review().reviewer()));
        }
        Command command = Redelivery.of(sent, surroundings.at(now, sent));
        if (random.nextInt(60) == 0) {
            failToSign(command);
        }
        Transition<? extends Answer> transition = decider.decide(state, command);
        boolean lost = random.nextInt(30) == 0;
        entries.add(new Step(command, state, transition, lost));
        if (lost) {
            inFlight.add(sent);
            return;
        }
        state = transition.next();
        wire.commit(transition.facts());
        transition.facts().forEach(this::react);
    }

    /** The key cannot be reached: then either nothing had to be signed, or nothing has happened. */
    private void failToSign(Command command) {
        notary.isAway(true);
        try {
            Transition<? extends Answer> transition = decider.decide(state, command);
            if (transition.facts().stream().anyMatch(fact -> UnsteadyNotary.signs(fact.event()))) {
                throw new Violation("NeverAllowedByFailure", "Something was signed without a key: " + transition);
            }
        } catch (UnsteadyNotary.AwayException e) {
            happens("nothing can be signed");
        } finally {
            notary.isAway(false);
        }
    }

    private void react(Fact fact) {
        if (fact.event() instanceof QuestionAsked asked) {
            questions.add(asked.review().id());
        }
        if (fact.event() instanceof ReassessmentRequested asked) {
            Instant assessedAt = later();
            if (asked.edit() != null) {
                surroundings.edited(logins.get(asked.edit().reviewer()), assessedAt);
            }
            // Policy may never answer, and it may answer somebody who asked about something else.
            if (random.nextInt(6) > 0) {
                speak(asked.request(), assessedAt);
            }
            if (random.nextInt(4) == 0) {
                speak(first.request(), assessedAt);
            }
            if (random.nextInt(4) == 0) {
                // What it said first comes once more.
                inFlight.add(new Command.Open(first, Circumstances.at(assessedAt)));
            }
        }
    }

    private void speak(ActionRequested request, Instant at) {
        inFlight.add(new Command.Open(Cast.verdict(random, request, contested, policySet(), at), Circumstances.at(at)));
    }

    /** By which policy speaks: now and then an instance has not heard of the one in force. */
    private String policySet() {
        PolicyInForce policy = surroundings.policy();
        if (policy == null) {
            return Surroundings.POLICIES.getFirst();
        }
        List<String> replaced = policy.replaced().stream().sorted().toList();
        return replaced.isEmpty() || random.nextInt(4) > 0
                ? policy.digest()
                : replaced.get(random.nextInt(replaced.size()));
    }

    /** Often it is one of those on whose word it rests to whom something happens. */
    private @Nullable String voter() {
        List<Review> reviews = switch (state) {
            case ApprovalState.Unopened unopened -> List.of();
            case ApprovalState.Pending pending ->
                pending.log().votes().stream().map(Vote::review).toList();
            case ApprovalState.Decided decided -> decided.file().decision().reviews();
        };
        return reviews.isEmpty() || random.nextInt(3) == 0
                ? null
                : logins.get(reviews.get(random.nextInt(reviews.size())).reviewer())
                        .member();
    }

    private void passTime() {
        switch (random.nextInt(24)) {
            case 0, 1 -> decider.due(state).ifPresent(due -> stepTo(due.plusNanos(random.nextInt(3) - 1L)));
            case 2 -> {
                List<Instant> turns = surroundings.turns();
                if (!turns.isEmpty()) {
                    stepTo(turns.get(random.nextInt(turns.size())).plusNanos(random.nextInt(3) - 1L));
                }
            }
            case 3 -> now = now.plusSeconds(random.nextInt(600));
            case 4, 5, 6, 7, 8 -> now = now.plusSeconds(random.nextInt(30));
            case 9 -> now = now.plusNanos(1);
            default -> {}
        }
    }

    private void stepTo(Instant moment) {
        now = moment.isAfter(now) && moment.isBefore(Tie.NEVER) ? moment : now;
    }

    /** The next moment, so that what changes now was not so a moment ago. */
    private Instant later() {
        now = now.plusNanos(1);
        return now;
    }

    private void happens(String what) {
        entries.add(new Event(now, what));
    }
}
