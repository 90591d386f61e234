package io.obstat.decision.webauthn;

import io.obstat.decision.webauthn.Ceremony.Attestation;
import io.obstat.decision.webauthn.StepUp.Outcome;
import io.obstat.decision.webauthn.StepUp.Question;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a person. The first one takes their session only; every other change takes one of their keys, or else whoever stole a session
 * could add a key of their own. Every {@code Uni} fails when the database is away.
 */
@ApplicationScoped
public class KeyRing {

    /** How many keys a person can have. */
    public static final int MOST = 10;

    private final SecurityKeys keys;
    private final StepUp stepUp;
    private final Challenges challenges;
    private final Ceremony ceremony;
    private final Clock clock;

    KeyRing(SecurityKeys keys, StepUp stepUp, Challenges challenges, Ceremony ceremony, Clock clock) {
        this.keys = keys;
        this.stepUp = stepUp;
        this.challenges = challenges;
        this.ceremony = ceremony;
        this.clock = clock;
    }

    /** The person's keys, oldest first. */
    public Uni<List<SecurityKey>> of(KeyHolder holder) {
        return keys.of(holder);
    }

    /**
     * The next step on the way to another key.
     *
     * @param name how the key's own dialogs shall call the person
     * @param assertion the answer of a key that they have, for {@link Occasion.AddingKey}; absent as long as there is none
     */
    public Uni<Step> begin(KeyHolder holder, String name, @Nullable String assertion) {
        return keys.of(holder).chain(registered -> {
            if (registered.size() >= MOST) {
                return refused(Refusal.TOO_MANY);
            }
            if (registered.isEmpty()) {
                return make(holder, name, registered);
            }
            return assertion == null || assertion.isBlank()
                    ? stepUp.begin(holder, new Occasion.AddingKey()).map(Step::of)
                    : stepUp.finish(holder, new Occasion.AddingKey(), assertion).chain(outcome -> switch (outcome) {
                        case Outcome.Verified verified -> make(holder, name, registered);
                        case Outcome.Refused(var refusal) -> refused(refusal);
                    });
        });
    }

    /**
     * Registers the key that was made.
     *
     * @param attestation the key as JSON (SPEC: WebAuthn Level 3 §5.1, {@code RegistrationResponseJSON})
     * @return why not; empty when it was
     */
    public Uni<Optional<Refusal>> add(KeyHolder holder, @Nullable String label, @Nullable String attestation) {
        String named = label == null ? "" : label.strip();
        if (named.isEmpty() || named.length() > SecurityKey.LONGEST_LABEL) {
            return no(Refusal.UNNAMED);
        }
        Optional<Attestation> read = ceremony.readAttestation(attestation);
        return read.isEmpty()
                ? no(Refusal.UNREADABLE)
                : keys.of(holder).chain(registered -> add(holder, named, read.get(), registered.isEmpty()));
    }

    /**
     * Forgets a key.
     *
     * @param assertion the answer of any key of theirs, for {@link Occasion.RemovingKey}
     * @return why not; empty when it is gone
     */
    public Uni<Optional<Refusal>> remove(KeyHolder holder, String credentialId, @Nullable String assertion) {
        return stepUp.finish(holder, new Occasion.RemovingKey(credentialId), assertion)
                .chain(outcome -> switch (outcome) {
                    case Outcome.Verified verified ->
                        keys.remove(holder, credentialId).replaceWith(Optional.<Refusal>empty());
                    case Outcome.Refused(var refusal) -> no(refusal);
                });
    }

    // INVARIANT: a challenge that the session alone allowed makes the first key or none. It is redeemed as what it is
    // now, and the
    // database looks again.
    private Uni<Optional<Refusal>> add(KeyHolder holder, String label, Attestation made, boolean first) {
        return challenges
                .redeem(made.challenge(), holder, new Occasion.MakingKey(first))
                .chain(refusal -> {
                    Optional<Refusal> objection = refusal.or(() -> ceremony.objection(made));
                    return objection.isPresent()
                            ? no(objection.get())
                            : keys.add(ceremony.key(made, holder, label, clock.instant()), first)
                                    .map(added -> added ? Optional.empty() : Optional.of(Refusal.REGISTERED_BEFORE));
                });
    }

    private Uni<Step> make(KeyHolder holder, String name, List<SecurityKey> registered) {
        return challenges
                .issue(holder, new Occasion.MakingKey(registered.isEmpty()))
                .map(challenge -> new Step.Make(ceremony.creation(challenge, holder, name, registered)));
    }

    private static Uni<Step> refused(Refusal refusal) {
        return Uni.createFrom().item(new Step.Refused(refusal));
    }

    private static Uni<Optional<Refusal>> no(Refusal refusal) {
        return Uni.createFrom().item(Optional.of(refusal));
    }

    /** What the browser has to do next. */
    public sealed interface Step {

        /** Ask a key that the person has. */
        record Ask(Options.Get options) implements Step {}

        /** Make a key. */
        record Make(Options.Create options) implements Step {}

        /** Nothing: it ends here. */
        record Refused(Refusal refusal) implements Step {}

        private static Step of(Question question) {
            return switch (question) {
                case Question.Ask(var options) -> new Ask(options);
                // They had one a moment ago.
                case Question.NoKey() -> new Refused(Refusal.NOT_YOURS);
            };
        }
    }
}
