package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.Circumstances;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What a person sees of a plan, rendered without the service. */
class PlanCardTest {

    private static final Duration LEFT = Duration.ofMinutes(24);

    @Test
    void shouldShowTheStepsOfAPlanOnOneCard() {
        // Given
        ActionRequested first = Samples.step("first", "churn \"Q3\" <b>");
        ActionRequested other = Samples.export("other");
        ActionRequested second = Samples.step("second", "churn \"Q3\" <b>");
        ActionRequested alone = Samples.step("alone", "another plan");

        // When
        Document page = Jsoup.parse(Rendering.board(Board.of(cards(first, other, second, alone), List.of(), false)));

        // Then
        Element plan = page.expectFirst("[data-testid=plan]");
        assertThat(page.select("[data-testid=plan]")).hasSize(1);
        assertThat(plan.expectFirst(".plan-head").text())
                .isEqualTo("2 steps of one plan etl-agent calls it churn \"Q3\" <b>");
        assertThat(plan.select("article").eachAttr("data-id"))
                .containsExactly(first.actionId().value(), second.actionId().value());
        assertThat(plan.select("[name=member]").eachAttr("value"))
                .containsExactly(first.actionId().value(), second.actionId().value());
        assertThat(page.select("[data-testid=count]").text())
                .as("requests, not cards")
                .isEqualTo("4");
        assertThat(page.select("#board article").eachAttr("data-id"))
                .containsExactly(
                        first.actionId().value(),
                        second.actionId().value(),
                        other.actionId().value(),
                        alone.actionId().value());
        assertThat(page.select("[style], script:not([src]), style")).isEmpty();
    }

    @Test
    void shouldTickNothingByItself() {
        // When
        Document plan = Jsoup.parse(Rendering.plan(
                Plan.of(cards(Samples.step("a", "p"), Samples.step("b", "p"))).getFirst()));

        // Then
        String form = plan.expectFirst("form[action=/inbox/plans/reviews]").id();
        assertThat(plan.select("[data-testid=pick]"))
                .hasSize(2)
                .allMatch(pick -> !pick.hasAttr("checked") && pick.attr("form").equals(form));
        assertThat(plan.select("form form")).isEmpty();
    }

    @Test
    void shouldNotOfferToApproveTogetherWhatTakesAKeyOrIsNotShownWhole() {
        // Given
        Card plain = cards(Samples.step("plain", "p")).getFirst();
        ActionRequested large = Samples.request(
                "large",
                "postgres://prod/large",
                Samples.parameters("{\"a\":\"%s\"}".formatted("x".repeat(9000))),
                Samples.step("any", "p").claimed());

        // When
        List<Card> cards = Stream.of(
                        List.of(plain, plain.with(Card.Key.ASKED), plain.with(Card.Key.MISSING)), cards(large))
                .flatMap(List::stream)
                .toList();

        // Then
        assertThat(cards).extracting(Card::picks).containsExactly(true, false, false, false);
        assertThat(cards.getLast().can().look()).isTrue();
    }

    @Test
    void shouldSayWhatCameOfEachStep() {
        // Given
        List<Card> cards = cards(Samples.step("a", "p"), Samples.step("b", "p"));

        // When
        Document plan = Jsoup.parse(Rendering.plan(Plan.after(
                cards,
                Map.of(cards.getLast().id(), Reply.refused("You own this agent.")),
                Reply.refused("Nothing of this was recorded."))));

        // Then
        assertThat(plan.select("[data-testid=result]").eachText())
                .containsExactly("Nothing of this was recorded.", "You own this agent.");
        assertThat(plan.expectFirst("#row-" + cards.getLast().id()).text()).contains("You own this agent.");
    }

    @Test
    void shouldKeepPlansOfDifferentAgentsApart() {
        // Given
        ActionRequested step = Samples.step("a", "p");
        var verified = new Verified(
                new AgentId("other-agent"),
                step.verified().owner(),
                step.verified().onBehalfOf(),
                step.verified().method(),
                step.verified().authority());

        // When
        var others = new ActionRequested(
                step.actionId(),
                ActionDigest.of(verified.agent(), verified.onBehalfOf(), step.action()),
                step.action(),
                verified,
                step.claimed(),
                step.requestedAt(),
                step.deadline());

        // Then
        assertThat(Plan.idOf(others)).isNotEqualTo(Plan.idOf(step));
        assertThat(Plan.idOf(Samples.step("b", "p"))).isEqualTo(Plan.idOf(step)).hasSize(64);
        assertThat(Plan.idOf(Samples.export("c"))).isEmpty();
    }

    private static List<Card> cards(ActionRequested... requests) {
        return Stream.of(requests)
                .map(request -> Samples.pending(request, Risk.HIGH, LEFT))
                .map(view -> Card.inList(view, Samples.reviewer(), Circumstances.at(Samples.NOW)))
                .toList();
    }
}
