package io.obstat.decision.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.decision.Examples;
import io.obstat.decision.inbox.KeyUser.Answer;
import io.obstat.decision.road.Database;
import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Security keys in a real Chromium, with the authenticator that it plays. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class SecurityKeysTest extends KeyTest {

    @Test
    void shouldApproveFromTheListWithAKeyThatWasRegistered() {
        // Given
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-list").plugIn().register("Blue key")) {
            Locator row = ann.open("/inbox").getByTestId("row-" + request.actionId());
            assertThat(row.getByTestId("approve")).containsText("Approve with security key");

            // When
            row.getByTestId("approve").click();

            // Then
            assertThat(row.getByTestId("result")).containsText("You approved this, and it is allowed");
            assertThat(reviewer(request).identifiedBy()).isEqualTo(Identification.WEBAUTHN);
            assertThat(reviewer(request).authority()).startsWith("http://localhost:");
            assertThat(ann.open("/inbox/keys").getByTestId("key")).containsText("last used");
            assertThat(ann.troubles()).isEmpty();
        }
    }

    @Test
    void shouldTakeANoWithoutAKey() {
        // Given somebody who has none
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-page")) {
            Locator page = ann.open("/inbox/" + request.actionId()).locator("main");

            // When
            page.getByTestId("reject").click();
            page.getByTestId("reason").fill("Not this quarter.\nAsk again.");
            page.getByTestId("confirm-reject").click();

            // Then
            assertThat(page.locator(".verdict")).hasText("Rejected");
            assertThat(reviewer(request).identifiedBy()).isEqualTo(Identification.OIDC_SESSION);
        }
    }

    @Test
    void shouldSayWhatWentWrongWhenTheKeyDoesNotAnswerAndAskAgain() {
        // Given a key that does not recognise who touches it
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-again").plugIn().register("Blue key")) {
            ann.recognised(false);
            Locator row = ann.open("/inbox").getByTestId("row-" + request.actionId());

            // When
            row.getByTestId("approve").click();

            // Then
            assertThat(row.getByTestId("result")).containsText("Nothing was done; press the button to try again.");
            assertThat(road.facts(request.actionId(), Decision.class)).isEmpty();

            // And when it does
            ann.recognised(true);
            row.getByTestId("approve").click();

            // Then
            assertThat(row.getByTestId("result")).containsText("You approved this");
        }
    }

    @Test
    void shouldLeadWhoHasNoKeyToThePageWhereTheyGetOne() {
        // Given
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-keyless").plugIn()) {
            Locator row = ann.open("/inbox").getByTestId("row-" + request.actionId());
            assertThat(row.getByTestId("approve")).hasCount(0);
            assertThat(row).hasAttribute("data-place", "YOURS");

            // When
            row.locator("a[href='/inbox/keys']").click();
            assertThat(ann.page().getByTestId("no-keys")).isVisible();
            ann.register("First");

            // Then
            assertThat(ann.open("/inbox")
                            .getByTestId("row-" + request.actionId())
                            .getByTestId("approve"))
                    .isVisible();
        }
    }

    @Test
    void shouldTakeNothingWithoutAnAnswerOfAKey() {
        // Given a page without scripts
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-script").plugIn().register("Blue key")) {
            Map<String, String> form = ann.form(request, "approve");

            // When
            Answer without = ann.post("/inbox/%s/reviews".formatted(request.actionId()), form);
            Answer nonsense = ann.handIn(request, form, "{\"id\":\"x\"}");

            // Then
            refused(without, "No answer of a security key came with this");
            refused(nonsense, "No answer of a security key came with this");
            assertThat(Jsoup.parse(without.body()).select("noscript").text()).contains("allow JavaScript");
            undecided(request);
        }
    }

    @Test
    void shouldRefuseAKeyThatDidNotCheckWhoTouchedIt() {
        // Given
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-unverified").plugIn().register("Blue key")) {
            ann.recognised(false);
            Map<String, String> form = ann.form(request, "approve");

            // When a page asks the key for less than the server does
            String answer = ann.answer(request, form, Map.of("userVerification", "discouraged"));

            // Then
            refused(ann.handIn(request, form, answer), "did not check that it is you");
            undecided(request);
        }
    }

    @Test
    void shouldRefuseWhatWasAnsweredForSomethingElse() {
        // Given
        ActionRequested request = Keyed.pending(road);
        ActionRequested another = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-else").plugIn().register("Blue key")) {
            Map<String, String> approve = ann.form(request, "approve");
            String somethingElse = "given for something else";

            // When, then: another action
            refused(ann.handIn(request, approve, ann.answer(another, ann.form(another, "approve"))), somethingElse);
            // another digest
            Map<String, String> otherDigest =
                    with(approve, "digest", Examples.otherDigest().value());
            refused(ann.handIn(request, approve, ann.answer(request, otherDigest)), somethingElse);
            // another verb
            Map<String, String> escalate = with(approve, "verb", "escalate");
            refused(ann.handIn(request, approve, ann.answer(request, escalate)), somethingElse);
            // another reason
            Map<String, String> otherReason = with(escalate, "reason", "Never.");
            refused(ann.handIn(request, escalate, ann.answer(request, otherReason)), somethingElse);
            // another use altogether
            String toAddAKey = ann.ask("/inbox/keys/step-up", Map.of(), Map.of());
            refused(ann.handIn(request, approve, toAddAKey), somethingElse);
            undecided(request);

            // And what was answered for this is taken
            assertThat(ann.handIn(request, approve, ann.answer(request, approve))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldTakeAnAnswerOnce() {
        // Given
        ActionRequested request = Keyed.pending(road, new Slot("data-governance", 2));
        try (KeyUser ann = signIn("ann-once").plugIn().register("Blue key")) {
            Map<String, String> form = ann.form(request, "approve");
            String answer = ann.answer(request, form);

            // When
            Answer first = ann.handIn(request, form, answer);
            Answer again = ann.handIn(request, form, answer);

            // Then
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            refused(again, "was used before");
        }
    }

    @Test
    void shouldTakeAnAnswerForFiveMinutesOnly() throws SQLException {
        // Given
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-late").plugIn().register("Blue key")) {
            Map<String, String> form = ann.form(request, "approve");
            String answer = ann.answer(request, form);

            // When five minutes go by
            Keyed.sql("update decision.webauthn_challenges set expires_at = expires_at - interval '5 minutes'");

            // Then
            refused(ann.handIn(request, form, answer), "older than 5 minutes");
            undecided(request);
        }
    }

    @Test
    void shouldRefuseAnotherPersonsKey() {
        // Given Ben, who got hold of Ann's key
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-lent").plugIn().register("Ann's");
                KeyUser ben = signIn("ben-lent").plugIn().register("Ben's")) {
            var annsKey = ann.secrets().get(0).getAsJsonObject();
            ben.plugInAnother().putIn(annsKey);
            Map<String, String> form = ben.form(request, "approve");
            String id = annsKey.get("credentialId").getAsString();
            var annsId = Map.of("allowCredentials", List.of(Map.of("type", "public-key", "id", Keyed.base64url(id))));

            // When
            String answer = ben.answer(request, form, annsId);

            // Then
            refused(ben.handIn(request, form, answer), "not one of your security keys");
            undecided(request);
        }
    }

    @Test
    void shouldRefuseACounterThatWentBack() throws SQLException {
        // Given a key whose copy was used meanwhile
        ActionRequested request = Keyed.pending(road);
        try (KeyUser ann = signIn("ann-copied").plugIn().register("Blue key")) {
            Keyed.sql("update decision.security_keys set sign_count = 1000 where subject = 'ann-copied'");
            Map<String, String> form = ann.form(request, "approve");

            // When
            Answer answer = ann.handIn(request, form, ann.answer(request, form));

            // Then
            refused(answer, "there may be a copy of it");
            undecided(request);
        }
    }

    private static Map<String, String> with(Map<String, String> form, String name, String value) {
        Map<String, String> other = new HashMap<>(form);
        other.put(name, value);
        return other;
    }

    private Reviewer reviewer(ActionRequested request) {
        Database.awaitPublished(request.actionId());
        Decision decision = road.facts(request.actionId(), Decision.class).getFirst();
        assertThat(decision.outcome()).isIn(Outcome.ALLOWED, Outcome.REJECTED);
        return decision.reviews().getFirst().reviewer();
    }
}
