package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.decision.Examples;
import io.obstat.decision.road.Database;
import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** One decision on several steps of a plan, through the real service. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class PlanFormTest extends InboxTest {

    private static final String PATH = "/inbox/plans/reviews";

    private final String plan = UUID.randomUUID().toString();

    @Test
    void shouldApproveWhatIsTickedAndNothingElse() {
        // Given
        List<ActionRequested> steps = Stream.generate(this::step).limit(3).toList();
        Browser browser = browser("ann");
        Element card = browser.page("/inbox").expectFirst("[data-testid=plan]:contains(%s)".formatted(plan));

        // When
        HttpResponse<String> answer =
                browser.post(PATH, form(card, "approve", "", steps.get(0), steps.get(2)), BY_HTMX);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Document after = Jsoup.parse(answer.body());
        assertThat(after.expectFirst("[data-testid=result]").text()).isEqualTo("You approved 2 steps.");
        assertThat(result(after, steps.get(0))).contains("You approved this, and it is allowed");
        assertThat(after.expectFirst(row(steps.get(1))).attr("data-place")).isEqualTo("YOURS");
        assertThat(after.select("[data-testid=pick]")).hasSize(1);
        Database.awaitPublished(steps.get(2).actionId());
        assertThat(outcomes(steps.get(0))).containsExactly(Outcome.ALLOWED);
        assertThat(outcomes(steps.get(1))).isEmpty();
        assertThat(outcomes(steps.get(2))).containsExactly(Outcome.ALLOWED);
    }

    @Test
    void shouldJudgeEachStepByItself() {
        // Given two steps, one of which another has decided meanwhile
        List<ActionRequested> steps = Stream.generate(this::step).limit(2).toList();
        Browser browser = browser("ann");
        Element card = browser.page("/inbox").expectFirst("[data-testid=plan]:contains(%s)".formatted(plan));
        Browser ben = browser("ben");
        ben.post("/inbox/%s/reviews".formatted(steps.get(0).actionId()), ben.approvalOf(steps.get(0)), BY_HTMX);

        // When
        var form = form(card, "reject", "Not this quarter.", steps.get(0), steps.get(1));
        Document after = Jsoup.parse(browser.post(PATH, form, BY_HTMX).body());
        Document again = Jsoup.parse(browser.post(PATH, form, BY_HTMX).body());

        // Then
        assertThat(after.expectFirst("[data-testid=result]").text())
                .isEqualTo("You rejected 1 step. 1 did not count, and says why.");
        assertThat(result(after, steps.get(0))).contains("This is decided");
        assertThat(result(after, steps.get(1))).contains("You rejected this");
        assertThat(result(again, steps.get(1))).as("sent twice, counted once").contains("You rejected this");
        Database.awaitPublished(steps.get(1).actionId());
        assertThat(outcomes(steps.get(0))).containsExactly(Outcome.ALLOWED);
        assertThat(outcomes(steps.get(1))).containsExactly(Outcome.REJECTED);
    }

    @Test
    void shouldLetNobodyApproveTheirOwnAgentsPlan() {
        // Given
        List<ActionRequested> steps = Stream.generate(this::step).limit(2).toList();
        Element card = browser("ann").page("/inbox").expectFirst("[data-testid=plan]:contains(%s)".formatted(plan));
        Browser owner = browser("owner");

        // When
        Document after = Jsoup.parse(owner.post(PATH, form(card, "approve", "", steps.get(0), steps.get(1)), BY_HTMX)
                .body());

        // Then
        assertThat(owner.page("/inbox").select("[data-testid=plan]:contains(%s)".formatted(plan)))
                .isEmpty();
        assertThat(after.expectFirst("[data-testid=result]").text())
                .isEqualTo("Nothing of this was recorded. Each step says why.");
        assertThat(result(after, steps.get(1))).contains("You own etl-agent");
        Database.awaitPublished(steps.get(1).actionId());
        assertThat(road.facts(steps.get(1).actionId(), ReviewRefused.class)).hasSize(1);
    }

    @Test
    void shouldSayWhatIsMissing() {
        // Given
        ActionRequested step = step();
        step();
        Browser browser = browser("ann");
        Element card = browser.page("/inbox").expectFirst("[data-testid=plan]:contains(%s)".formatted(plan));

        // When
        HttpResponse<String> nothing = browser.post(PATH, form(card, "approve", ""), BY_HTMX);
        HttpResponse<String> noReason = browser.post(PATH, form(card, "reject", " ", step), BY_HTMX);
        HttpResponse<String> noForm = browser.post(PATH, Map.of("verb", "approve"), BY_HTMX);
        HttpResponse<String> foreign =
                browser.post(PATH, form(card, "approve", "", step), "Sec-Fetch-Site", "cross-site");

        // Then
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(Jsoup.parse(nothing.body()).select("[data-testid=result]").text())
                .contains("No step was ticked");
        assertThat(result(Jsoup.parse(noReason.body()), step)).contains("reason", "Nothing was decided");
        assertThat(noForm.statusCode()).isEqualTo(400);
        assertThat(noForm.body()).contains("It names 0 requests");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(browser.page("/inbox/" + step.actionId()).select("[data-testid=approve]"))
                .hasSize(1);
    }

    @Test
    void shouldWorkWithoutScripts() {
        // Given
        ActionRequested step = step();
        step();
        Browser browser = browser("ann");
        Element card = browser.page("/inbox").expectFirst("[data-testid=plan]:contains(%s)".formatted(plan));

        // When the reason is the longest there can be
        HttpResponse<String> answer = browser.post(PATH, form(card, "reject", "é€".repeat(500), step), FROM_OUR_PAGE);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("nav, .me, .crumb")).isNotEmpty();
        assertThat(result(page, step)).contains("You rejected this");
    }

    /** The card's form as a browser would send it with these steps ticked. */
    private static List<Map.Entry<String, String>> form(
            Element card, String verb, String reason, ActionRequested... ticked) {
        return Stream.of(
                        card.select("form > [name=member]").eachAttr("value").stream()
                                .map(member -> Map.entry("member", member)),
                        Stream.of(ticked)
                                .map(step -> card.expectFirst(row(step) + " [data-testid=pick]"))
                                .map(pick -> Map.entry(pick.attr("name"), pick.val())),
                        Stream.of(
                                Map.entry(
                                        "key",
                                        card.expectFirst("form > [name=key]").val()),
                                Map.entry("reason", reason),
                                Map.entry("verb", verb)))
                .flatMap(fields -> fields)
                .toList();
    }

    private List<Outcome> outcomes(ActionRequested step) {
        return road.facts(step.actionId(), Decision.class).stream()
                .map(Decision::outcome)
                .toList();
    }

    private static String result(Document page, ActionRequested step) {
        return page.select(row(step) + " [data-testid=result]").text();
    }

    private static String row(ActionRequested step) {
        return "#row-" + step.actionId();
    }

    private ActionRequested step() {
        ActionRequested plain = Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
        ActionRequested step = Examples.stepOf(plan, plain);
        road.verdict(Examples.required(step, Duration.ofMinutes(5), new Slot("data-governance", 1)))
                .join();
        return step;
    }
}
