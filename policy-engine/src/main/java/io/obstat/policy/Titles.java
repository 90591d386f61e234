package io.obstat.policy;

import io.obstat.contracts.Action;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an action is called on cards and pages: a fixed sentence for its type, in which {@code {environment}} stands for one of a fixed list of
 * words. Type and environment of a request are agent-written, so neither is ever shown: they only choose among the policy author's words.
 *
 * @param templates by action type, or by its beginning when the key ends in {@code .*}; the longest key that fits counts; at most 200
 * @param environments the word for each environment, such as {@code prod: production}; at most 100
 */
public record Titles(Map<String, String> templates, Map<String, String> environments) {

    /** The title of an action whose type has no template. */
    public static final String UNNAMED_ACTION = "Do something policy has no name for";

    /** The word for an environment that has none. */
    public static final String UNNAMED_ENVIRONMENT = "an environment policy has no name for";

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_WORD = 60;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(\\.\\*)?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?");
    private static final String ENVIRONMENT = "{environment}";

    public Titles {
        environments = bounded("environments", environments, 100);
        environments.forEach((name, word) -> Required.text("environments." + name, word, LONGEST_WORD));
        templates = bounded("titles", templates, 200);
        templates.forEach(Titles::requireTemplate);
    }

    /** The title of this action; 1 to 200 characters, none of them the agent's. */
    public String of(Action action) {
        String template = template(action.type().value());
        if (template == null) {
            return UNNAMED_ACTION;
        }
        // INVARIANT: a title holds the policy author's words only.
        return template.replace(ENVIRONMENT, environments.getOrDefault(action.environment(), UNNAMED_ENVIRONMENT));
    }

    private @Nullable String template(String type) {
        String exact = templates.get(type);
        if (exact != null) {
            return exact;
        }
        for (int dot = type.lastIndexOf('.'); dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
            String family = templates.get(type.substring(0, dot) + ".*");
            if (family != null) {
                return family;
            }
        }
        return null;
    }

    private static void requireTemplate(String type, String template) {
        String field = "titles." + type;
        if (!TYPE.matcher(type).matches()) {
            throw new InvalidFieldException(
                    field,
                    "is for no action type; write one such as data.export, or the beginning of some such as data.*");
        }
        Required.text(field, template, LONGEST_TITLE);
        for (Matcher placeholder = PLACEHOLDER.matcher(template); placeholder.find(); ) {
            if (!placeholder.group().equals(ENVIRONMENT)) {
                throw new InvalidFieldException(
                        field, "holds %s; only %s can stand in a title".formatted(placeholder.group(), ENVIRONMENT));
            }
        }
        int longest = template.replace(ENVIRONMENT, "x".repeat(LONGEST_WORD)).length();
        if (longest > LONGEST_TITLE) {
            throw new InvalidFieldException(
                    field,
                    "can become %d characters long, at most %d are allowed; shorten it"
                            .formatted(longest, LONGEST_TITLE));
        }
    }

    private static Map<String, String> bounded(String field, Map<String, String> values, int most) {
        if (values.size() > most) {
            throw new InvalidFieldException(
                    field, "has %d entries, at most %d are allowed".formatted(values.size(), most));
        }
        return Map.copyOf(values);
    }
}
