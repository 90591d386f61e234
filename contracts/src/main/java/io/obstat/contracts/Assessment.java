package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What policy made of a request, for a reviewer to read.
 *
 * @param title the action in plain words, from the policy's template; never text that the agent wrote; 1 to 200 characters
 * @param risk the highest risk that a matching rule names
 * @param rules every rule that matched; empty when none did
 * @param explanation why this verdict, in a sentence; 1 to 1,000 characters
 * @param policySet the digest of the policy set that was in force, {@code sha256:…}
 * @param assessedAt when
 */
public record Assessment(
        String title, Risk risk, List<MatchedRule> rules, String explanation, String policySet, Instant assessedAt) {

    public Assessment {
        Required.text("title", title, 200);
        Required.present("risk", risk);
        rules = Required.list("rules", rules, 50);
        Required.text("explanation", explanation, 1_000);
        Required.text("policySet", policySet, 100);
        Required.present("assessedAt", assessedAt);
    }

    /**
     * A rule whose condition held.
     *
     * @param id the rule's name in the policy set; 1 to 100 characters
     * @param effect what it says
     * @param because why the rule exists, in its author's words; 1 to 500 characters
     */
    public record MatchedRule(String id, Effect effect, String because) {

        public MatchedRule {
            Required.text("rules.id", id, 100);
            Required.present("rules.effect", effect);
            Required.text("rules.because", because, 500);
        }
    }

    /** What a rule says; in falling order of strength: deny beats require, require beats allow. */
    public enum Effect {
        @JsonProperty("deny")
        DENY,
        @JsonProperty("require")
        REQUIRE,
        @JsonProperty("allow")
        ALLOW
    }
}
