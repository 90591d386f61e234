package io.obstat.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.policy.Consequence;
import io.obstat.policy.Policy;
import io.obstat.policy.PolicySet;
import io.obstat.policy.Requests;
import io.obstat.policy.cel.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final String GOOD = """
            policySet: test
            titles:
              data.export: Export data from {environment}
              aws.*: Call AWS
            environments: {production: production}
            default:
              risk: medium
              require: {slots: [{group: platform, approvals: 1}], deadline: PT1H}
            rules:
              - id: exports
                when: action.type == "data.export"
                effect: require
                risk: high
                because: exports need people
                require:
                  slots: [{group: data-governance, approvals: 2}, {group: oncall, approvals: 1}]
                  deadline: PT30M
              - id: no-drops
                when: action.type == "db.drop"
                effect: deny
                risk: critical
                because: nothing is dropped
                saferAlternative: archive it
                retryAfter: PT2H
              - id: reads
                when: action.type == "db.query"
                effect: allow
                risk: low
                because: reads need nobody
            """;

    @Test
    void shouldReadEveryPartOfASet() throws Exception {
        // Given a file with every key, When
        PolicySet set = parse(GOOD).set();
        // Then
        assertThat(set.name()).isEqualTo("test");
        assertThat(set.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(set.ruleIds()).containsExactly("exports", "no-drops", "reads");
        assertThat(set.rules().get(0).then())
                .isEqualTo(new Consequence.Require(new Requirement(
                        List.of(new Slot("data-governance", 2), new Slot("oncall", 1)), Duration.ofMinutes(30))));
        assertThat(set.rules().get(1).then()).isEqualTo(new Consequence.Deny("archive it", Duration.ofHours(2)));
        assertThat(set.rules().get(2).effect()).isEqualTo(Effect.ALLOW);
        assertThat(set.fallback().risk()).isEqualTo(Risk.MEDIUM);
        assertThat(set.titles().of(Requests.export().action())).isEqualTo("Export data from production");
    }

    @Test
    void shouldHaveAnotherDigestForEveryOtherByte() throws Exception {
        // Given the same rules with one more blank line
        Policy one = parse(GOOD);
        Policy other = parse(GOOD + "\n");
        // When read, Then
        assertThat(other.set().digest()).isNotEqualTo(one.set().digest());
        assertThat(parse(GOOD).set().digest()).isEqualTo(one.set().digest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            risk: high                   | risk: huge                    | p.yaml:13: rule exports: risk must be one of low, medium, high, critical, got "huge"
            risk: high                   | risk: 3                       | p.yaml:13: rule exports: risk must be text, got "3"; put it in quotes
            risk: high                   | risc: high                    | p.yaml:10: rule exports: risk is missing; add it
            effect: require              | effect: maybe                 | p.yaml:12: rule exports: effect must be one of deny, require, allow, got "maybe"
            because: exports need people | {because: ~, x: 1}            | is not YAML
            because: exports need people | because: " "                  | p.yaml:14: rule exports: because is blank; give it a value
            because: exports need people | because: [a]                  | p.yaml:14: rule exports: because must be text, got a list
            because: exports need people | unknown: x                    | p.yaml:10: rule exports: because is missing; add it
            approvals: 2                 | approvals: two                | p.yaml:16: rule exports: require.slots[0].approvals must be a whole number, got "two"
            approvals: 2                 | approvals: 11                 | p.yaml:16: rule exports: require.slots[0].approvals is 11; it must be 1 to 10
            approvals: 2                 | approvals: 2, of: x           | p.yaml:16: rule exports: require.slots[0].of is not known here
            deadline: PT30M              | deadline: 30m                 | p.yaml:17: rule exports: require.deadline must be an ISO 8601 duration such as PT30M, got "30m"
            deadline: PT30M              | deadline: PT0S                | p.yaml:17: rule exports: require.deadline is PT0S; it must be between PT1S and P30D
            deadline: PT30M              | deadline: PT30M, x: y         | not YAML
            id: no-drops                 | id: No Drops                  | p.yaml:18: rule No Drops: id must be lower-case words
            id: no-drops                 | id: exports                   | rules name exports twice
            retryAfter: PT2H             | retryAfter: PT0S              | p.yaml:24: rule no-drops: retryAfter is PT0S; it must be between PT1S and P30D
            effect: allow                | effect: deny, x: 1            | not YAML
            because: reads need nobody   | saferAlternative: x           | because is missing
            policySet: test              | policySet: two words          | p.yaml:1: policySet must be a name of letters
            policySet: test              | policySet: 5                  | p.yaml:1: policySet must be text, got "5"; put it in quotes
            policySet: test              | policy: test                  | p.yaml:1: policySet is missing; add it
            aws.*: Call AWS              | aws.*: Call {service}         | p.yaml:2: titles.aws.* holds {service}; only {environment} can stand in a title
            aws.*: Call AWS              | a b: Call                     | p.yaml:2: titles.a b is for no action type
            aws.*: Call AWS              | data.export: again            | p.yaml:4: titles."data.export" is given twice; keep one
            environments: {production: production} | environments: {on: production} | a key that is "on"; put it in quotes
            environments: {production: production} | environments: []      | environments must be a mapping of keys to values, got a list
            risk: medium                 | risk: [                       | is not YAML
            when: action.type == "db.drop" | when: action.type = "db.drop" | p.yaml:19: rule no-drops: when is not a condition: ERROR
            when: action.type == "db.query" | when: claimed.intent == "x" | p.yaml:26: rule reads: when reads what the agent merely claims
            """)
    void shouldNameFileLineRuleAndFieldOfWhatIsWrong(String good, String bad, String message) {
        // Given a file that is good but for one place
        assertThat(GOOD).contains(good);
        String file = GOOD.replace(good, bad);
        // When read, Then
        assertThatThrownBy(() -> parse(file))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            because: reads need nobody | saferAlternative: x | belongs to a rule with effect: deny
            because: reads need nobody | require: {slots: [{group: a, approvals: 1}], deadline: PT1H} | belongs to a rule with effect: require
            because: reads need nobody | reason: x | p.yaml:30: rule reads: reason is not known here
            """)
    void shouldRefuseAKeyThatDoesNotBelong(String after, String added, String message) {
        // Given a rule with one key more
        String file = GOOD.replace(after, after + "\n    " + added);
        // When read, Then
        assertThatThrownBy(() -> parse(file))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseWhatIsNoPolicySetAtAll() {
        // Given nothing, a list, bytes that are not UTF-8, deep nesting and too much, When read, Then
        assertThatThrownBy(() -> parse("")).hasMessage("p.yaml: is empty; write a policy set");
        assertThatThrownBy(() -> parse("- a"))
                .hasMessageContaining("the document must be a mapping of keys to values, got a list");
        assertThatThrownBy(() -> PolicyFile.parse("p.yaml", new byte[] {(byte) 0xff}, Limits.STANDARD))
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> parse("a: " + "[".repeat(100))).hasMessageContaining("is not YAML");
        assertThatThrownBy(() -> parse("a".repeat(1024 * 1024 + 1)))
                .hasMessageContaining("at most 1048576 are allowed");
        assertThatThrownBy(() -> parse("a: b\n---\nc: d")).hasMessageContaining("is not YAML");
    }

    @Test
    void shouldSayWhichFileCannotBeRead(@TempDir Path directory) {
        // Given
        Path missing = directory.resolve("missing.yaml");
        // When loaded, Then
        assertThatThrownBy(() -> PolicyFile.load(missing, Limits.STANDARD))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("missing.yaml: cannot be read (NoSuchFileException)");
    }

    private static Policy parse(String yaml) throws PolicyFileException {
        return PolicyFile.parse("p.yaml", yaml.getBytes(StandardCharsets.UTF_8), Limits.STANDARD);
    }
}
