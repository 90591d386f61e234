package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuorumTest {

    private static final ActionRequested REQUEST = Examples.request("quorum");

    @Test
    void shouldMoveSomebodyOutOfTheWayOfSomebodyWhoFitsOneSlotOnly() {
        // Given ann, who comes first, is in both groups, and ben is only in the one that she fills
        var requirement = requirement(new Slot("data-governance", 1), new Slot("oncall", 1));
        List<Review> reviews = List.of(
                approval("ann", List.of("data-governance", "oncall")), approval("ben", List.of("data-governance")));

        // When
        Quorum quorum = quorum(requirement, reviews);

        // Then
        assertThat(quorum.met()).isTrue();
        assertThat(quorum.placed()).containsExactlyInAnyOrderElementsOf(reviews);
    }

    @Test
    void shouldCountOnePersonOnceWhateverGroupsTheyAreIn() {
        // Given
        var requirement = requirement(new Slot("data-governance", 1), new Slot("oncall", 1));
        List<String> both = List.of("data-governance", "oncall");

        // When the same person speaks under two names
        Quorum quorum = quorum(
                requirement,
                List.of(
                        approval(new Person("ann", "ann@example.com"), both),
                        approval(new Person("Ann@Example.com", null), both)));

        // Then
        assertThat(quorum.met()).isFalse();
        assertThat(quorum.progress()).extracting(SlotProgress::filled).containsExactlyInAnyOrder(1, 0);
    }

    @Test
    void shouldCountOnePersonInEveryGroupInWhichTheySpeak() {
        // Given one person who has spoken under three names, of which the last one ties the others together
        var requirement = requirement(new Slot("data-governance", 1), new Slot("oncall", 1));
        List<Review> ofOne = List.of(
                approval(new Person("xan", "xan@example.com"), List.of("data-governance")),
                approval(new Person("yan", "yan@example.com"), List.of("oncall")),
                approval(new Person("xan@example.com", "yan@example.com"), List.of()));
        var reviews = new ArrayList<>(ofOne);

        // When somebody else comes who fits one place only
        Quorum alone = quorum(requirement, reviews);
        reviews.add(approval("zoe", List.of("data-governance")));
        Quorum together = quorum(requirement, reviews);

        // Then
        assertThat(alone.met()).isFalse();
        assertThat(together.met()).isTrue();
        assertThat(together.placed()).containsExactlyInAnyOrder(ofOne.getFirst(), reviews.getLast());
    }

    @Test
    void shouldNotHangOnMoreApprovalsThanAreNeeded() {
        // Given
        var requirement = requirement(new Slot("data-governance", 1), new Slot("oncall", 1));
        var reviews = new ArrayList<Review>();
        for (int i = 0; i < 100; i++) {
            reviews.add(approval("person " + i, List.of("data-governance")));
        }

        // When
        Quorum without = quorum(requirement, reviews);
        reviews.add(approval("ben", List.of("oncall")));
        Quorum with = quorum(requirement, reviews);

        // Then
        assertThat(without.met()).isFalse();
        assertThat(with.met()).isTrue();
        assertThat(with.placed()).hasSize(2);
    }

    @Test
    void shouldBeMetExactlyWhenSomePlacementMeetsIt() {
        var random = new Random(1);
        List<String> groups = List.of("a", "b", "c", "d");
        for (int round = 0; round < 20_000; round++) {
            // Given
            var slots = new Slot[1 + random.nextInt(3)];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = new Slot(groups.get(random.nextInt(groups.size())), 1 + random.nextInt(2));
            }
            var reviews = new ArrayList<Review>();
            Set<String> standIns =
                    random.nextInt(3) == 0 ? Set.of(groups.get(random.nextInt(groups.size()))) : Set.of();
            int people = random.nextInt(6);
            for (int i = 0; i < people; i++) {
                reviews.add(approval(
                        "person " + i,
                        groups.stream().filter(group -> random.nextBoolean()).toList()));
            }

            // When
            boolean met = quorum(requirement(slots), standIns, reviews).met();

            // Then
            assertThat(met)
                    .as("%s by %s", List.of(slots), reviews)
                    .isEqualTo(Placements.exist(
                            Placements.places(requirement(slots), standIns),
                            reviews.stream()
                                    .map(review -> Set.copyOf(review.reviewer().groups()))
                                    .toList()));
        }
    }

    private static Requirement requirement(Slot... slots) {
        return new Requirement(List.of(slots), Duration.ofMinutes(30));
    }

    private static Review approval(String subject, List<String> groups) {
        return approval(new Person(subject, null), groups);
    }

    private static Review approval(Person person, List<String> groups) {
        return Examples.review(person.subject(), REQUEST, Review.Verb.APPROVE, person, groups, Examples.NOON);
    }

    private static Quorum quorum(Requirement requirement, List<Review> approvals) {
        return quorum(requirement, Set.of(), approvals);
    }

    private static Quorum quorum(Requirement requirement, Set<String> standIns, List<Review> approvals) {
        return Quorum.of(
                requirement,
                standIns,
                approvals.stream()
                        .map(review -> new Quorum.Voice(
                                review,
                                review.reviewer().person().identities(),
                                Set.copyOf(review.reviewer().groups())))
                        .toList());
    }
}
