package io.obstat.decision.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.inbox.KeyUser.Answer;
import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page on which a person adds security keys and removes them, and how all pages of keys look. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class KeyRingTest extends KeyTest {

    @Test
    void shouldTakeAKeyToAddAnotherAndToRemoveOne() {
        // Given
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-more").plugIn().register("Blue key")) {
            var blueKey = ann.secrets().get(0).getAsJsonObject();

            // When a session tries without a key
            Answer begun = ann.post("/inbox/keys/step-up", Map.of());
            String id = Keyed.base64url(blueKey.get("credentialId").getAsString());
            Answer removal = ann.post("/inbox/keys/%s/removal".formatted(id), Map.of());

            // Then
            assertThat(begun.body()).contains("\"create\":null").contains(id);
            assertThat(removal.status()).isEqualTo(403);
            assertThat(removal.body()).contains("No key was added or removed");
            assertThat(ann.open("/inbox/keys").getByTestId("key")).hasCount(1);

            // When the person removes it with the key
            Map<String, String> form = ann.form(request, "approve");
            String before = ann.answer(request, form);
            ann.open("/inbox/keys").getByTestId("remove").click();

            // Then it is worth nothing any more, not even what it answered before
            assertThat(ann.page().getByTestId("no-keys")).isVisible();
            refused(ann.handIn(request, form, before), "not one of your security keys");
            undecided(request);
        }
    }

    @Test
    void shouldAddASecondKeyWithTheFirst() {
        // Given
        try (KeyUser ann = signIn("ann-two").plugIn().register("Blue key")) {

            // When the same key is to be registered again
            ann.page().getByTestId("label").fill("Blue again");
            ann.page().getByTestId("register").click();

            // Then
            assertThat(ann.page().getByTestId("result")).containsText("registered already");

            // When it is another one
            ann.plugInAnotherForTheSecondStep().register("Red key");

            // Then
            assertThat(ann.page().getByTestId("key")).hasCount(2);
            assertThat(ann.page().getByTestId("key").first()).containsText("last used");
        }
    }

    @Test
    void shouldNotLetWhatBeganWithoutAKeyMakeASecondOne() {
        // Given a stolen session that began to register a first key, and waited
        try (KeyUser thief = signIn("ann-stolen").plugIn();
                KeyUser ann = signIn("ann-stolen").plugIn()) {
            thief.open("/inbox/keys");
            String made = thief.make();
            ann.register("Ann's");

            // When
            Answer answer = thief.post("/inbox/keys", Map.of("label", "Thief's", "attestation", made));

            // Then
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains("given for something else");
            assertThat(ann.open("/inbox/keys").getByTestId("key")).hasCount(1);
        }
    }

    @Test
    void shouldFitOnADeskAndOnAPhone() {
        // Given
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-looks").plugIn().register("Blue key on the desk")) {
            ann.plugInAnotherForTheSecondStep().register("The red one, in the safe of the office");
        }

        // When, then
        look(request, "desktop", new NewContextOptions().setViewportSize(1280, 900));
        look(request, "380px", new NewContextOptions().setViewportSize(380, 800));
        look(request, "dark", new NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.DARK));
    }

    private void look(ActionRequested request, String name, NewContextOptions options) {
        String token = tokens.idToken("ann-looks", "data-governance");
        String keyless = tokens.idToken("ben-looks", "data-governance");
        try (KeyUser ann = KeyUser.signIn(chromium(), token, options);
                KeyUser ben = KeyUser.signIn(chromium(), keyless, options)) {
            ann.open("/inbox/keys").getByTestId("key").first().waitFor();
            ann.shoot("security-keys-" + name);
            Locator row = ann.open("/inbox").getByTestId("row-" + request.actionId());
            row.getByTestId("reject").click();
            ann.shoot("security-key-card-" + name, row);
            ben.open("/inbox/" + request.actionId());
            ben.shoot("security-key-missing-" + name);
        }
    }
}
