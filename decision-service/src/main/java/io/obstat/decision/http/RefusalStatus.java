package io.obstat.decision.http;

import io.obstat.contracts.event.ReviewRefused.Cause;
import jakarta.ws.rs.core.Response.Status;

/** The HTTP status of a review that does not count: one for programs and for pages. */
public final class RefusalStatus {

    /** SPEC: RFC 9110 §15.5.21, the content is in order and still cannot be processed. */
    static final int UNPROCESSABLE = 422;

    private RefusalStatus() {}

    /** 403 when this person may not, 409 when the approval stands otherwise, 422 when something is missing in what they said. */
    public static int of(Cause cause) {
        return switch (cause) {
            case OWN_AGENT,
                    OWN_BEHALF,
                    NOT_A_PERSON,
                    NOT_ELIGIBLE,
                    OWN_EMERGENCY,
                    CO_AUTHOR,
                    ASSURANCE_TOO_LOW,
                    OVERDUE -> Status.FORBIDDEN.getStatusCode();
            case REASON_MISSING -> UNPROCESSABLE;
            case ALREADY_REVIEWED, DIGEST_DIFFERS, ALREADY_DECIDED, AWAITS_POLICY, NOT_APPLICABLE ->
                Status.CONFLICT.getStatusCode();
        };
    }
}
