package io.obstat.notifier;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an approval from what there was to tell of it. The order of notices from different topics does not matter; of one topic
 * they come in order.
 *
 * @param wanted what is asked, as policy last put it; absent while only later news are known
 * @param before what was asked before the inputs were changed; absent when they were not
 * @param opened from when reviews count; absent while that is not known
 * @param reviews the votes on what is asked now
 * @param claim of the person who is looking at it
 * @param questions what the agent was asked, in order, with its answer once there is one
 * @param escalated whom else is asked by now, in order
 * @param decided how it ended
 * @param after what became of an allowed one, in order
 * @param last the event that was last heard of
 */
public record Approval(
        Notice.@Nullable Wanted wanted,
        Notice.@Nullable Wanted before,
        Notice.@Nullable Opened opened,
        List<Notice.Reviewed> reviews,
        @Nullable Review claim,
        List<Exchange> questions,
        List<Notice.Escalated> escalated,
        Notice.@Nullable Decided decided,
        List<Notice.Aftermath> after,
        EventId last) {

    /**
     * A question of a reviewer.
     *
     * @param answer in the agent's words; absent while it has not answered
     */
    public record Exchange(Review question, Notice.@Nullable Answer answer) {}

    public Approval {
        reviews = List.copyOf(reviews);
        questions = List.copyOf(questions);
        escalated = List.copyOf(escalated);
        after = List.copyOf(after);
    }

    /**
     * What these notices come to.
     *
     * @param notices of one action, in the order in which they were taken in; at least one
     */
    public static Approval of(List<Notice> notices) {
        var known = new Known();
        notices.forEach(known::take);
        return known.approval(notices.getLast().subject().about());
    }

    public Optional<ActionId> action() {
        return Optional.ofNullable(wanted).map(asked -> asked.subject().actionId());
    }

    /** Whether people can still decide. */
    public boolean pending() {
        return decided == null;
    }

    /** Until when people can decide. */
    public Optional<Instant> decideBy() {
        return opened != null
                ? Optional.of(opened.expiresAt())
                : Optional.ofNullable(wanted).map(Notice.Wanted::answerBy);
    }

    /** Whom policy asks: what is in force, or what is wanted while that is not known. */
    public Optional<Requirement> requirement() {
        return opened != null
                ? Optional.of(opened.requirement())
                : Optional.ofNullable(wanted).map(Notice.Wanted::requirement);
    }

    /** The digest that a review has to name. */
    public Optional<ActionDigest> digest() {
        return Optional.ofNullable(wanted).map(asked -> asked.facts().digest());
    }

    /** Every group that is asked by now. */
    public Set<String> groups() {
        var groups = new LinkedHashSet<String>();
        requirement().ifPresent(requirement -> requirement.slots().forEach(slot -> groups.add(slot.group())));
        // Policy has spoken anew, and what is in force by that has not been heard of.
        if (wanted != null) {
            wanted.requirement().slots().forEach(slot -> groups.add(slot.group()));
        }
        escalated.forEach(step -> groups.add(step.group()));
        return groups;
    }

    /** Every rule that matched. */
    public Set<String> rules() {
        var rules = new LinkedHashSet<String>();
        if (wanted != null) {
            wanted.assessment().rules().forEach(rule -> rules.add(rule.id()));
        }
        return rules;
    }

    /**
     * How far each slot is, in the requirement's order. Where policy has changed how many of a group there have to be, those who approved
     * count on.
     */
    public List<SlotProgress> progress() {
        List<SlotProgress> counted =
                reviews.isEmpty() ? List.of() : reviews.getLast().progress();
        return requirement().map(Requirement::slots).orElse(List.of()).stream()
                .map(slot -> progress(slot, counted))
                .toList();
    }

    private static SlotProgress progress(Slot slot, List<SlotProgress> counted) {
        return counted.stream()
                .filter(one -> one.slot().equals(slot))
                .findFirst()
                .orElseGet(() -> new SlotProgress(
                        slot,
                        counted.stream()
                                .filter(one -> one.slot().group().equals(slot.group()))
                                .mapToInt(one -> Math.min(one.filled(), slot.approvals()))
                                .max()
                                .orElse(0)));
    }

    /** The group that would be asked next, were it escalated. */
    public Optional<String> nextGroup() {
        Set<String> asked = groups();
        return requirement().map(Requirement::escalations).orElse(List.of()).stream()
                .map(Requirement.Escalation::group)
                .filter(group -> !asked.contains(group))
                .findFirst();
    }

    /** Those who wait for how it ends: the person it is done for, or else whoever answers for the agent. */
    public Optional<Person> requester() {
        return Optional.ofNullable(wanted)
                .map(asked -> asked.facts().verified())
                .map(verified -> verified.onBehalfOf() == null ? verified.owner() : verified.onBehalfOf());
    }

    /** The votes that count: those that decided, once it is decided. */
    public Stream<Review> votes() {
        return decided == null ? reviews.stream().map(Notice.Reviewed::review) : decided.reviews().stream();
    }

    private static final class Known {

        /** It comes from three topics, of which none waits for the others. Of one kind it comes in order. */
        private static final Comparator<Notice> AS_IT_HAPPENED =
                Comparator.comparing((Notice notice) -> notice.subject().at()).thenComparing(Notice::kind);

        private Notice.@Nullable Wanted wanted;
        private Notice.@Nullable Wanted before;
        private Notice.@Nullable Opened opened;
        private final List<Notice.Reviewed> reviews = new ArrayList<>();
        private @Nullable Review claim;
        private final Map<ReviewId, Exchange> questions = new LinkedHashMap<>();
        private final List<Notice.Escalated> escalated = new ArrayList<>();
        private Notice.@Nullable Decided decided;
        private final List<Notice.Aftermath> after = new ArrayList<>();

        void take(Notice notice) {
            switch (notice) {
                case Notice.Wanted asked -> want(asked);
                case Notice.Opened now -> open(now);
                case Notice.Reviewed reviewed -> reviews.add(reviewed);
                case Notice.Claim claimed -> claim = claimed.review();
                case Notice.Released released -> claim = null;
                case Notice.Escalated step -> escalated.add(step);
                case Notice.Asked asked -> questions.put(asked.review().id(), new Exchange(asked.review(), null));
                case Notice.Answered answered ->
                    questions.computeIfPresent(
                            answered.question(), (id, asked) -> new Exchange(asked.question(), answered.claimed()));
                case Notice.Decided ended -> decided = ended;
                case Notice.Aftermath aftermath -> after.add(aftermath);
                case Notice.Reminded reminded -> {}
                case Notice.Unreached unreached -> {}
                case Notice.Turned turned -> {}
            }
        }

        private void want(Notice.Wanted asked) {
            if (wanted != null && !wanted.facts().digest().equals(asked.facts().digest())) {
                before = wanted;
            }
            wanted = asked;
        }

        /** Another action than before, as an edit makes it, begins anew; another policy keeps whom it names as well. */
        private void open(Notice.Opened now) {
            if (opened != null && !opened.digest().equals(now.digest())) {
                reviews.clear();
                escalated.clear();
            }
            escalated.removeIf(step -> !now.requirement().groups().contains(step.group()));
            opened = now;
        }

        Approval approval(EventId last) {
            return new Approval(
                    wanted,
                    before,
                    opened,
                    reviews,
                    claim,
                    List.copyOf(questions.values()),
                    escalated,
                    decided,
                    after.stream().sorted(AS_IT_HAPPENED).toList(),
                    last);
        }
    }
}
