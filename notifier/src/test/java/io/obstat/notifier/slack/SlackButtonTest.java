package io.obstat.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.obstat.contracts.Review.Verb;
import io.obstat.notifier.Card;
import io.obstat.notifier.slack.SlackButton.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackButtonTest {

    @Test
    void shouldReadBackWhatItCarries() {
        assertThat(SlackButton.read(Callbacks.BUTTON.value())).isEqualTo(Callbacks.BUTTON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "act_x sha256:y", "%s", "%s ", " %s", "%s x", "%s\n"})
    void shouldRefuseWhatItDoesNotWrite(String form) {
        String value = form.formatted(Callbacks.BUTTON.value());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlackButton.read(form.equals("%s") ? value.split(" ", -1)[0] : value));
    }

    @ParameterizedTest
    @EnumSource(names = {"APPROVE", "REJECT", "ESCALATE", "CLAIM", "ASK"})
    void shouldKnowWhatAClickWants(Verb verb) {
        // Given
        String atOnce = SlackButton.actionId(new Card.Button(verb, "label", false));
        String reason = SlackButton.actionId(new Card.Button(verb, "label", true));

        // When, Then a verb that needs a reason asks for one, whatever the button says
        assertThat(SlackButton.wish(atOnce)).contains(new Wish(verb, verb.needsReason()));
        assertThat(SlackButton.wish(reason)).contains(new Wish(verb, true));
    }

    @ParameterizedTest
    @CsvSource({"full-request", "''", "?", "approve??", "APPROVE", "release", "edit?", "break_glass", "sign", "revoke"})
    void shouldNotTakeAnythingElseForAWish(String actionId) {
        assertThat(SlackButton.wish(actionId)).isEmpty();
    }
}
