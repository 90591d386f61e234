package io.obstat.policy.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.policy.Conditions;
import io.obstat.policy.Consequence;
import io.obstat.policy.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** INVARIANT: what an agent claims can add a question, never take one away. */
class ClaimsTest {

    private static final Consequence REQUIRE =
            new Consequence.Require(new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claimed.intent.lowerAscii().contains('drop') && !has(action.parameters.ticket)",
                "action.type == 'x' || claimed.model in ['a', 'b'] || has(claimed.run)",
                "claimed.intent.matches('(?i)delete') && claimed.model == 'x'",
                "claimed.links.exists(link, link.href.startsWith('http:'))",
                "claimed.links[0].title == 'x'"
            })
    void shouldLetAClaimAddAQuestion(String when) throws Exception {
        // Given a rule of effect require, When compiled, Then it is taken
        assertThat(compiled(when)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!claimed.intent.contains('approved')",
                "!has(claimed.run)",
                "action.type == 'data.export' && !(action.resource == 'r' && claimed.model == 'x')",
                "claimed.intent != 'approved'",
                "(claimed.intent == 'approved') == false",
                "has(claimed.run) == false",
                "has(claimed.run) ? false : true",
                "claimed.links.size() < 1",
                "claimed.links.all(link, link.href.startsWith('http:'))",
                "[claimed.model].exists(model, model != 'x')",
                "(claimed.model == 'x') in [false]",
                "action.parameters.all(name, !(name in [claimed.model]))",
                "claimed.intent.size() == 0"
            })
    void shouldRefuseAQuestionThatAClaimTakesAway(String when) {
        // Given a rule of effect require, When compiled, Then
        assertThatThrownBy(() -> compiled(when))
                .isInstanceOf(BadConditionException.class)
                .hasMessageContaining("rule one")
                .hasMessageContaining("could take its question away");
    }

    private static Conditions compiled(String when) throws BadConditionException {
        return CelConditions.compile(
                List.of(new Rule("one", when, REQUIRE, Risk.LOW, "a test says so")), Limits.STANDARD);
    }
}
