package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an action ended. Only {@link #ALLOWED} lets anything run. */
public enum Outcome {
    /** Policy or people said yes; a grant comes with it. */
    @JsonProperty("allowed")
    ALLOWED,
    /** Policy said no. */
    @JsonProperty("denied")
    DENIED,
    /** A person said no. */
    @JsonProperty("rejected")
    REJECTED,
    /** Nobody, or not enough people, said yes in time. */
    @JsonProperty("expired")
    EXPIRED,
    /** The agent took the request back. */
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** Nobody could be told of it, and nobody came of themselves. */
    @JsonProperty("undeliverable")
    UNDELIVERABLE,
    /** The same agent's identical request is pending already; its decision is the one to wait for. */
    @JsonProperty("superseded")
    SUPERSEDED,
    /** Policy changed while it was pending, and no longer lets people allow it. */
    @JsonProperty("policy-changed")
    POLICY_CHANGED
}
