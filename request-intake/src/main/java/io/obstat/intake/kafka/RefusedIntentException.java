package io.obstat.intake.kafka;

/** Why a record went to the dead letters; the message is the reason in its headers. */
final class RefusedIntentException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedIntentException(String reason) {
        super(reason, null, false, false);
    }
}
