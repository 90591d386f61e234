package io.obstat.notifier;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.visible.InputLine;
import io.obstat.contracts.visible.InputLines;
import io.obstat.contracts.visible.Inputs;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.Card.Button;
import io.obstat.notifier.Card.Section;
import io.obstat.notifier.Card.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a card of what is known of an approval. */
public final class Composer {

    private static final int MOST_CHANGES = 10;

    private Composer() {}

    /** The card as it is to be shown now; empty while it is not known what is asked. */
    public static Optional<Card> card(Approval approval) {
        return Optional.ofNullable(approval.wanted()).map(wanted -> card(approval, wanted));
    }

    private static Card card(Approval approval, Notice.Wanted wanted) {
        Notice.Facts facts = wanted.facts();
        var shown = new Card.Facts(
                VisibleText.of(facts.action().type().value()),
                VisibleText.of(facts.action().resource()),
                VisibleText.of(facts.action().environment()),
                Inputs.forCard(facts.action().parameters()),
                VisibleText.of(facts.verified().agent().value()),
                facts.verified().owner(),
                facts.verified().onBehalfOf());
        return new Card(
                wanted.subject().actionId(),
                wanted.subject().shortId(),
                wanted.subject().link(),
                heading(approval, wanted),
                Signed.of(facts),
                facts.digest(),
                shown,
                sections(approval, wanted),
                buttons(approval, shown.whole()));
    }

    private static Card.Heading heading(Approval approval, Notice.Wanted wanted) {
        Notice.Decided decided = approval.decided();
        boolean revoked = approval.after().stream().anyMatch(Notice.Revoked.class::isInstance);
        Tone tone =
                decided == null ? Tone.WAITING : Endings.tone(decided.ending().outcome());
        return new Card.Heading(
                wanted.assessment().risk(),
                VisibleText.of(wanted.assessment().title()),
                revoked
                        ? "Revoked"
                        : decided == null ? "" : Endings.word(decided.ending().outcome()),
                revoked ? Tone.BAD : tone,
                wanted.subject().at(),
                approval.decideBy().orElseGet(wanted::answerBy));
    }

    private static List<Section> sections(Approval approval, Notice.Wanted wanted) {
        var sections = new ArrayList<Section>();
        add(sections, "Why", List.of(why(wanted.facts().claimed())));
        add(sections, "Asked by", askedBy(wanted));
        add(sections, "Needs", approval.pending() ? needs(approval) : List.of());
        add(sections, "Changed", changed(approval, wanted));
        add(sections, "So far", soFar(approval));
        add(sections, "Outcome", Endings.lines(approval));
        return sections;
    }

    private static void add(List<Section> sections, String label, List<Line> lines) {
        if (!lines.isEmpty()) {
            sections.add(new Section(label, lines));
        }
    }

    private static Line why(Claimed claimed) {
        Line.Builder why = Line.builder().quote("", claimed.intent()).say("  (the agent says)");
        if (claimed.run() != null) {
            why.say("  run ").show(claimed.run());
        }
        if (claimed.model() != null) {
            why.say("  model ").show(claimed.model());
        }
        boolean more = claimed.diff() != null || !claimed.links().isEmpty();
        return more ? why.say("  The full request has more from the agent.").line() : why.line();
    }

    private static List<Line> askedBy(Notice.Wanted wanted) {
        List<Line> rules = wanted.assessment().rules().stream()
                .filter(rule -> rule.effect() == Effect.REQUIRE)
                .map(rule -> Line.builder()
                        .show(rule.id())
                        .say(": ")
                        .show(rule.because())
                        .line())
                .toList();
        return rules.isEmpty()
                ? List.of(Line.builder().show(wanted.assessment().explanation()).line())
                : rules;
    }

