package io.obstat.decision.inbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.json.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests that belong together, on one card: the steps of one plan of one agent, or a single request. A plan is what the agent says it is, so it
 * puts steps side by side, and decides nothing.
 *
 * @param id of a plan, see {@link #idOf}, or of the single request
 * @param steps at least one
 * @param reply what the reader is told of what they just did with several of them; {@code null} when they did nothing
 */
public record Plan(String id, List<Step> steps, @Nullable Reply reply) {

    /**
     * One request of it.
     *
     * @param reply what the reader is told of what they just did with it; {@code null} when they did nothing
     */
    public record Step(Card card, @Nullable Reply reply) {}

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Each plan and each single request, where the first of its cards stood. */
    static List<Plan> of(List<Card> cards) {
        return cards.stream()
                .collect(Collectors.groupingBy(
                        card -> card.plan().isEmpty() ? card.id() : card.plan(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(plan -> new Plan(
                        plan.getKey(),
                        plan.getValue().stream()
                                .map(card -> new Step(card, null))
                                .toList(),
                        null))
                .toList();
    }

    /**
     * The same cards after the reader did something with some of them.
     *
     * @param cards at least one, of one plan
     * @param replies by action id
     */
    static Plan after(List<Card> cards, Map<String, Reply> replies, Reply reply) {
        return new Plan(
                cards.getFirst().plan(),
                cards.stream()
                        .map(card -> new Step(card, replies.get(card.id())))
                        .toList(),
                reply);
    }

    /** Tells the plans of all agents apart; empty when the action is a step of none. */
    static String idOf(ActionRequested request) {
        @Nullable String plan = request.claimed().plan();
        return plan == null
                ? ""
                : CanonicalJson.sha256(JsonNodeFactory.instance
                                .arrayNode()
                                .add(request.verified().agent().value())
                                .add(plan))
                        .substring("sha256:".length());
    }

    /** The card that says who asks, and for what plan. */
    public Card first() {
        return steps.getFirst().card();
    }

    public boolean alone() {
        return steps.size() == 1;
    }

    /** Whether there is anything that can be approved together. */
    public boolean picks() {
        return steps.stream().anyMatch(step -> step.card().picks());
    }
}
