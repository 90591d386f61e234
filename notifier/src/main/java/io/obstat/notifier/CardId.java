package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;

/**
 * The one card of an action in one place: the same in every try, so that a chat can be asked whether it is there. Form: {@code crd_} and 26
 * characters of base32.
 */
public record CardId(String value) {

    private static final String PREFIX = "crd_";

    public CardId {
        if (!value.matches("crd_[a-z2-7]{26}")) {
            throw new IllegalArgumentException("CardId must match crd_[a-z2-7]{26}, got " + value);
        }
    }

    /** The id of this action's card there; derived. */
    public static CardId of(ActionId action, Recipient recipient) {
        EventId derived = EventId.derive("card", action.value(), recipient.channel(), recipient.name());
        return new CardId(PREFIX + derived.value().substring("evt_".length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