    private static List<Line> needs(Approval approval) {
        List<String> asked = approval.requirement().map(Requirement::slots).orElse(List.of()).stream()
                .map(Slot::group)
                .toList();
        var lines = new ArrayList<Line>();
        for (SlotProgress slot : approval.progress()) {
            lines.add(Line.builder()
                    .show(slot.slot().group())
                    .stress(" %d of %d".formatted(slot.filled(), slot.slot().approvals()))
                    .line());
        }
        approval.votes().map(Composer::vote).forEach(lines::add);
        approval.escalated().stream()
                .filter(step -> !asked.contains(step.group()))
                .forEach(step -> lines.add(Line.builder()
                        .say("People in ")
                        .show(step.group())
                        .say(" can decide as well.")
                        .line()));
        Identification assurance =
                approval.requirement().map(Requirement::assurance).orElse(null);
        if (isTooHigh(assurance)) {
            lines.add(Line.said("Policy wants %s: approve on the full request."
                    .formatted(assurance == Identification.WEBAUTHN ? "a security key" : "a sign-in")));
        }
        return lines;
    }

    private static Line vote(Review review) {
        return Line.builder()
                .who(review.reviewer())
                .say(review.verb() == Verb.REJECT ? " rejected" : " approved")
                .quote(": ", review.reason())
                .line();
    }

    /** What an edit has replaced: the lines that are there no more. */
    private static List<Line> changed(Approval approval, Notice.Wanted wanted) {
        Notice.Wanted before = approval.before();
        if (before == null) {
            return List.of();
        }
        List<InputLine> now = InputLines.of(wanted.facts().action().parameters());
        List<InputLine> gone = InputLines.of(before.facts().action().parameters()).stream()
                .filter(line -> !now.contains(line))
                .toList();
        var lines = new ArrayList<Line>();
        lines.add(Line.said("A reviewer changed the inputs, and approvals of before do not count. Before it was:"));
        gone.stream().limit(MOST_CHANGES).map(Composer::gone).forEach(lines::add);
        if (gone.size() > MOST_CHANGES) {
            lines.add(Line.said("and %,d lines more".formatted(gone.size() - MOST_CHANGES)));
        }
        return lines;
    }

    private static Line gone(InputLine line) {
        return Line.builder()
                .say("− ")
                .show(VisibleText.read(line.name().text()))
                .say("  ")
                .show(VisibleText.read(line.value().text()))
                .line();
    }

    private static List<Line> soFar(Approval approval) {
        var lines = new ArrayList<Line>();
        Review claim = approval.claim();
        if (claim != null && approval.pending()) {
            lines.add(Line.builder()
                    .who(claim.reviewer())
                    .say(" is looking at it since ")
                    .when(claim.submittedAt())
                    .line());
        }
        for (Approval.Exchange exchange : approval.questions()) {
            Notice.Answer answer = exchange.answer();
            Line.Builder line = Line.builder()
                    .who(exchange.question().reviewer())
                    .quote(" asked ", exchange.question().reason());
            lines.add(
                    answer == null
                            ? line.say("; no answer yet").line()
                            : line.quote("; the agent says ", answer.answer()).line());
        }
        return lines;
    }

    private static List<Button> buttons(Approval approval, boolean whole) {
        Requirement requirement = approval.requirement().orElse(null);
        if (requirement == null || !approval.pending()) {
            return List.of();
        }
        boolean formal = !isTooHigh(requirement.assurance());
        var buttons = new ArrayList<Button>();
        if (whole && formal) {
            buttons.add(button(Verb.APPROVE, "Approve", requirement));
        }
        buttons.add(button(Verb.REJECT, "Reject", requirement));
        if (formal && approval.nextGroup().isPresent()) {
            buttons.add(button(Verb.ESCALATE, "Escalate", requirement));
        }
        buttons.add(button(Verb.CLAIM, "I'm looking", requirement));
        buttons.add(button(Verb.ASK, "Ask", requirement));
        return buttons;
    }

    private static Button button(Verb verb, String label, Requirement requirement) {
        return new Button(verb, label, requirement.wantsReason(verb));
    }

    /** Whether a click in a chat says too little of who it is. */
    private static boolean isTooHigh(@Nullable Identification assurance) {
        return assurance != null && assurance.compareTo(Identification.CHAT) > 0;
    }
}
