package io.obstat.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says and nobody has checked. Shown quoted and labelled, everywhere.
 *
 * @param intent why, in the agent's words; 1 to 2,000 characters
 * @param run the agent's run or session; at most 128 characters
 * @param model the model behind the agent; at most 128 characters
 * @param links where more can be read; at most 10
 * @param diff what would change, as text; at most 8,000 characters
 * @param plan which of the agent's plans it is a step of, so that people can look at the steps together; at most 128 characters
 */
public record Claimed(
        String intent,
        @Nullable String run,
        @Nullable String model,
        List<Link> links,
        @Nullable String diff,
        @Nullable String plan) {

    public static final int LONGEST_INTENT = 2_000;
    public static final int LONGEST_DIFF = 8_000;

    public Claimed {
        Required.text("intent", intent, LONGEST_INTENT);
        Required.optionalText("run", run, 128);
        Required.optionalText("model", model, 128);
        links = Required.list("links", links, 10);
        Required.optionalText("diff", diff, LONGEST_DIFF);
        Required.optionalText("plan", plan, 128);
    }

    /** Of no plan. */
    public Claimed(
            String intent, @Nullable String run, @Nullable String model, List<Link> links, @Nullable String diff) {
        this(intent, run, model, links, diff, null);
    }

    /**
     * Where more can be read, as the agent says.
     *
     * @param title at most 200 characters
     * @param href an {@code https} or {@code http} address of at most 2,000 characters
     */
    public record Link(String title, String href) {

        public Link {
            Required.text("links.title", title, 200);
            Required.text("links.href", href, 2_000);
            if (!href.matches("https?://[^\\s\"<>]+")) {
                throw new InvalidFieldException(
                        "links.href", "must be an http or https address, got " + Quoted.of(href));
            }
        }
    }
}
