package io.obstat.contracts;

import java.util.Arrays;
import java.util.Optional;

/** Who writes and reads topics. */
public enum ServiceName {
    PIPELINE("pipeline"),
    REQUEST_INTAKE("request-intake"),
    POLICY_ENGINE("policy-engine"),
    NOTIFIER("notifier"),
    DECISION_SERVICE("decision-service"),
    AUDIT_LEDGER("audit-ledger"),
    AGENT("agent");

    private static final String URN = "urn:obstat:";

    private final String value;

    ServiceName(String value) {
        this.value = value;
    }

    /** Such as {@code request-intake}: the module, the consumer group, the principal. */
    public String value() {
        return value;
    }

    /** The CloudEvents {@code source}, such as {@code urn:obstat:request-intake}. */
    public String urn() {
        return URN + value;
    }

    /** The service of a CloudEvents {@code source}; empty when it names none of ours. */
    public static Optional<ServiceName> ofUrn(String urn) {
        return Arrays.stream(values())
                .filter(service -> service.urn().equals(urn))
                .findFirst();
    }

    @Override
    public String toString() {
        return value;
    }
}
