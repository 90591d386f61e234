package io.obstat.decision.inbox;

import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review;
import io.obstat.contracts.visible.InputLine;
import io.obstat.contracts.visible.InputLines;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Course;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a request beside votes.
 *
 * @param looking who says that they are looking at it; {@code null} when nobody does
 * @param escalated the groups that are asked as well
 * @param questions to the agent, with its answers
 * @param edits what reviewers changed, oldest first
 * @param awaitsPolicy whether policy has yet to speak on it again
 * @param glass what others still owe; {@code null} unless it was allowed in an emergency
 */
public record SoFar(
        @Nullable Party looking,
        List<VisibleText> escalated,
        List<Question> questions,
        List<Edit> edits,
        boolean awaitsPolicy,
        @Nullable Owed glass) {

    public SoFar {
        escalated = List.copyOf(escalated);
        questions = List.copyOf(questions);
        edits = List.copyOf(edits);
    }

    /** @param answer in the agent's words; empty until it has answered */
    public record Question(Party by, VisibleText text, VisibleText answer) {}

    /** @param changes line by line, the inputs that differ */
    public record Edit(Party by, Moment at, VisibleText reason, List<Change> changes) {

        public Edit {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One input that was changed.
     *
     * @param name where it stands, such as {@code filter › country}
     * @param before {@code null} when it was not there
     * @param after {@code null} when it is no longer there
     */
    public record Change(
            VisibleText name,
            @Nullable VisibleText before,
            @Nullable VisibleText after) {}

    /** @param missing how many more of the group have to sign */
    public record Owed(VisibleText group, int missing, Moment dueAt, List<Party> signed) {

        public Owed {
            signed = List.copyOf(signed);
        }
    }

    static SoFar of(ApprovalView view, Person reader) {
        Course course = view.course();
        Review claim = course.claim();
        return new SoFar(
                claim == null || !view.pending()
                        ? null
                        : Party.of(claim.reviewer().person(), reader),
                course.escalated().stream().map(VisibleText::of).toList(),
                course.questions().stream()
                        .map(question -> new Question(
                                Party.of(question.by().person(), reader),
                                VisibleText.of(question.text()),
                                question.answer() == null ? VisibleText.empty() : VisibleText.of(question.answer())))
                        .toList(),
                edits(view, reader),
                view.pending() && course.awaited() != null,
                owed(view.glass(), reader));
    }

    public boolean nothing() {
        return looking == null
                && escalated.isEmpty()
                && questions.isEmpty()
                && edits.isEmpty()
                && !awaitsPolicy
                && glass == null;
    }

    private static List<Edit> edits(ApprovalView view, Person reader) {
        return view.course().edits().stream()
                .map(edit -> new Edit(
                        Party.of(edit.review().reviewer().person(), reader),
                        Moment.of(edit.review().submittedAt()),
                        edit.review().reason() == null
                                ? VisibleText.empty()
                                : VisibleText.of(edit.review().reason()),
                        edit.review().parameters() == null
                                ? List.of()
                                : changes(
                                        edit.before().action().parameters(),
                                        edit.review().parameters())))
                .toList();
    }

    static List<Change> changes(Parameters before, Parameters after) {
        Map<String, VisibleText> old = byPath(before);
        Map<String, VisibleText> now = byPath(after);
        var names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        var changes = new ArrayList<Change>();
        for (String name : names) {
            VisibleText was = old.get(name);
            VisibleText is = now.get(name);
            if (was == null || !was.equals(is)) {
                changes.add(new Change(VisibleText.of(name), was, is));
            }
        }
        return changes;
    }

    /** Each line by the names that lead to it. */
    private static Map<String, VisibleText> byPath(Parameters parameters) {
        var lines = new LinkedHashMap<String, VisibleText>();
        var path = new ArrayList<String>();
        for (InputLine line : InputLines.of(parameters)) {
            while (path.size() > line.depth()) {
                path.removeLast();
            }
            path.add(line.name().text());
            lines.put(String.join(" › ", path), line.value());
        }
        return lines;
    }

    private static @Nullable Owed owed(@Nullable Glass glass, Person reader) {
        return glass == null
                ? null
                : new Owed(
                        VisibleText.of(glass.signedBy().group()),
                        glass.missing(),
                        Moment.of(glass.dueAt()),
                        glass.signatures().stream()
                                .map(review -> Party.of(review.reviewer().person(), reader))
                                .toList());
    }
}
