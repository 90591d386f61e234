package io.obstat.decision.inbox;

import io.obstat.contracts.Review;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.visible.Inputs;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Course;
import io.obstat.decision.Eligibility;
import io.obstat.decision.Standing;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request as one reader sees it.
 *
 * @param id the action's id
 * @param version changes whenever the card does; the page compares it to know what to fetch anew
 * @param place in which part of the inbox it stands
 * @param plan what it is a step of, see {@link Plan#idOf}; empty when of nothing
 * @param can what this reader can do
 * @param key whether it takes a security key to do it
 * @param motions what else this reader can do
 * @param heading what they see first
 * @param facts what could change their decision
 * @param ending how it ended; {@code null} while it waits
 */
public record Card(
        String id,
        String version,
        Place place,
        String plan,
        Can can,
        Key key,
        List<Motion> motions,
        Heading heading,
        Facts facts,
        @Nullable Ending ending) {

    /** The parts of the inbox, in order. */
    public enum Place {
        /** Waits for the reader: to decide, or to sign what was allowed in an emergency. */
        YOURS,
        /** Waits for others. */
        OTHERS,
        /** Is decided. */
        DECIDED
    }

    /**
     * What the reader can do.
     *
     * @param approve whether to offer approval: the reader's would count, and they see the inputs whole
     * @param look whether to offer the request's own page first: the reader's approval would count, but here the inputs are not whole
     * @param reject whether to offer rejection: the reader's would count
     * @param why why this reader's approval would or would not count, in a sentence for them
     */
    public record Can(boolean approve, boolean look, boolean reject, VisibleText why) {}

    /** Whether it takes a security key. */
    public enum Key {
        NOT_ASKED,
        ASKED,
        /** It does, and the reader has none. */
        MISSING;

        public boolean asked() {
            return this == ASKED;
        }

        public boolean missing() {
            return this == MISSING;
        }
    }

    /** For the list. */
    static Card inList(ApprovalView view, Reviewer reader, Circumstances at) {
        return of(view, Inputs.forCard(view.request().action().parameters()), reader, at, false);
    }

    /** For the request's own page. */
    static Card onPage(ApprovalView view, Reviewer reader, Circumstances at) {
        return of(view, Inputs.forPage(view.request().action().parameters()), reader, at, true);
    }

    private static Card of(ApprovalView view, Inputs inputs, Reviewer reader, Circumstances at, boolean onPage) {
        Standing standing = view.standing(reader, at);
        Eligibility eligibility = standing.eligibility();
        boolean counts = view.pending() && eligibility.can();
        boolean whole = inputs.whole();
        @Nullable Decision decision = view.decision();
        return new Card(
                view.actionId().value(),
                version(view, eligibility),
                place(standing),
                Plan.idOf(view.request()),
                // INVARIANT: no approve button where the inputs are not shown whole.
                new Can(
                        counts && whole,
                        counts && !whole,
                        standing.can(Review.Verb.REJECT),
                        VisibleText.of(eligibility.why())),
                Key.NOT_ASKED,
                Motion.of(standing, onPage),
                Heading.of(view, at.now()),
                Facts.of(view, inputs, reader.person(), at),
                decision == null ? null : Ending.of(decision, view.run(), reader.person(), at.now()));
    }

    /** The same request, where it takes this. */
    Card with(Key key) {
        return new Card(id, version, place, plan, can, key, motions, heading, facts, ending);
    }

    static Place place(Standing standing) {
        if (!standing.view().pending()) {
            return standing.maySign() ? Place.YOURS : Place.DECIDED;
        }
        return standing.eligibility().can() ? Place.YOURS : Place.OTHERS;
    }

    static String version(ApprovalView view, Eligibility eligibility) {
        Course course = view.course();
        @Nullable Glass glass = view.glass();
        // All that a card shows and that can change. As text: the hash of an enum and the order of a set are not the
        // same in the next instance, and they take turns.
        String shown = Stream.of(
                        view.request().digest(),
                        view.assessment(),
                        view.requirement(),
                        view.expiresAt(),
                        view.votes(),
                        course.escalated(),
                        course.claim(),
                        course.questions(),
                        course.edits(),
                        course.awaited(),
                        view.run(),
                        glass == null ? null : glass.signatures(),
                        glass == null ? null : glass.overdue())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
        return "%s-%d-%s-%s"
                .formatted(
                        view.state(),
                        view.votes().size(),
                        Integer.toHexString(shown.hashCode()),
                        eligibility.can() ? "y" : "n");
    }

    /** Whether there is anything that the reader can do. */
    public boolean acts() {
        return can.reject() || !motions.isEmpty();
    }

    /** Whether it can be approved together with other steps of its plan: whole, and with nothing but a click. */
    public boolean picks() {
        return !plan.isEmpty() && can.approve() && key == Key.NOT_ASKED;
    }

    public boolean waitsForOthers() {
        return place == Place.OTHERS;
    }

    /** The digest that a review must name. */
    public String digest() {
        return facts.registration().digest();
    }
}
