package io.obstat.local;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The parts of the road, in the order in which they are started. */
public enum PartName {
    BROKER("broker"),
    POSTGRES("postgres"),
    ISSUER("issuer"),
    /** Slack and Teams of our own; started only when asked for. */
    FAKE_CHAT("fake-chat"),
    REQUEST_INTAKE("request-intake"),
    POLICY_ENGINE("policy-engine"),
    NOTIFIER("notifier"),
    DECISION_SERVICE("decision-service"),
    AUDIT_LEDGER("audit-ledger");

    private final String label;

    PartName(String label) {
        this.label = label;
    }

    /** The name as people write it; a service's is that of its module. */
    public String label() {
        return label;
    }

    /** Whether this is one of the five services, as opposed to what they stand on. */
    public boolean isService() {
        return compareTo(FAKE_CHAT) > 0;
    }

    /** The part with this label; empty when there is none. */
    public static Optional<PartName> labelled(String label) {
        return Arrays.stream(values()).filter(name -> name.label.equals(label)).findFirst();
    }

    /** Those of the road, which are started unless somebody says otherwise. */
    public static Set<PartName> road() {
        return Arrays.stream(values()).filter(name -> name != FAKE_CHAT).collect(Collectors.toUnmodifiableSet());
    }

    /** All of them, also those that are started only when asked for. */
    public static Set<PartName> all() {
        return Set.of(values());
    }

    /** The labels, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(PartName::label).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return label;
    }
}
