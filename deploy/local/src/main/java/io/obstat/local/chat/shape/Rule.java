package io.obstat.local.chat.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What one value must be. */
@FunctionalInterface
public interface Rule {

    /** Adds what is wrong with the value, which lies at this pointer. */
    void check(JsonNode value, String pointer, List<Fault> faults);

    /** Everything that is wrong with the value. */
    default List<Fault> faults(JsonNode value) {
        List<Fault> faults = new ArrayList<>();
        check(value, "", faults);
        return List.copyOf(faults);
    }

    /** This one, and the other. */
    default Rule and(Rule other) {
        return (value, pointer, faults) -> {
            check(value, pointer, faults);
            other.check(value, pointer, faults);
        };
    }

    /** A rule that is not there yet: what holds a thing may be held by it. */
    static Rule later(Supplier<Rule> rule) {
        return (value, pointer, faults) -> rule.get().check(value, pointer, faults);
    }
}
