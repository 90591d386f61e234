package io.obstat.decision.webauthn;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Review;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a key is asked for. Its answer is good for this and for nothing else, because the challenge that it signs is made of this. */
public sealed interface Occasion {

    /**
     * One review.
     *
     * @param digest of the action as the person saw it
     * @param reason as it goes on record; absent when they gave none
     * @param parameters the inputs as they should be, in RFC 8785 form; absent unless the verb is {@code edit}
     */
    record Reviewing(
            ActionId action,
            ActionDigest digest,
            Review.Verb verb,
            @Nullable String reason,
            @Nullable String parameters)
            implements Occasion {

        public static Reviewing of(ActionId action, Review review) {
            @Nullable Parameters parameters = review.parameters();
            return new Reviewing(
                    action,
                    review.digest(),
                    review.verb(),
                    review.reason(),
                    parameters == null ? null : parameters.canonical());
        }
    }

    /**
     * Somebody is to stand for the person while they are away.
     *
     * @param to whom the directory takes for who was named, by their id in it
     * @param reason absent when they gave none
     */
    record NamingStandIn(
            String to,
            Instant since,
            Instant until,
            @Nullable String reason) implements Occasion {}

    /** Another key is to be registered beside those that are there. */
    record AddingKey() implements Occasion {}

    /** A key is to be removed; any key of the person may say so, this one too. */
    record RemovingKey(String credentialId) implements Occasion {}

    /**
     * A key is made, and signs that it was.
     *
     * @param first whether the person had none when they began: then their session alone allowed it
     */
    record MakingKey(boolean first) implements Occasion {}

    /**
     * The challenge for this occasion.
     *
     * @param holder the only one who may answer
     * @param nonce random, used for no other challenge
     */
    // INVARIANT: whatever an answer must be good for goes in here, and with it what it must not be good for.
    default byte[] challenge(KeyHolder holder, byte[] nonce) {
        String once = Base64.getEncoder().encodeToString(nonce);
        return switch (this) {
            case Reviewing(var action, var digest, var verb, var reason, var parameters) ->
                Digest.of(
                        "obstat-review",
                        holder.authority(),
                        holder.subject(),
                        once,
                        action.value(),
                        digest.value(),
                        verb.name(),
                        reason,
                        parameters);
            case NamingStandIn(var to, var since, var until, var reason) ->
                Digest.of(
                        "obstat-name-stand-in",
                        holder.authority(),
                        holder.subject(),
                        once,
                        to,
                        since.toString(),
                        until.toString(),
                        reason);
            case AddingKey() -> Digest.of("obstat-add-key", holder.authority(), holder.subject(), once);
            case RemovingKey(var credentialId) ->
                Digest.of("obstat-remove-key", holder.authority(), holder.subject(), once, credentialId);
            case MakingKey(var first) ->
                Digest.of("obstat-make-key", holder.authority(), holder.subject(), once, first ? "first" : "another");
        };
    }
}
