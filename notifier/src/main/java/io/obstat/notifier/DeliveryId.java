package io.obstat.notifier;

import com.fasterxml.jackson.annotation.JsonValue;
import io.obstat.contracts.EventId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;

/**
 * One thing told to one recipient: the same in every try, so that the recipient recognises a repeat. Form: {@code msg_} and 26 characters
 * of base32.
 */
public record DeliveryId(@JsonValue String value) {

    private static final String PREFIX = "msg_";

    public DeliveryId {
        if (!value.matches("msg_[a-z2-7]{26}")) {
            throw new InvalidFieldException("deliveryId", "must match msg_[a-z2-7]{26}, got " + Quoted.of(value));
        }
    }

    /** The id of the delivery of this notice to this recipient; derived, so that a redelivered event leads to the same one. */
    public static DeliveryId of(Notice notice, Recipient recipient) {
        EventId derived = EventId.derive(
                "delivery",
                notice.kind().wireName(),
                notice.subject().about().value(),
                recipient.channel(),
                recipient.name());
        return new DeliveryId(PREFIX + derived.value().substring("evt_".length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
