package io.obstat.notifier.slack;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review.Verb;
import io.obstat.notifier.Card.Button;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a button of a card carries: which action, and which digest its card showed. It says what was seen, not who may: that is judged where
 * it arrives.
 */
record SlackButton(ActionId action, ActionDigest digest) {

    static final String FULL_REQUEST = "full-request";
    private static final String WITH_REASON = "?";

    /** What a click wants. */
    record Wish(Verb verb, boolean reason) {}

    /** Such as {@code approve}, or {@code reject?} where a reason is asked for first. */
    static String actionId(Button button) {
        return button.verb().name().toLowerCase(Locale.ROOT) + (button.reason() ? WITH_REASON : "");
    }

    /** Empty when it is no button that decides anything. */
    static Optional<Wish> wish(String actionId) {
        boolean reason = actionId.endsWith(WITH_REASON);
        String name = reason ? actionId.substring(0, actionId.length() - WITH_REASON.length()) : actionId;
        return Arrays.stream(Verb.values())
                .filter(verb -> Button.offers(verb)
                        && verb.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .map(verb -> new Wish(verb, reason || verb.needsReason()));
    }

    String value() {
        return action.value() + " " + digest.value();
    }

    /** @throws IllegalArgumentException when it is none that {@link #value} writes */
    static SlackButton read(String value) {
        String[] parts = value.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("A button carries an action and a digest, and this one does not");
        }
        return new SlackButton(new ActionId(parts[0]), new ActionDigest(parts[1]));
    }
}
