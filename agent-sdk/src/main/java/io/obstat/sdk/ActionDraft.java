package io.obstat.sdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Claimed.Link;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is about to ask for. Immutable.
 *
 * @param action exactly what would be done
 * @param claimed why, in the agent's words, and what may help a reviewer
 * @param deadline until when an answer is of use; absent when that does not matter
 * @param idempotencyKey 1 to 128 visible ASCII characters, the same for the same job: a repeated request, also after a crash, is then the same action.
 *     Absent: each request is an action of its own
 */
public record ActionDraft(
        Action action,
        Claimed claimed,
        @Nullable Instant deadline,
        @Nullable String idempotencyKey) {

    private static final String KEY = "[!-~]{1,128}";

    public ActionDraft {
        Required.present("action", action);
        Required.present("claimed", claimed);
        if (idempotencyKey != null && !idempotencyKey.matches(KEY)) {
            throw new InvalidFieldException(
                    "idempotencyKey",
                    "must be 1 to 128 visible ASCII characters without blanks, got " + Quoted.of(idempotencyKey));
        }
    }

    /** Begins a draft: what kind of action, such as {@code data.export}, and what it is done to, such as {@code postgres://prod/customers}. */
    public static Builder of(String type, String resource) {
        return new Builder(new ActionType(type), resource);
    }

    /** Collects the parts of a draft. Not thread safe. */
    public static final class Builder {

        private static final ObjectMapper VALUES = JsonMapper.builder().build();

        private final ActionType type;
        private final String resource;
        private final ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        private final List<Link> links = new ArrayList<>();
        private @Nullable String environment;
        private @Nullable String intent;
        private @Nullable String run;
        private @Nullable String model;
        private @Nullable String diff;
        private @Nullable String plan;
        private @Nullable Instant deadline;
        private @Nullable String idempotencyKey;

        private Builder(ActionType type, String resource) {
            this.type = type;
            this.resource = resource;
        }

        /** Where, such as {@code production}. */
        public Builder in(String environment) {
            this.environment = environment;
            return this;
        }

        /** One exact input: a string, number, boolean, null, or a map or list of such. Numbers that JSON tools would round are refused. */
        public Builder with(String parameter, @Nullable Object value) {
            parameters.set(parameter, VALUES.valueToTree(value));
            return this;
        }

        /** Why, in the agent's words. People see it quoted, as the agent's claim. */
        public Builder because(String intent) {
            this.intent = intent;
            return this;
        }

        /** The agent's run or session. */
        public Builder run(String run) {
            this.run = run;
            return this;
        }

        /** The model behind the agent. */
        public Builder model(String model) {
            this.model = model;
            return this;
        }

        /** Where a reviewer can read more. */
        public Builder link(String title, String href) {
            links.add(new Link(title, href));
            return this;
        }

        /** What would change, as text. */
        public Builder diff(String diff) {
            this.diff = diff;
            return this;
        }

        /** Which of the agent's plans it is a step of, so that people can look at the steps together; at most 128 characters. */
        public Builder plan(String plan) {
            this.plan = plan;
            return this;
        }

        /** Until when an answer is of use. */
        public Builder deadline(Instant deadline) {
            this.deadline = deadline;
            return this;
        }

        /** The same for the same job, so that asking again, also after a crash, asks nobody twice. */
        public Builder idempotencyKey(String key) {
            this.idempotencyKey = key;
            return this;
        }

        /**
         * The draft.
         *
         * @throws io.obstat.contracts.InvalidFieldException naming the part that is missing or out of bounds
         * @throws io.obstat.contracts.json.MalformedJsonException naming the parameter that JSON cannot keep
         */
        public ActionDraft build() {
            Required.present("environment (say .in(…))", environment);
            Required.present("intent (say .because(…))", intent);
            return new ActionDraft(
                    new Action(type, resource, String.valueOf(environment), Parameters.of(parameters)),
                    new Claimed(String.valueOf(intent), run, model, links, diff, plan),
                    deadline,
                    idempotencyKey);
        }
    }
}
