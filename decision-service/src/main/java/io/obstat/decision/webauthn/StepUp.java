package io.obstat.decision.webauthn;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.webauthn.Ceremony.Assertion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A person who is signed in shows once more, for one thing that they do, that it is them. Every {@code Uni} fails when the database is away;
 * then nobody was verified.
 */
@ApplicationScoped
public class StepUp {

    private static final Logger LOG = Logger.getLogger(StepUp.class);

    private final SecurityKeys keys;
    private final Challenges challenges;
    private final Ceremony ceremony;
    private final Clock clock;

    StepUp(SecurityKeys keys, Challenges challenges, Ceremony ceremony, Clock clock) {
        this.keys = keys;
        this.challenges = challenges;
        this.ceremony = ceremony;
        this.clock = clock;
    }

    /** Whether reviews of what has this requirement count only with a key. */
    public static boolean isAskedFor(@Nullable Requirement requirement) {
        return requirement != null && requirement.assurance() == Identification.WEBAUTHN;
    }

    /** What to ask the person's keys. */
    public Uni<Question> begin(KeyHolder holder, Occasion occasion) {
        return keys.of(holder)
                .chain(registered -> registered.isEmpty()
                        ? Uni.createFrom().item(new Question.NoKey())
                        : challenges
                                .issue(holder, occasion)
                                .map(challenge -> new Question.Ask(ceremony.request(challenge, registered))));
    }

    /**
     * Judges what a key answered. The challenge is used up by this, whatever comes of it.
     *
     * @param occasion what is about to be done, by what the person has sent and not by what they asked for
     * @param assertion the answer as JSON (SPEC: WebAuthn Level 3 §5.1, {@code AuthenticationResponseJSON}); absent or nonsense is
     *     refused
     */
    public Uni<Outcome> finish(KeyHolder holder, Occasion occasion, @Nullable String assertion) {
        return ceremony.readAssertion(assertion)
                .map(read -> challenges
                        .redeem(read.challenge(), holder, occasion)
                        .chain(refusal ->
                                refusal.<Uni<Outcome>>map(StepUp::refused).orElseGet(() -> judged(read, holder))))
                .orElseGet(() -> refused(Refusal.UNREADABLE))
                .invoke(outcome -> note(outcome, holder, occasion));
    }

    private Uni<Outcome> judged(Assertion assertion, KeyHolder holder) {
        return keys.find(holder, assertion.credentialId())
                .chain(found -> found.map(key -> judged(assertion, key)).orElseGet(() -> refused(Refusal.NOT_YOURS)));
    }

    private Uni<Outcome> judged(Assertion assertion, SecurityKey key) {
        Optional<Refusal> objection = ceremony.objection(assertion, key);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        // INVARIANT: verified is only what the database has counted: of two answers with one counter, one.
        return keys.used(key, assertion.signCount(), clock.instant())
                .map(counted -> counted ? new Outcome.Verified(key) : new Outcome.Refused(Refusal.COPIED));
    }

    private static Uni<Outcome> refused(Refusal refusal) {
        return Uni.createFrom().item(new Outcome.Refused(refusal));
    }

    private static void note(Outcome outcome, KeyHolder holder, Occasion occasion) {
        if (outcome instanceof Outcome.Refused(var refusal)) {
            LOG.warnf(
                    "A security key was refused (%s): %s of %s",
                    refusal, occasion.getClass().getSimpleName(), holder);
        }
    }

    /** What comes of a beginning. */
    public sealed interface Question {

        /** The browser has to ask for a key. */
        record Ask(Options.Get options) implements Question {}

        /** The person has none. */
        record NoKey() implements Question {}
    }

    /** What comes of an answer. */
    public sealed interface Outcome {

        /** It is them. */
        record Verified(SecurityKey key) implements Outcome {}

        /** It may not be them. */
        record Refused(Refusal refusal) implements Outcome {}
    }
}
