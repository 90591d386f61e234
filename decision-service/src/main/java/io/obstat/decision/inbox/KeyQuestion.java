package io.obstat.decision.inbox;

import io.obstat.decision.webauthn.KeyRing.Step;
import io.obstat.decision.webauthn.Options;
import io.obstat.decision.webauthn.Refusal;
import io.obstat.decision.webauthn.StepUp.Question;
import org.jspecify.annotations.Nullable;

/**
 * What {@code security-keys.js} has to do before it sends a form: exactly one of these.
 *
 * @param get ask a key that is registered
 * @param create make a new key
 * @param problem tell the person, and do not send the form
 */
public record KeyQuestion(
        Options.@Nullable Get get,
        Options.@Nullable Create create,
        @Nullable String problem) {

    static KeyQuestion of(Question question) {
        return switch (question) {
            case Question.Ask(var options) -> new KeyQuestion(options, null, null);
            case Question.NoKey() ->
                problem("You have no security key here. Open “Security keys” at the top and register one first.");
        };
    }

    static KeyQuestion of(Step step) {
        return switch (step) {
            case Step.Ask(var options) -> new KeyQuestion(options, null, null);
            case Step.Make(var options) -> new KeyQuestion(null, options, null);
            case Step.Refused(Refusal refusal) -> problem(refusal.sentence());
        };
    }

    static KeyQuestion problem(String sentence) {
        return new KeyQuestion(null, null, sentence);
    }

    static KeyQuestion unavailable(Throwable cause) {
        Pages.logUnavailable(cause);
        return problem("Obstat cannot answer just now, so nothing was done. Try again in a moment.");
    }
}
