package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much harm an action can do, as policy judges it; in rising order. */
public enum Risk {
    @JsonProperty("low")
    LOW,
    @JsonProperty("medium")
    MEDIUM,
    @JsonProperty("high")
    HIGH,
    @JsonProperty("critical")
    CRITICAL
}
