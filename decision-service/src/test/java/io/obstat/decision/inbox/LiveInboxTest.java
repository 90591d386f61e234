package io.obstat.decision.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.Examples;
import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page stays true while its reader acts, in a real browser. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class LiveInboxTest extends InboxTest {

    @Test
    void shouldShowTheAnswerWhenTheNewsOfItIsFaster() {
        // Given a click that is under way while somebody else decides
        ActionRequested request = waiting(null);
        var ben = browser("ben");
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
            Assertions.assertThat(clicks).hasSize(1);
            Assertions.assertThat(ann.troubles()).isEmpty();
        }
    }

    @Test
    void shouldKeepWhatIsTickedWhenOthersAnswer() {
        // Given two ticked steps of a plan
        String plan = UUID.randomUUID().toString();
        ActionRequested first = waiting(plan);
        ActionRequested second = waiting(plan);
        try (Chromium chromium = Chromium.start(base);
                KeyUser ann = KeyUser.signIn(chromium, tokens.idToken("ann", "data-governance"))) {
            Page page = ann.open("/inbox");
            row(page, first).getByTestId("pick").check();
            row(page, second).getByTestId("pick").check();

            // When the card of one is fetched anew because somebody says that they look at it
            claim(browser("ben"), second);
            assertThat(row(page, second)).containsText("looking at this");

            // Then a click means both, however soon it comes
            assertThat(row(page, second).getByTestId("pick")).isChecked();
            Locator card = page.getByTestId("plan").filter(new Locator.FilterOptions().setHasText(plan));
            card.getByTestId("approve-ticked").click();
            assertThat(card.getByTestId("result").first()).hasText("You approved 2 steps.");
            Assertions.assertThat(ann.troubles()).isEmpty();
        }
    }

    @Test
    void shouldNotTakeAClickThatWasMeantForWhatStoodThereBefore() {
        // Given a hand above the button, and a page on whose clock nothing moves by itself
        ActionRequested request = waiting(null);
        try (Chromium chromium = Chromium.start(base);
                KeyUser ann = KeyUser.signIn(chromium, tokens.idToken("ann", "data-governance"))) {
            Page page = inboxOnAClockThatStands(ann);
            Locator row = row(page, request);
            row.getByTestId("approve").scrollIntoViewIfNeeded();
            List<Request> clicks = posts(page);
            var cards = new ArrayList<Route>();
            page.route("**/" + request.actionId() + "/card", cards::add);

            // When the card changes under it, and the click comes before the page has done anything else
            claim(browser("ben"), request);
            await().untilAsserted(() -> {
                page.clock().runFor(50);
                Assertions.assertThat(cards).isNotEmpty();
            });
            cards.forEach(Route::resume);
            assertThat(row).containsText("looking at this");
            BoundingBox button = row.getByTestId("approve").boundingBox();
            page.mouse().click(button.x + button.width / 2, button.y + button.height / 2);
            page.clock().runFor(1_000);

            // Then that click was not taken, and the next one is
            Assertions.assertThat(clicks).isEmpty();
            page.mouse().click(button.x + button.width / 2, button.y + button.height / 2);
            await().untilAsserted(() -> {
                page.clock().runFor(50);
                Assertions.assertThat(row.textContent()).contains("You approved this");
            });
        }
    }

    @Test
    void shouldKeepTheAnswerToAClickWhenOlderNewsComeAfterIt() {
        // Given a page that has asked what is true, and hears of it only after a click has been answered
        ActionRequested request = waiting(null);
        try (Chromium chromium = Chromium.start(base);
                KeyUser ann = KeyUser.signIn(chromium, tokens.idToken("ann", "data-governance"))) {
            Page page = ann.open("/inbox");
            Locator row = row(page, request);
            Object before = page.evaluate("async () => (await fetch('/inbox/state')).text()");
            var asked = new ArrayList<Route>();
            page.route("**/inbox/state", route -> {
                asked.add(route);
                if (asked.size() > 1) {
                    route.resume();
                }
            });
            claim(browser("ben"), request);
            page.waitForCondition(() -> !asked.isEmpty());
            row.getByTestId("approve").click();
            assertThat(row.getByTestId("result")).containsText("You approved this");

            // When
            page.waitForResponse(
                    response -> asked.size() > 1 && response.url().endsWith("/inbox/state"),
                    () -> asked.getFirst()
                            .fulfill(new Route.FulfillOptions()
                                    .setContentType("application/json")
                                    .setBody((String) before)));

            // Then
            assertThat(row.getByTestId("result")).containsText("You approved this");
            Assertions.assertThat(ann.troubles()).isEmpty();
        }
    }

    @Test
    void shouldNotTakeAwayWhatIsWrittenWhileNewsAreUnderWay() {
        // Given a page that has asked for a card because it changed, and somebody who begins to write before it comes
        ActionRequested request = waiting(null);
        try (Chromium chromium = Chromium.start(base);
                KeyUser ann = KeyUser.signIn(chromium, tokens.idToken("ann", "data-governance"))) {
            Page page = ann.open("/inbox");
            Locator row = row(page, request);
            var cards = new ArrayList<Route>();
            page.route("**/" + request.actionId() + "/card", cards::add);
            claim(browser("ben"), request);
            page.waitForCondition(() -> !cards.isEmpty());
            page.locator("#row-" + request.actionId()).focus();
            page.keyboard().press("r");
            page.keyboard().type("Use the masked view.");

            // When
            cards.getFirst().resume();

            // Then it stays, and the page says what has happened
            assertThat(row.locator(".changed")).containsText("has changed while you were writing");
            assertThat(row.locator("details[open] textarea")).hasValue("Use the masked view.");

            // And what is new elsewhere waits, too
            ActionRequested later = waiting(null);
            page.getByTestId("news").click();
            assertThat(row.locator("details[open] textarea")).hasValue("Use the masked view.");
            assertThat(page.locator("#say")).hasText("Send or close first what is open here.");
            row.locator("details[open] textarea").press("Escape");
            page.getByTestId("news").click();
            assertThat(row(page, later)).isVisible();
            Assertions.assertThat(ann.troubles()).isEmpty();
        }
    }

    @Test
    void shouldNotTakeAKeyThatWasMeantForWhatStoodThereBefore() {
        // Given a finger above the key, and a page on whose clock nothing moves by itself
        ActionRequested request = waiting(null);
        try (Chromium chromium = Chromium.start(base);
                KeyUser ann = KeyUser.signIn(chromium, tokens.idToken("ann", "data-governance"))) {
            Page page = inboxOnAClockThatStands(ann);
            Locator row = row(page, request);
            row.focus();

            // When the card changes under it
            claim(browser("ben"), request);
            await().untilAsserted(() -> {
                page.clock().runFor(50);
                Assertions.assertThat(row.textContent()).contains("looking at this");
            });
            assertThat(row).isFocused();
            List<Request> sent = posts(page);
            page.keyboard().press("a");
            page.clock().runFor(1_000);

            // Then that key was not taken, and the next one is
            Assertions.assertThat(sent).isEmpty();
            page.keyboard().press("a");
            await().untilAsserted(() -> {
                page.clock().runFor(50);
                Assertions.assertThat(row.textContent()).contains("You approved this");
            });
        }
    }

    @Test
    void shouldFetchAllThatHasChangedAtOnce() {
        // Given
        List<ActionRequested> requests = List.of(waiting(null), waiting(null), waiting(null));
        try (Chromium chromium = Chromium.start(base);
                KeyUser ann = KeyUser.signIn(chromium, tokens.idToken("ann", "data-governance"))) {
            Page page = ann.open("/inbox");
            var cards = new ArrayList<Route>();
            for (ActionRequested request : requests) {
                page.route("**/" + request.actionId() + "/card", cards::add);
            }

            // When
            Browser ben = browser("ben");
            requests.forEach(request -> claim(ben, request));

            // Then no card waits for another
            page.waitForCondition(() -> cards.size() == requests.size());
            cards.forEach(Route::resume);
            for (ActionRequested request : requests) {
                assertThat(row(page, request)).containsText("looking at this");
            }
            Assertions.assertThat(ann.troubles()).isEmpty();
        }
    }

    /** Nothing on it moves by itself, only by {@code clock().runFor}. */
    private static Page inboxOnAClockThatStands(KeyUser person) {
        Page page = person.open("/inbox");
        page.clock().install();
        page.reload();
        page.clock().pauseAt(System.currentTimeMillis() + 600_000);
        return page;
    }

    /** What the page sends from now on. */
    private static List<Request> posts(Page page) {
        var posts = new ArrayList<Request>();
        page.onRequest(sent -> {
            if (sent.method().equals("POST")) {
                posts.add(sent);
            }
        });
        return posts;
    }

    private static Locator row(Page page, ActionRequested request) {
        return page.getByTestId("row-" + request.actionId());
    }

    private static void claim(Browser person, ActionRequested request) {
        var form = Map.of("verb", "claim", "digest", request.digest().value());
        Assertions.assertThat(person.post("/inbox/%s/reviews".formatted(request.actionId()), form, BY_HTMX)
                        .statusCode())
                .isEqualTo(200);
    }

    private ActionRequested waiting(@Nullable String plan) {
        ActionRequested plain = Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
        ActionRequested request = plan == null ? plain : Examples.stepOf(plan, plain);
        road.verdict(Examples.required(request, Duration.ofMinutes(30), new Slot("data-governance", 1)))
                .join();
        return request;
    }
}
