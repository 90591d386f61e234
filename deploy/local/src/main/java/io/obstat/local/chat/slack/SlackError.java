package io.obstat.local.chat.slack;

import io.obstat.local.chat.shape.Fault;
import java.util.List;

/** A refusal of the Web API: {@code ok: false} and why. */
final class SlackError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Fault> faults;

    SlackError(String code) {
        this(code, List.of());
    }

    SlackError(String code, List<Fault> faults) {
        super(code);
        this.code = code;
        this.faults = faults;
    }

    String code() {
        return code;
    }

    List<Fault> faults() {
        return faults;
    }
}
