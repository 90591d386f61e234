package io.obstat.decision.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.obstat.decision.road.Surroundings;
import io.obstat.decision.road.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The page stays true while its reader acts, in a real browser. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class LiveInboxTest {

    private static final String[] BY_HTMX = {"Sec-Fetch-Site", "same-origin", "HX-Request", "true"};

    @SuppressWarnings("NullAway.Init")
    Tokens tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Road road;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    @Test
    void shouldShowTheAnswerWhenTheNewsOfItIsFaster() {
        // Given a click that is under way while somebody else decides
        ActionRequested request = Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
        road.verdict(Examples.required(request, Duration.ofMinutes(30), new Slot("data-governance", 1)))
                .join();
        var ben = new Browser(base).signIn(tokens.idToken("ben", "data-governance"));
        var clicks = new ArrayList<Route>();
        try (Chromium chromium = Chromium.start(base);
                KeyUser ann = KeyUser.signIn(chromium, tokens.idToken("ann", "data-governance"))) {
            Page page = ann.open("/inbox");
            Locator row = page.getByTestId("row-" + request.actionId());
            page.route("**/reviews", clicks::add);
            row.getByTestId("approve").click();

            // When the page has fetched the decided card before the click's own answer comes
            page.waitForResponse(
                    response -> response.url().endsWith(request.actionId() + "/card"),
                    () -> ben.post(
                            "/inbox/%s/reviews".formatted(request.actionId()), ben.approvalOf(request), BY_HTMX));
            clicks.forEach(Route::resume);

            // Then
            assertThat(row.getByTestId("result")).containsText("This is decided");
            assertThat(row.locator(".verdict")).hasText("Allowed");
            assertThat(clicks).hasSize(1);
            assertThat(ann.troubles()).isEmpty();
        }
    }
}
