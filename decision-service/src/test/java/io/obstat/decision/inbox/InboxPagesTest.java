package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Reviewer.Identification;
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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The pages as a browser meets them, through the real service, with a sign-in by the code flow. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class InboxPagesTest extends InboxTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @Test
    void shouldLeadThroughTheSignInToWhatWaits() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var browser = new Browser(base);

        // When
        HttpResponse<String> root = browser.get("/");
        Document inbox =
                browser.signIn(tokens.idToken("ann", "data-governance")).page("/inbox");

        // Then
        assertThat(root.statusCode()).isEqualTo(303);
        assertThat(Browser.location(root)).endsWith("/inbox");
        assertThat(inbox.select("[data-testid=signed-in]").text()).contains("ann@example.com");
        Element row = inbox.expectFirst("[data-testid=row-%s]".formatted(request.actionId()));
        assertThat(row.attr("data-place")).isEqualTo("YOURS");
        assertThat(row.select("[data-testid=approve]")).hasSize(1);
    }

    @Test
    void shouldServeItsScriptsAndStylesItselfAndAllowNoOthers() {
        // Given
        var browser = browser("ann");

        // When
        HttpResponse<String> page = browser.get("/inbox");

        // Then
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        Document document = Jsoup.parse(page.body());
        List<String> assets = Stream.of(
                        document.select("script").eachAttr("src"),
                        document.select("link").eachAttr("href"))
                .flatMap(List::stream)
                .toList();
        assertThat(assets)
                .hasSizeGreaterThan(3)
                .allMatch(asset -> browser.get(asset).statusCode() == 200);
    }

    @Test
    void shouldDecideByHtmxAndShowTheResultInTheRow() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var browser = browser("ann");
        Map<String, String> form = browser.approvalOf(request);

        // When
        HttpResponse<String> answer = browser.post(reviews(request), form, BY_HTMX);
        HttpResponse<String> again = browser.post(reviews(request), form, BY_HTMX);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Document row = Jsoup.parse(answer.body());
        assertThat(row.select("[data-testid=result]").text()).contains("You approved this, and it is allowed");
        assertThat(row.select("[data-testid=approve]")).isEmpty();
        assertThat(again.statusCode()).as("the same click twice counts once").isEqualTo(200);
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), Decision.class)).hasSize(1);
        Decision decision = road.facts(request.actionId(), Decision.class).getFirst();
        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(decision.reviews().getFirst().reviewer().identifiedBy()).isEqualTo(Identification.OIDC_SESSION);
    }

    @Test
    void shouldRejectWithAReasonByAPlainForm() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var browser = browser("ann");
        Map<String, String> form = Map.of(
                "verb", "reject", "digest", request.digest().value(), "key", "k", "reason", "Not this\r\nquarter.");

        // When
        HttpResponse<String> answer = browser.post(reviews(request), form, FROM_OUR_PAGE);
        Document page = browser.page("/inbox/" + request.actionId());

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(Browser.location(answer)).endsWith("/inbox/" + request.actionId());
        assertThat(page.select(".verdict").text()).isEqualTo("Rejected");
        assertThat(page.text()).contains("you ✓").contains("Not this↵ quarter.");
    }

    @Test
    void shouldAskForAReasonBeforeItRejects() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var browser = browser("ann");
        Map<String, String> form =
                Map.of("verb", "reject", "digest", request.digest().value(), "key", "k", "reason", " ");

        // When
        HttpResponse<String> answer = browser.post(reviews(request), form, BY_HTMX);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        Document row = Jsoup.parse(answer.body());
        assertThat(row.select("[data-testid=result]").text()).contains("Nothing was decided");
        assertThat(row.select("[data-testid=reject]")).hasSize(1);
    }

    @Test
    void shouldExplainInPlaceWhyTheOwnerCannotApprove() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var browser = browser("owner");
        Map<String, String> form =
                Map.of("verb", "approve", "digest", request.digest().value(), "key", "k");

        // When
        Element row = browser.page("/inbox").expectFirst("[data-testid=row-%s]".formatted(request.actionId()));
        HttpResponse<String> answer = browser.post(reviews(request), form, BY_HTMX);

        // Then
        assertThat(row.attr("data-place")).isEqualTo("OTHERS");
        assertThat(row.select("[data-testid=why-not]").text()).contains("You own etl-agent");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(answer.body()).select("[data-testid=result]").text())
                .contains("You own etl-agent, so you cannot approve its requests.")
                .contains("on record");
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), ReviewRefused.class)).hasSize(1);
    }

    @Test
    void shouldRefuseAFormThatAnotherSitePosts() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var browser = browser("ann");
        Map<String, String> form = browser.approvalOf(request);

        // When
        HttpResponse<String> foreign = browser.post(reviews(request), form, "Sec-Fetch-Site", "cross-site");
        HttpResponse<String> silent = browser.post(reviews(request), form);
        HttpResponse<String> signedOut = new Browser(base).post(reviews(request), form, BY_HTMX);

        // Then
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(silent.statusCode()).isEqualTo(403);
        assertThat(signedOut.statusCode()).isIn(302, 401, 499);
        assertThat(browser.page("/inbox/" + request.actionId()).select("[data-testid=approve]"))
                .hasSize(1);
    }

    @Test
    void shouldSayThatARequestWasDecidedByAnotherMeanwhile() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var ann = browser("ann");
        var ben = browser("ben");
        Map<String, String> form = ann.approvalOf(request);
        ben.post(reviews(request), ben.approvalOf(request), BY_HTMX);

        // When
        HttpResponse<String> late = ann.post(reviews(request), form, BY_HTMX);

        // Then
        assertThat(late.statusCode()).isEqualTo(409);
        Document row = Jsoup.parse(late.body());
        assertThat(row.select(".verdict").text()).isEqualTo("Allowed");
        assertThat(row.select("[data-testid=result]").text()).contains("This is decided");
    }

    @Test
    void shouldSayInShortWhatIsTrueNow() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var browser = browser("ann");
        String state = "/inbox/state?of=" + request.actionId();
        String before = browser.get(state).body();

        // When
        browser.post(reviews(request), browser.approvalOf(request), BY_HTMX);

        // Then
        assertThat(before).contains("PENDING").contains("\"waiting\":1");
        assertThat(browser.get(state).body())
                .contains("ALLOWED")
                .contains("\"waiting\":0")
                .contains("DECIDED");
    }

    @Test
    void shouldTellAnOpenPageThatSomethingChanged() {
        // Given a page that listens
        ActionRequested request = pending(GOVERNANCE);
        var browser = browser("ann");
        Map<String, String> form = browser.approvalOf(request);

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            try (Stream<String> events = browser.lines("/inbox/events")) {
                Iterator<String> lines = events.iterator();
                assertThat(lines.next()).isEqualTo("event:hello");

                // When
                browser.post(reviews(request), form, BY_HTMX);

                // Then
                String news = "data:" + request.actionId();
                while (!lines.next().equals(news)) {
                    // Other requests may change meanwhile; the time limit ends this when ours does not show up.
                }
            }
        });
    }

    @Test
    void shouldSayThatThereIsNoSuchRequest() {
        // Given
        var browser = browser("ann");

        // When, then
        assertThat(browser.get("/inbox/nonsense").statusCode()).isEqualTo(404);
        assertThat(browser.get("/inbox/act_" + "a".repeat(26)).body()).contains("No such request");
    }

    @Test
    void shouldHaveAPageForThoseWhoSignedOut() {
        // Given nobody is signed in, when
        HttpResponse<String> page = new Browser(base).get("/inbox/signed-out");

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("You are signed out.");
    }

    @Test
    void shouldKeepAgentsOut() {
        // Given
        var browser = browser("etl-agent", "agents");

        // When
        HttpResponse<String> page = browser.get("/inbox");

        // Then
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("The inbox is for people");
    }

    private ActionRequested pending(Slot... slots) {
        ActionRequested request = Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
        assertThat(road.verdict(Examples.required(request, Duration.ofMinutes(30), slots))
                        .join())
                .isEmpty();
        return request;
    }

    private static String reviews(ActionRequested request) {
        return "/inbox/%s/reviews".formatted(request.actionId());
    }
}
