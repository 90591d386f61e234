package io.obstat.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.policy.Consequence;
import io.obstat.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule can ask of people, as it is written. */
class RequireSectionTest {

    private static final String GOOD = """
            policySet: test
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
                  slots: [{group: data-governance, approvals: 2}]
                  deadline: PT30M
                  rejections: 2
                  assurance: oidc-session
                  reasonFor:
                    - approve
                    - break-glass
                  reminders: [PT5M, PT15M]
                  escalations:
                    - {group: oncall, after: PT20M}
                    - group: board
                  breakGlass:
                    group: incident-commanders
                    signedBy: {group: security, approvals: 2}
                    within: PT24H
                  limits: {pending: 3, cooldown: PT10M}
            """;

    private static final Slot SLOT = new Slot("data-governance", 2);
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    @Test
    void shouldReadEverythingThatARuleCanAsk() throws Exception {
        // Given a rule that asks everything, When read, Then
        assertThat(asked(GOOD))
                .isEqualTo(new Requirement(
                        List.of(SLOT),
                        DEADLINE,
                        2,
                        Identification.OIDC_SESSION,
                        List.of(Verb.APPROVE, Verb.BREAK_GLASS),
                        List.of(Duration.ofMinutes(5), Duration.ofMinutes(15)),
                        List.of(new Escalation("oncall", Duration.ofMinutes(20)), new Escalation("board", null)),
                        new BreakGlass("incident-commanders", new Slot("security", 2), Duration.ofHours(24)),
                        new Limits(3, Duration.ofMinutes(10))));
    }

    @Test
    void shouldAskNothingThatARuleDoesNotName() throws Exception {
        // Given a rule with slots and a deadline alone
        String file = GOOD.substring(0, GOOD.indexOf("      rejections"));
        // When read, Then
        assertThat(asked(file)).isEqualTo(new Requirement(List.of(SLOT), DEADLINE));
    }

    @Test
    void shouldLetTheCooldownOut() throws Exception {
        // Given limits without it
        String file = GOOD.replace(", cooldown: PT10M", "");
        // When read, Then
        assertThat(asked(file).limits()).isEqualTo(new Limits(3, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chat         | CHAT
            bearer-token | BEARER_TOKEN
            oidc-session | OIDC_SESSION
            webauthn     | WEBAUTHN
            """)
    void shouldKnowEveryWayToBeIdentified(String word, Identification meant) throws Exception {
        // Given
        String file = GOOD.replace("assurance: oidc-session", "assurance: " + word);
        // When read, Then
        assertThat(asked(file).assurance()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rejections: 2            | rejections: 0             | p.yaml:14: rule exports: require.rejections is 0; it must be 1 to 10
            rejections: 2            | rejections: 11            | p.yaml:14: rule exports: require.rejections is 11; it must be 1 to 10
            rejections: 2            | rejections: two           | p.yaml:14: rule exports: require.rejections must be a whole number, got "two"
            rejections: 2            | rejection: 2              | p.yaml:14: rule exports: require.rejection is not known here
            assurance: oidc-session  | assurance: password       | p.yaml:15: rule exports: require.assurance must be one of chat, bearer-token, oidc-session, webauthn, got "password"
            assurance: oidc-session  | assurance:                | p.yaml:15: rule exports: require.assurance must be text, got nothing
            - break-glass            | - break_glass             | p.yaml:18: rule exports: require.reasonFor[1] must be one of approve, reject, escalate, claim, release, ask, edit, break-glass, sign, revoke, got "break_glass"
            - break-glass            | - 5                       | p.yaml:18: rule exports: require.reasonFor[1] must be text, got "5"; put it in quotes
            reminders: [PT5M, PT15M] | reminders: PT5M           | p.yaml:19: rule exports: require.reminders must be a list, got "PT5M"
            reminders: [PT5M, PT15M] | reminders: [PT5M, 15m]    | p.yaml:19: rule exports: require.reminders[1] must be an ISO 8601 duration such as PT30M, got "15m"
            reminders: [PT5M, PT15M] | reminders: [PT15M, PT5M]  | p.yaml:19: rule exports: require.reminders are [PT15M, PT5M]; each must be later than the one before and earlier than the deadline, PT30M
            reminders: [PT5M, PT15M] | reminders: [PT30M]        | p.yaml:19: rule exports: require.reminders are [PT30M]; each must be later than the one before and earlier than the deadline, PT30M
            reminders: [PT5M, PT15M] | reminders: [PT1M, PT2M, PT3M, PT4M, PT5M, PT6M] | p.yaml:19: rule exports: require.reminders has 6 elements, at most 5 are allowed
            after: PT20M             | after: PT0S               | p.yaml:21: rule exports: require.escalations[0].after is PT0S; it must be between PT1S and P30D
            after: PT20M             | at: PT20M                 | p.yaml:21: rule exports: require.escalations[0].at is not known here
            - group: board           | - groups: board           | p.yaml:22: rule exports: require.escalations[1].group is missing; add it
            - group: board           | - group: oncall           | p.yaml:22: rule exports: require.escalations[1].group is "oncall", which is named before; keep one
            - group: board           | - board                   | p.yaml:22: rule exports: require.escalations[1] must be a mapping of keys to values, got "board"
            group: incident-commanders | group: " "              | p.yaml:24: rule exports: require.breakGlass.group is blank; give it a value
            signedBy: {group: security, approvals: 2} | signedBy: {group: security} | p.yaml:25: rule exports: require.breakGlass.signedBy.approvals is missing; add it
            security, approvals: 2   | security, approvals: 0    | p.yaml:25: rule exports: require.breakGlass.signedBy.approvals is 0; it must be 1 to 10
            within: PT24H            | within: P31D              | p.yaml:26: rule exports: require.breakGlass.within is PT744H; it must be between PT1S and P30D
            within: PT24H            | until: PT24H              | p.yaml:24: rule exports: require.breakGlass.within is missing; add it
            pending: 3               | pending: 0                | p.yaml:27: rule exports: require.limits.pending is 0; it must be 1 to 1000
            pending: 3, cooldown     | cooldown                  | p.yaml:27: rule exports: require.limits.pending is missing; add it
            cooldown: PT10M          | cooldown: P31D            | p.yaml:27: rule exports: require.limits.cooldown is PT744H; it must be between PT1S and P30D
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

    @Test
    void shouldReadTheSameInTheDefault() throws Exception {
        // Given a default that asks for a security key
        String file = GOOD.replace("deadline: PT1H}", "deadline: PT1H, assurance: webauthn}");
        // When read, Then
        assertThat(parse(file).set().fallback().requirement().assurance()).isEqualTo(Identification.WEBAUTHN);
    }

    private static Requirement asked(String yaml) throws PolicyFileException {
        return ((Consequence.Require) parse(yaml).set().rules().getFirst().then()).requirement();
    }

    private static Policy parse(String yaml) throws PolicyFileException {
        return PolicyFile.parse("p.yaml", yaml.getBytes(StandardCharsets.UTF_8), io.obstat.policy.cel.Limits.STANDARD);
    }
}
