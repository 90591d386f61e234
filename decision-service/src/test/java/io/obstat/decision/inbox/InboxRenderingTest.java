package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Claimed;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.ReviewAnswer;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InboxRenderingTest {

    private static final Duration LEFT = Duration.ofMinutes(24);

    @Test
    void shouldShowTheDecisionFirstAndThenTheFactsInOrder() {
        // Given
        ActionRequested request = Samples.export("a");

        // When
        Element row = row(card(Samples.halfWay(request), Samples.reviewer()), request);

        // Then
        assertThat(row.select(".risk").text()).contains("high");
        assertThat(row.select("h3").text()).isEqualTo("Export customer data from production");
        assertThat(row.select(".due").text()).isEqualTo("expires in 24 min");
        assertThat(row.select(".facts > .fact > dt").eachText())
                .containsExactly("Inputs", "Who", "Why", "Asked by", "Needs");
        assertThat(row.select(".in").eachText()).containsExactly("format csv", "where country = 'DE'", "rows 48210");
        assertThat(fact(row, "Why")).contains("quarterly churn analysis").contains("(the agent says)");
        assertThat(fact(row, "Asked by")).isEqualTo("prod-data-export: exports of customer data need two people");
        assertThat(fact(row, "Needs"))
                .contains("data-governance 1 of 2")
                .contains("mira@example.com")
                .contains("oncall 0 of 1");
        assertThat(row.select(".id").text())
                .contains("#" + request.actionId().shortForm())
                .contains("sha256:");
    }

    @Test
    void shouldTickWhatAuthenticationProvedAndNothingElse() {
        // Given
        ActionRequested request = Samples.export("a");

        // When
        Element row = row(card(Samples.pending(request, Risk.HIGH, LEFT), Samples.reviewer()), request);

        // Then
        assertThat(fact(row, "Who"))
                .isEqualTo("etl-agent ✓ (verified) for owner@example.com ✓ (verified), who owns it");
        assertThat(fact(row, "Why")).doesNotContain("✓");
        assertThat(fact(row, "Inputs")).doesNotContain("✓");
    }

    @Test
    void shouldOfferApprovalOfExactlyTheDigestShown() {
        // Given
        ActionRequested request = Samples.export("a");

        // When
        Element row = row(card(Samples.pending(request, Risk.HIGH, LEFT), Samples.reviewer()), request);

        // Then
        Element form = row.expectFirst("form:has([data-testid=approve])");
        assertThat(form.attr("action")).isEqualTo("/inbox/" + request.actionId() + "/reviews");
        assertThat(form.select("[name=digest]").val())
                .isEqualTo(request.digest().value());
        assertThat(form.select("[name=verb]").val()).isEqualTo("approve");
        assertThat(row.select("[data-testid=reason]").hasAttr("required")).isTrue();
        assertThat(row.select("form:has([data-testid=confirm-reject]) [name=verb]")
                        .val())
                .isEqualTo("reject");
    }

    @Test
    void shouldExplainWhyTheOwnerCannotDecide() {
        // Given
        ActionRequested request = Samples.export("a");

        // When
        Element row = row(card(Samples.pending(request, Risk.HIGH, LEFT), Samples.owner()), request);

        // Then
        assertThat(row.select("button")).isEmpty();
        assertThat(row.select("[data-testid=why-not]").text()).contains("You own etl-agent");
    }

    @Test
    void shouldLetWhoHasApprovedChangeTheirMindAndReject() {
        // Given one who has approved, and whose approval is not enough
        ActionRequested request = Samples.export("a");
        ApprovalView view = Samples.halfWay(request);

        // When
        Element inList = row(card(view, Samples.colleague()), request);
        Element onPage = row(page(view, Samples.colleague(), null), request);

        // Then
        assertThat(List.of(inList, onPage)).allSatisfy(row -> {
            assertThat(row.select("[data-testid=reject]")).hasSize(1);
            assertThat(row.select("[data-testid=approve]")).isEmpty();
            assertThat(row.select("a.btn")).isEmpty();
            assertThat(row.select("[data-testid=why-not]").text()).contains("You have approved this already");
        });
    }

    @Test
    void shouldHaveNoApproveButtonWhereTheInputsAreNotShownWhole() {
        // Given
        ActionRequested request = Samples.request(
                "long",
                "s3://logs",
                Samples.parameters("{\"sql\":\"%s\"}".formatted("x".repeat(4_000))),
                Samples.claimed("clean up"));
        ApprovalView view = Samples.pending(request, Risk.HIGH, LEFT);

        // When
        Element inList = row(card(view, Samples.reviewer()), request);
        Element onPage = row(page(view, Samples.reviewer(), null), request);

        // Then
        assertThat(inList.select("[data-testid=approve]")).isEmpty();
        assertThat(inList.select("[data-testid=reject]")).hasSize(1);
        assertThat(inList.text()).contains("Nothing that is not shown whole can be approved here.");
        assertThat(onPage.select("[data-testid=approve]")).hasSize(1);
        assertThat(onPage.select(".in .v").text()).hasSize(4_000);
    }

    @Test
    void shouldQuoteWhatTheAgentSaysAndRunNoneOfIt() {
        // Given
        Claimed claimed = Samples.claimedWithAll(
                "<script>alert(1)</script>\u202E",
                List.of(new Claimed.Link("<b>Runbook</b>", "https://github.com@evil.example.net/x")),
                "-a\n+<i>b</i>");
        ActionRequested request =
                Samples.request("evil", "s3://<b>", Samples.parameters("{\"<i>\":\"</dd>\"}"), claimed);

        // When
        Element row = row(card(Samples.pending(request, Risk.LOW, LEFT), Samples.reviewer()), request);

        // Then
        assertThat(row.select("script, b:contains(Runbook), .in i, .diff i")).isEmpty();
        assertThat(row.expectFirst(".claim q").text()).isEqualTo("<script>alert(1)</script>⟨U+202E⟩");
        assertThat(row.select(".link-host").text()).isEqualTo("evil.example.net");
        assertThat(row.select(".links a").attr("rel")).contains("noopener").contains("noreferrer");
        assertThat(row.select(".notice").text()).contains("U+202E RIGHT-TO-LEFT OVERRIDE");
        assertThat(row.select(".diff .add").text()).isEqualTo("+<i>b</i>");
    }

    @Test
    void shouldSayWhoDecidedWhenHowIdentifiedWhyAndWhatRan() {
        // Given
        ActionRequested request = Samples.export("a");

        // When
        Element allowed = row(page(Samples.allowed(request, "48210 rows"), Samples.colleague(), null), request);
        Element rejected =
                row(page(Samples.rejected(request, "Use the masked view."), Samples.reviewer(), null), request);
        Element expired = row(page(Samples.expired(request), Samples.reviewer(), null), request);

        // Then
        assertThat(fact(allowed, "Allowed"))
                .contains("reviewer@example.com ✓")
                .contains("approved, 22 Nov 2026, 12:03:33 UTC")
                .contains("signing in at https://id.example.com");
        assertThat(fact(allowed, "Run"))
                .contains("Ran as approved")
                .contains("48210 rows")
                .contains("(the agent says)");
        assertThat(fact(rejected, "Rejected")).contains("you ✓").contains("Use the masked view.");
        assertThat(fact(expired, "Expired")).contains("not enough people approved in time");
        assertThat(allowed.select("button")).isEmpty();
    }

    @Test
    void shouldShowTheCanonicalInputsAndTheWholeDigestOnThePage() {
        // Given
        ActionRequested request = Samples.export("a");

        // When
        Element page = row(page(Samples.pending(request, Risk.HIGH, LEFT), Samples.reviewer(), null), request);

        // Then
        assertThat(page.select("[data-testid=canonical]").text())
                .isEqualTo(request.action().parameters().canonical());
        assertThat(page.select("[data-testid=digest]").text())
                .isEqualTo(request.digest().value());
    }

    @Test
    void shouldExplainARefusalInPlace() {
        // Given
        ActionRequested request = Samples.export("a");
        ApprovalView view = Samples.halfWay(request);
        var refused = new ReviewAnswer.Refused(
                Cause.OWN_AGENT,
                "You own etl-agent, so you cannot approve its requests. Nobody was notified of this attempt but it is on record.");

        // When
        Element row = row(
                Jsoup.parse(Rendering.card(
                        Card.inList(view, Samples.owner(), Circumstances.at(Samples.NOW)),
                        Reply.of(refused, Verb.APPROVE, view))),
                request);

        // Then
        assertThat(row.select("[data-testid=result]").text()).isEqualTo(refused.explanation());
        assertThat(row.select("[data-testid=result]").hasClass("refusal")).isTrue();
    }

    @Test
    void shouldConfirmAnApprovalAndSayWhatIsStillNeeded() {
        // Given
        ApprovalView view = Samples.halfWay(Samples.export("a"));
        var recorded = new ReviewAnswer.Recorded(view.progress(Circumstances.at(Samples.NOW)));

        // When
        Reply approved = Reply.of(recorded, Verb.APPROVE, view);
        Reply rejected = Reply.of(recorded, Verb.REJECT, view);
        Reply completed = Reply.of(new ReviewAnswer.Recorded(List.of()), Verb.APPROVE, view);

        // Then
        assertThat(approved.text().text())
                .isEqualTo("Your approval counts. Still needed: data-governance 1 of 2, oncall 0 of 1.");
        assertThat(rejected.tone()).isEqualTo("bad");
        assertThat(completed.tone()).isEqualTo("good");
    }

    @Test
    void shouldPutWhatWaitsForTheReaderFirst() {
        // Given
        ActionRequested mine = Samples.export("mine");
        ActionRequested decided = Samples.export("decided");
        List<Card> waiting = List.of(
                Card.inList(Samples.pending(mine, Risk.HIGH, LEFT), Samples.reviewer(), Circumstances.at(Samples.NOW)));
        List<Card> over =
                List.of(Card.inList(Samples.allowed(decided, null), Samples.reviewer(), Circumstances.at(Samples.NOW)));

        // When
        Document page = Jsoup.parse(Rendering.board(Board.of(waiting, over, false)));

        // Then
        assertThat(page.select("[data-testid=count]").text()).isEqualTo("1");
        assertThat(page.title()).isEqualTo("(1) Inbox · Obstat");
        assertThat(page.select("article").eachAttr("data-id"))
                .containsExactly(mine.actionId().value(), decided.actionId().value());
        assertThat(page.select("[data-testid=signed-in]").text()).contains("reviewer@example.com");
        assertThat(page.select("[style], script:not([src]), style")).isEmpty();
    }

    @Test
    void shouldSayThatADecisionTakesASecurityKey() {
        // Given
        Card card =
                Card.inList(Samples.halfWay(Samples.export("a")), Samples.reviewer(), Circumstances.at(Samples.NOW));

        // When
        Document usual = Jsoup.parse(Rendering.card(card, null));
        Document list = Jsoup.parse(Rendering.card(card.with(Card.Key.ASKED), null));
        Document page = Jsoup.parse(Rendering.request(card.with(Card.Key.ASKED), null));

        // Then
        assertThat(usual.expectFirst("[data-testid=approve]").ownText()).isEqualTo("Approve");
        assertThat(usual.select("[data-ask], [name=assertion], noscript")).isEmpty();
        for (Document asked : List.of(list, page)) {
            assertThat(asked.expectFirst("[data-testid=approve]").ownText()).isEqualTo("Approve with security key");
            assertThat(asked.select("[data-testid=confirm-reject]").text()).isEqualTo("Reject with this reason");
            assertThat(asked.select("form[data-ask='/inbox/%s/step-up']".formatted(card.id())))
                    .hasSize(1)
                    .allMatch(form -> form.select("[name=verb]").val().equals("approve")
                            && form.select("[name=assertion]").size() == 1);
            assertThat(asked.select("noscript").text()).contains("allow JavaScript");
        }
    }

    @Test
    void shouldLeadWhoHasNoSecurityKeyToTheirKeys() {
        // Given
        Card card =
                Card.inList(Samples.halfWay(Samples.export("a")), Samples.reviewer(), Circumstances.at(Samples.NOW));

        for (String html : List.of(
                Rendering.card(card.with(Card.Key.MISSING), null),
                Rendering.request(card.with(Card.Key.MISSING), null))) {
            // When
            Document keyless = Jsoup.parse(html);

            // Then
            assertThat(keyless.select("[data-testid=key-missing]").text()).contains("only with a security key");
            assertThat(keyless.select(".acts a[href='/inbox/keys']")).hasSize(1);
            assertThat(keyless.select("[data-testid=approve]")).isEmpty();
            assertThat(keyless.select("[data-testid=reject]"))
                    .as("a no takes no key")
                    .hasSize(1);
        }
    }

    @Test
    void shouldTellANewcomerWhatToDo() {
        // When
        Document page = Jsoup.parse(Rendering.board(Board.of(List.of(), List.of(), false)));

        // Then
        assertThat(page.select("[data-testid=empty]").text()).contains("./obstat demo");
    }

    private static Document card(ApprovalView view, Reviewer reader) {
        return Jsoup.parse(Rendering.card(Card.inList(view, reader, Circumstances.at(Samples.NOW)), null));
    }

    private static Document page(ApprovalView view, Reviewer reader, @Nullable Reply reply) {
        return Jsoup.parse(Rendering.request(Card.onPage(view, reader, Circumstances.at(Samples.NOW)), reply));
    }

    private static Element row(Document document, ActionRequested request) {
        return document.expectFirst("[data-testid=row-%s]".formatted(request.actionId()));
    }

    private static String fact(Element row, String name) {
        return row.select(".fact").stream()
                .filter(fact -> fact.expectFirst("dt").text().equals(name))
                .findFirst()
                .orElseThrow()
                .expectFirst("dd")
                .text();
    }
}
