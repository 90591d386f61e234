package io.obstat.decision.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * Something a reader can do beside approving and rejecting.
 *
 * @param verb as the form names it
 * @param label on its button
 * @param prompt what the text is for; empty when none is asked for
 * @param required whether a text has to be given
 * @param inputs the inputs as JSON, to be changed; empty unless it edits
 * @param confirm on the button that sends it
 * @param formal whether it takes a security key where a decision does
 */
public record Motion(
        String verb, String label, String prompt, boolean required, String inputs, String confirm, boolean formal) {

    /** What this reader can do about it now, the usual first. */
    static List<Motion> of(Standing standing, boolean onPage) {
        var motions = new ArrayList<Motion>();
        for (Verb verb : standing.motions()) {
            // What takes more than a look at a card is on the request's own page.
            if (onPage
                    || verb == Verb.CLAIM
                    || verb == Verb.RELEASE
                    || verb == Verb.ASK
                    || verb == Verb.ESCALATE
                    || verb == Verb.SIGN) {
                motions.add(of(verb, standing.view()));
            }
        }
        return List.copyOf(motions);
    }

    /** Whether it takes one click. */
    public boolean simple() {
        return prompt.isEmpty();
    }

    public boolean edits() {
        return !inputs.isEmpty();
    }

    private static Motion of(Verb verb, ApprovalView view) {
        Requirement requirement = view.requirement();
        boolean reason = verb.needsReason() || requirement != null && requirement.wantsReason(verb);
        return switch (verb) {
            case CLAIM -> new Motion("claim", "I'm looking", "", false, "", "", false);
            case RELEASE -> new Motion("release", "Not looking any more", "", false, "", "", false);
            case ASK ->
                new Motion("ask", "Ask", "What do you want to know? The agent answers here.", true, "", "Ask", false);
            case ESCALATE ->
                new Motion(
                        "escalate",
                        "Escalate",
                        "Why? %s will be asked as well."
                                .formatted(view.nextGroup().orElse("Nobody")),
                        reason,
                        "",
                        "Escalate",
                        true);
            case EDIT ->
                new Motion(
                        "edit",
                        "Change inputs",
                        "Why? Policy speaks on the changed inputs, all approvals so far are void, and somebody else has to approve.",
                        true,
                        pretty(view),
                        "Change the inputs",
                        true);
            case BREAK_GLASS ->
                new Motion(
                        "break-glass",
                        "Allow at once",
                        "Which emergency is this? The owners are told, and others have to sign afterwards.",
                        true,
                        "",
                        "Allow at once",
                        true);
            case SIGN ->
                new Motion("sign", "Sign", "What did you find?", reason, "", "Sign that I have looked at it", true);
            case REVOKE -> new Motion("revoke", "Revoke", "Why? The agent is told.", true, "", "Revoke", false);
            case APPROVE, REJECT -> throw new IllegalArgumentException(verb + " has a button of its own");
        };
    }

    private static String pretty(ApprovalView view) {
        try {
            return Json.strict()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(view.request().action().parameters().asTree());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Inputs are JSON", e);
        }
    }
}
