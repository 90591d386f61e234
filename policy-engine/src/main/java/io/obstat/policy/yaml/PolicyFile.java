package io.obstat.policy.yaml;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Risk;
import io.obstat.policy.Consequence;
import io.obstat.policy.Fallback;
import io.obstat.policy.Policy;
import io.obstat.policy.PolicySet;
import io.obstat.policy.Rule;
import io.obstat.policy.Titles;
import io.obstat.policy.cel.BadConditionException;
import io.obstat.policy.cel.CelConditions;
import io.obstat.policy.cel.Limits;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** A policy set in a YAML file; see {@code docs/reference/policy.md} for its form. */
public final class PolicyFile {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int DEEPEST = 20;
    private static final Map<String, Effect> EFFECTS = Words.of(Effect.values());
    private static final Map<String, Risk> RISKS = Words.of(Risk.values());

    private final String name;
    private final Map<String, Integer> conditionLines = new HashMap<>();

    private PolicyFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file and makes its conditions ready.
     *
     * @throws PolicyFileException when it cannot be read or used, saying why
     */
    public static Policy load(Path file, Limits limits) throws PolicyFileException {
        try {
            return parse(file.toString(), Files.readAllBytes(file), limits);
        } catch (IOException e) {
            throw new PolicyFileException(
                    file.toString(),
                    0,
                    "cannot be read (%s); give the path of a policy file in obstat.policy.file"
                            .formatted(e.getClass().getSimpleName()));
        }
    }

    /**
     * Reads what stands in a file and makes its conditions ready.
     *
     * @param name of the file, for messages
     * @throws PolicyFileException when it cannot be used, saying why
     */
    public static Policy parse(String name, byte[] bytes, Limits limits) throws PolicyFileException {
        var file = new PolicyFile(name);
        PolicySet set = file.policySet(file.document(bytes), digest(bytes));
        try {
            return new Policy(set, CelConditions.compile(set.rules(), limits));
        } catch (BadConditionException e) {
            throw new PolicyFileException(
                    name,
                    file.conditionLines.getOrDefault(e.rule(), 0),
                    "rule %s: when %s".formatted(e.rule(), e.problem()));
        }
    }

    private Section document(byte[] bytes) throws PolicyFileException {
        if (bytes.length > MOST_BYTES) {
            throw new PolicyFileException(
                    name, 0, "has %d bytes, at most %d are allowed; split the set".formatted(bytes.length, MOST_BYTES));
        }
        var options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        options.setNestingDepthLimit(DEEPEST);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw new PolicyFileException(name, 0, "is empty; write a policy set");
            }
            return Section.of(name, "", root);
        } catch (CharacterCodingException e) {
            throw new PolicyFileException(name, 0, "is not UTF-8; save it as UTF-8");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new PolicyFileException(name, line, "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new PolicyFileException(name, 0, "is not YAML: " + e.getMessage());
        }
    }

    private PolicySet policySet(Section document, String digest) throws PolicyFileException {
        String setName = document.text("policySet");
        Map<String, String> templates = document.texts("titles");
        Map<String, String> environments = document.texts("environments");
        Titles titles = document.build(() -> new Titles(templates, environments));
        Fallback fallback = fallback(document.section("default"));
        List<Rule> rules = new ArrayList<>();
        for (Section section : document.sections("rules")) {
            rules.add(rule(section));
        }
        document.requireNothingElse();
        return document.build(() -> new PolicySet(setName, digest, titles, fallback, rules));
    }

    private static Fallback fallback(Section section) throws PolicyFileException {
        Risk risk = section.oneOf("risk", RISKS);
        Requirement requirement = RequireSection.read(section.section("require"));
        section.requireNothingElse();
        return section.build(() -> new Fallback(risk, requirement));
    }

    private Rule rule(Section unnamed) throws PolicyFileException {
        String id = unnamed.text("id");
        Section section = unnamed.at("rule %s: ".formatted(id));
        String when = section.text("when");
        Effect effect = section.oneOf("effect", EFFECTS);
        Risk risk = section.oneOf("risk", RISKS);
        String because = section.text("because");
        Consequence then = switch (effect) {
            case DENY -> deny(section);
            case REQUIRE -> new Consequence.Require(RequireSection.read(section.section("require")));
            case ALLOW -> new Consequence.Allow();
        };
        for (String key : List.of("require", "saferAlternative", "retryAfter")) {
            requireFits(section, key, effect);
        }
        section.requireNothingElse();
        conditionLines.put(id, section.line("when"));
        return section.build(() -> new Rule(id, when, then, risk, because));
    }

    private static void requireFits(Section section, String key, Effect effect) throws PolicyFileException {
        Effect fitting = key.equals("require") ? Effect.REQUIRE : Effect.DENY;
        if (section.has(key) && effect != fitting) {
            throw section.wrong(
                    key,
                    "belongs to a rule with effect: %s; remove it or change the effect".formatted(Words.of(fitting)));
        }
    }

    private static Consequence deny(Section section) throws PolicyFileException {
        String saferAlternative = section.optionalText("saferAlternative");
        Duration retryAfter = section.optionalDuration("retryAfter");
        return section.build(() -> new Consequence.Deny(saferAlternative, retryAfter));
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
        }
    }
}
