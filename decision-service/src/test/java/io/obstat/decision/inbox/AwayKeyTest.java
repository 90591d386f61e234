package io.obstat.decision.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.inbox.KeyUser.Answer;
import io.obstat.decision.road.Database;
import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever stole a session of somebody who has a security key can let nobody stand for them. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class AwayKeyTest extends InboxTest {

    private static final String PATH = "/inbox/away";
    private static final LocalDateTime NOW = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    private static final Map<String, String> TO_BEN = Map.of(
            "to", "ben", "since", NOW.toString(), "until", NOW.plusDays(7).toString(), "reason", "leave");

    private static Chromium chromium;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Listings listings;

    @BeforeEach
    void list() {
        listings.apply(DirectoryFile.parse("""
                        people:
                          - {id: a, identities: {oidc: [ann-away]}, groups: [data-governance]}
                          - {id: b, identities: {oidc: [ben]}}
                          - {id: m, identities: {oidc: [mallory]}}
                        """.getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(Duration.ofSeconds(60));
        if (chromium == null) {
            chromium = Chromium.start(base);
        }
    }

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
        Keyed.sql("delete from decision.security_keys where subject = 'ann-away'");
    }

    @AfterAll
    static void stopChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void shouldTakeAKeyToNameAStandInAndNoneToLetThemGo() {
        // Given
        try (KeyUser ann = signIn().plugIn().register("Blue key")) {
            // When
            Page page = ann.open(PATH);
            page.getByTestId("to").fill("ben");
            page.getByTestId("since").fill(NOW.toString());
            page.getByTestId("until").fill(NOW.plusDays(7).toString());
            page.getByTestId("begin").click();

            // Then
            assertThat(page.getByTestId("stand-in")).containsText("ben");
            assertThat(ann.open("/inbox/keys").getByTestId("key")).containsText("last used");
            assertThat(ann.troubles()).isEmpty();

            // When
            ann.post(PATH + "/end", Map.of());

            // Then
            assertThat(ann.open(PATH).getByTestId("nobody")).isVisible();
        }
    }

    @Test
    void shouldTakeNoSessionAloneAndNoAnswerForSomethingElse() {
        // Given
        try (KeyUser ann = signIn().plugIn().register("Blue key")) {
            // When
            Answer alone = ann.post(PATH, TO_BEN);
            List<Answer> otherwise = List.of(
                    handIn(ann, with("to", "mallory"), ask(ann, TO_BEN)),
                    handIn(ann, with("until", NOW.plusDays(8).toString()), ask(ann, TO_BEN)),
                    handIn(ann, with("since", NOW.plusDays(1).toString()), ask(ann, TO_BEN)),
                    handIn(ann, with("reason", "Ann said so"), ask(ann, TO_BEN)),
                    handIn(ann, TO_BEN, ann.ask("/inbox/keys/step-up", Map.of(), Map.of())));

            // Then
            assertThat(alone.status()).isEqualTo(403);
            assertThat(alone.body()).contains("No answer of a security key came with this", "Nothing was changed");
            assertThat(otherwise).extracting(Answer::status).containsOnly(403);
            assertThat(otherwise)
                    .extracting(Answer::body)
                    .allSatisfy(body -> assertThat(body).contains("given for something else"));
            assertThat(ann.open(PATH).getByTestId("nobody")).isVisible();
        }
    }

    @Test
    void shouldSayWhatIsWrongBeforeAKeyIsAsked() {
        // Given
        try (KeyUser ann = signIn().plugIn().register("Blue key")) {
            // When
            Answer nobody = ann.post(PATH + "/step-up", with("to", "nobody"));

            // Then
            assertThat(nobody.body()).contains("The colleague is", "whom the directory does not have");
        }
    }

    private static String ask(KeyUser ann, Map<String, String> form) {
        return ann.ask(PATH + "/step-up", form, Map.of());
    }

    private static Answer handIn(KeyUser ann, Map<String, String> form, String assertion) {
        Map<String, String> fields = new HashMap<>(form);
        fields.put("assertion", assertion);
        return ann.post(PATH, fields);
    }

    private static Map<String, String> with(String field, String value) {
        Map<String, String> form = new HashMap<>(TO_BEN);
        form.put(field, value);
        return form;
    }

    private KeyUser signIn() {
        return KeyUser.signIn(chromium, tokens.idToken("ann-away", "data-governance"));
    }
}
