package io.obstat.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.obstat.contracts.browser.InstalledChromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reviewer at work, in a real browser, with nothing but the keyboard. */
@ExtendWith(RoadExtension.class)
@Order(1)
class InboxIT {

    private static final Path SCREENSHOTS = Repository.artifacts().resolve("screenshots");

    @Test
    void shouldLetAReviewerDecideByKeyboardAndTheAgentRun(Road road) {
        try (InstalledChromium chromium = InstalledChromium.start("the inbox")) {
            // Given a reviewer who looks at the inbox
            Browser browser = chromium.browser();
            List<String> troubles = new ArrayList<>();
            BrowserContext desktop = browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
            Page page = desktop.newPage();
            page.onConsoleMessage(message -> {
                // An answer that did not come in time is an error to the console as well, and none of the page.
                if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
                    troubles.add(message.text());
                }
            });
            page.onPageError(troubles::add);
            signIn(page, road, "reviewer");
            assertThat(page.getByTestId("count")).isVisible();
            // When an agent asks
            Actions actions = new Actions(road);
            Actions.Asked asked = actions.ask("etl-agent", "inbox-" + UUID.randomUUID(), Actions.export());
            // Then it shows up by itself, without moving anything, and with everything in it
            Locator news = page.getByTestId("news");
            news.waitFor();
            assertThat(page.getByTestId("row-" + asked.id())).hasCount(0);
            page.keyboard().press("s");
            Locator row = page.getByTestId("row-" + asked.id());
            row.waitFor();
            assertThat(row).containsText("Export data from production");
            assertThat(row).containsText("country = 'DE'");
            assertThat(row).containsText("48210");
            assertThat(row).containsText("etl-agent");
            assertThat(row).containsText("quarterly churn analysis");
            assertThat(row).containsText("export-customers");
            assertThat(row).containsText("data-governance");
            shoot(page, "inbox-desktop");
            shootOtherwise(browser, road, asked);
            // When the reviewer approves with one key
            goTo(page, asked);
            page.keyboard().press("a");
            // Then the card says so, and the agent gets its grant
            page.getByTestId("row-" + asked.id()).getByTestId("result").waitFor();
            assertThat(page.getByTestId("row-" + asked.id()).getByTestId("approve"))
                    .hasCount(0);
            Answer decision = actions.decision("etl-agent", asked).require(200);
            assertThat(decision.text("/outcome")).isEqualTo("allowed");
            assertThat(decision.text("/reviews/0/reviewer/identifiedBy")).isEqualTo("oidc-session");
            Answer redeemed = actions.redeem("etl-agent", decision.text("/grant/token"), asked.digest());
            assertThat(redeemed.status()).isEqualTo(200);
            shoot(page, "inbox-decided");
            page.navigate(
                    road.address("decisions").resolve("/inbox/" + asked.id()).toString());
            assertThat(page.locator("h1")).containsText("Export data from production");
            shoot(page, "request-decided");
            assertThat(troubles).as("what the browser complained about").isEmpty();
        }
    }

    @Test
    void shouldTakeKeysOnARequestsOwnPage(Road road) {
        try (InstalledChromium chromium = InstalledChromium.start("the inbox")) {
            // Given
            Actions.Asked asked = askAndAwait(road);
            Page page = chromium.browser().newPage();
            signIn(page, road, "reviewer");
            page.navigate(
                    road.address("decisions").resolve("/inbox/" + asked.id()).toString());
            // When
            page.keyboard().press("r");
            page.keyboard().type("Use the masked view.");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            // Then
            assertThat(page.locator(".verdict")).hasText("Rejected");
            assertThat(page.locator("#s-ending").locator("..")).containsText("Use the masked view.");
        }
    }

    @Test
    void shouldTellTheOwnerWhyTheyCannotDecide(Road road) {
        try (InstalledChromium chromium = InstalledChromium.start("the inbox")) {
            // Given
            Actions.Asked asked = askAndAwait(road);
            Page page = chromium.browser().newPage();
            // When
            signIn(page, road, "owner");
            page.navigate(
                    road.address("decisions").resolve("/inbox/" + asked.id()).toString());
            // Then
            assertThat(page.getByTestId("why-not")).containsText("etl-agent");
            assertThat(page.getByTestId("approve")).hasCount(0);
            shoot(page, "request-own");
        }
    }

    @Test
    void shouldTakeTwoGroupsAndWhatTheySayBesideVotes(Road road) {
        try (InstalledChromium chromium = InstalledChromium.start("the inbox")) {
            // Given a request that takes one person of each of two groups
            Actions actions = new Actions(road);
            ObjectNode export = Actions.export();
            export.withObject("/parameters")
                    .removeAll()
                    .put("format", "csv")
                    .put("file", UUID.randomUUID().toString());
            Actions.Asked asked = actions.ask("etl-agent", "inbox-" + UUID.randomUUID(), export);
            actions.awaitApproval(asked);
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 1100));
            signIn(page, road, "reviewer");
            page.navigate(
                    road.address("decisions").resolve("/inbox/" + asked.id()).toString());

            // When one of them looks, asks, and approves
            page.getByTestId("claim").click();
            assertThat(page.getByTestId("so-far")).containsText("are looking at this");
            page.getByTestId("ask").click();
            page.getByTestId("text-ask").fill("Which columns?");
            page.getByTestId("confirm-ask").click();
            assertThat(page.getByTestId("so-far")).containsText("Which columns?");
            page.getByTestId("approve").click();

            // Then the other group is still asked, and the page says who has said what
            assertThat(page.locator(".slots li.full")).hasCount(1);
            assertThat(page.locator(".slots")).containsText("data-governance 1 of 1");
            assertThat(page.locator(".slots")).containsText("oncall 0 of 1");
            assertThat(page.getByTestId("approve")).hasCount(0);
            shoot(page, "two-groups-half-way");
        }
    }

    @Test
    void shouldDecideOnTheTickedStepsOfAPlan(Road road) {
        try (InstalledChromium chromium = InstalledChromium.start("the inbox")) {
            // Given three requests that an agent says are steps of one plan
            Actions actions = new Actions(road);
            String plan = "Q3 churn " + UUID.randomUUID();
            List<Actions.Asked> steps = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Actions.Asked step = actions.ask(
                        "etl-agent",
                        UUID.randomUUID().toString(),
                        Actions.export().put("plan", plan));
                actions.awaitApproval(step);
                steps.add(step);
            }
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 1400));
            List<String> troubles = new ArrayList<>();
            page.onPageError(troubles::add);
            signIn(page, road, "reviewer");
            Locator card = page.getByTestId("plan").filter(new Locator.FilterOptions().setHasText(plan));
            assertThat(card.getByTestId("pick")).hasCount(3);

            // When two of them are ticked by their key and approved together
            goTo(page, steps.get(0));
            page.keyboard().press("x");
            goTo(page, steps.get(2));
            page.keyboard().press("x");
            card.scrollIntoViewIfNeeded();
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve("plan-ticked.png"))
                    .setFullPage(true));
            card.getByTestId("approve-ticked").click();

            // Then those are allowed, each with a grant of its own, and the third still waits
            assertThat(card.getByTestId("result").first()).hasText("You approved 2 steps.");
            assertThat(card.getByTestId("pick")).hasCount(1);
            for (Actions.Asked step : List.of(steps.get(0), steps.get(2))) {
                Answer decision = actions.decision("etl-agent", step).require(200);
                assertThat(decision.text("/outcome")).isEqualTo("allowed");
                assertThat(decision.text("/grant/token")).isNotEmpty();
            }
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve("plan-decided.png"))
                    .setFullPage(true));
            // And the step that is left takes a no with its reason
            card.getByTestId("pick").check();
            card.getByTestId("reject-ticked").click();
            card.getByTestId("reason-ticked").fill("Two are enough.");
            card.getByTestId("confirm-reject-ticked").click();
            assertThat(card.getByTestId("result").first()).hasText("You rejected 1 step.");
            assertThat(actions.decision("etl-agent", steps.get(1)).require(200).text("/outcome"))
                    .isEqualTo("rejected");
            assertThat(troubles).as("what the browser complained about").isEmpty();
        }
    }

    /** A request whose own page is there: one that says "No such request" stays that way until it is loaded again. */
    private static Actions.Asked askAndAwait(Road road) {
        Actions actions = new Actions(road);
        Actions.Asked asked = actions.ask("etl-agent", "inbox-" + UUID.randomUUID(), Actions.export());
        actions.awaitApproval(asked);
        return asked;
    }

    /** By {@code n}, past whatever else waits. */
    private static void goTo(Page page, Actions.Asked asked) {
        String wanted = "row-" + asked.id();
        int waiting = page.locator("[data-testid^=row-]").count();
        for (int i = 0; i < waiting; i++) {
            page.keyboard().press("n");
            if (wanted.equals(page.evaluate("document.activeElement.dataset.testid"))) {
                page.waitForFunction("!document.activeElement.matches('.fresh')");
                return;
            }
        }
        throw new AssertionError("Pressing n %d times did not lead to %s".formatted(waiting, wanted));
    }

    private static void shootOtherwise(Browser browser, Road road, Actions.Asked asked) {
        shootAs(browser, road, asked, "inbox-380px", new Browser.NewContextOptions().setViewportSize(380, 800));
        shootAs(
                browser,
                road,
                asked,
                "inbox-dark",
                new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.DARK));
    }

    private static void shootAs(
            Browser browser, Road road, Actions.Asked asked, String name, Browser.NewContextOptions options) {
        try (BrowserContext context = browser.newContext(options)) {
            Page page = context.newPage();
            signIn(page, road, "reviewer");
            page.getByTestId("row-" + asked.id()).waitFor();
            int overflow = (Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth");
            assertThat(overflow).as("pixels to scroll sideways in %s", name).isLessThanOrEqualTo(0);
            shoot(page, name);
        }
    }

    private static void signIn(Page page, Road road, String person) {
        page.navigate(road.address("decisions").resolve("/inbox").toString());
        page.locator("button[name=username][value=%s]".formatted(person)).click();
        page.waitForURL(url -> url.contains("/inbox") && !url.contains("signed-in"));
        page.locator("#board").waitFor();
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
