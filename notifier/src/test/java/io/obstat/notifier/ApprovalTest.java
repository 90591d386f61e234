package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.EventId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApprovalTest {

    private static final int SEEDS = 2_000;

    private final Story story = new Story("approval");

    /** Each topic keeps its order. Between topics there is none. */
    @Test
    void shouldComeToTheSameInWhateverOrderTopicsAreRead() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            List<Notice> told = course(random);
            List<Notice> read = interleaved(told, random);

            // When
            Approval inOrder = Approval.of(told);
            Approval outOfOrder = Approval.of(read);

            // Then
            assertThat(butLast(outOfOrder)).as("seed %d: %s", seed, read).isEqualTo(butLast(inOrder));
        }
    }

    private static List<Notice> course(SplittableRandom random) {
        var story = new Story("course");
        var told = new ArrayList<Notice>();
        String where = "a";
        Requirement requirement = Story.ESCALATING;
        told.add(story.wanted(where, requirement));
        told.add(story.opened(where, requirement));
        for (int steps = random.nextInt(8); steps > 0; steps--) {
            switch (random.nextInt(8)) {
                case 0 -> told.add(story.claimed("alice"));
                case 1 -> told.add(story.released("alice"));
                case 2 -> told.add(story.approved("bob", 1));
                case 3 -> told.add(story.escalated("managers", null));
                case 4 -> told.add(story.reminded(0));
                case 5 -> {
                    Notice.Asked asked = story.asked("carol", "Which columns?");
                    told.add(asked);
                    told.add(story.answered(asked, "id"));
                }
                default -> {
                    where = random.nextInt(2) == 0 ? where : where + "b";
                    requirement = random.nextInt(2) == 0 ? Story.USUAL : Story.ESCALATING;
                    told.add(story.wanted(where, requirement));
                    told.add(story.opened(where, requirement));
                }
            }
        }
        if (random.nextInt(2) == 0) {
            told.add(story.decided(Outcome.ALLOWED, DecidedBy.BREAK_GLASS));
            told.addAll(aftermath(story, random));
        }
        return told;
    }

    private static List<Notice> aftermath(Story story, SplittableRandom random) {
        var after = new ArrayList<Notice>();
        after.add(story.broken("dave"));
        if (random.nextInt(2) == 0) {
            after.add(story.unreported(story.now()));
        }
        after.add(story.executed(Result.SUCCEEDED, "done"));
        after.add(story.unsigned(2));
        if (random.nextInt(2) == 0) {
            after.add(story.revoked("erin"));
        }
        return after;
    }

    private static List<Notice> interleaved(List<Notice> told, SplittableRandom random) {
        Map<Topic, Deque<Notice>> topics = new LinkedHashMap<>();
        told.forEach(notice -> topics.computeIfAbsent(topic(notice), topic -> new ArrayDeque<>())
                .add(notice));
        var read = new ArrayList<Notice>();
        while (read.size() < told.size()) {
            List<Deque<Notice>> left =
                    topics.values().stream().filter(queue -> !queue.isEmpty()).toList();
            read.add(left.get(random.nextInt(left.size())).remove());
        }
        return read;
    }

    private static Topic topic(Notice notice) {
        return switch (notice) {
            case Notice.Wanted wanted -> Topics.VERDICTS;
            case Notice.Opened opened -> Topics.APPROVALS;
            case Notice.Reviewed reviewed -> Topics.APPROVALS;
            case Notice.Claim claim -> Topics.APPROVALS;
            case Notice.Released released -> Topics.APPROVALS;
            case Notice.Reminded reminded -> Topics.APPROVALS;
            case Notice.Escalated escalated -> Topics.APPROVALS;
            case Notice.Unreached unreached -> Topics.APPROVALS;
            case Notice.Asked asked -> Topics.APPROVALS;
            case Notice.Answered answered -> Topics.APPROVALS;
            case Notice.Turned turned -> Topics.APPROVALS;
            case Notice.Broken broken -> Topics.APPROVALS;
            case Notice.Unsigned unsigned -> Topics.APPROVALS;
            case Notice.Decided decided -> Topics.DECISIONS;
            case Notice.Revoked revoked -> Topics.DECISIONS;
            case Notice.Executed executed -> Topics.EXECUTIONS;
            case Notice.Unreported unreported -> Topics.EXECUTIONS;
        };
    }

    private static Approval butLast(Approval approval) {
        return new Approval(
                approval.wanted(),
                approval.before(),
                approval.opened(),
                approval.reviews(),
                approval.claim(),
                approval.questions(),
                approval.escalated(),
                approval.decided(),
                approval.after(),
                EventId.derive("whatever"));
    }

    @Test
    void shouldForgetVotesAndEscalationsWhenTheInputsAreChanged() {
        // Given
        Notice.Wanted before = story.wanted("a", Story.ESCALATING);

        // When
        Approval approval = Approval.of(List.of(
                before,
                story.opened("a", Story.ESCALATING),
                story.approved("alice", 1),
                story.escalated("managers", "alice"),
                story.wanted("b", Story.ESCALATING),
                story.opened("b", Story.ESCALATING)));

        // Then
        assertThat(approval.votes()).isEmpty();
        assertThat(approval.escalated()).isEmpty();
        assertThat(approval.before()).isEqualTo(before);
        assertThat(approval.digest()).contains(Story.digest("b"));
        assertThat(approval.progress()).containsExactly(new SlotProgress(Story.SLOT, 0));
        assertThat(approval.nextGroup()).contains("managers");
    }

    @Test
    void shouldKeepVotesWhenOnlyPolicyHasChanged() {
        // Given
        var other = new Requirement(List.of(Story.SLOT, new Slot("legal", 1)), Duration.ofMinutes(10));

        // When
        Approval approval = Approval.of(List.of(
                story.wanted("a", Story.ESCALATING),
                story.opened("a", Story.ESCALATING),
                story.approved("alice", 1),
                story.escalated("managers", "alice"),
                story.wanted("a", other),
                story.opened("a", other)));

        // Then
        assertThat(approval.votes()).hasSize(1);
        assertThat(approval.before()).isNull();
        assertThat(approval.progress())
                .containsExactly(new Progress("data-governance", 2, 1).of(), new Progress("legal", 1, 0).of());
        // And whom the new policy does not name is not asked any more
        assertThat(approval.escalated()).isEmpty();
        assertThat(approval.groups()).containsExactly("data-governance", "legal");
    }

    @Test
    void shouldAskTheGroupsOfANewVerdictBeforeItIsInForce() {
        // Given
        var other = new Requirement(List.of(new Slot("legal", 1)), Duration.ofMinutes(10));

        // When
        Approval approval = Approval.of(
                List.of(story.wanted("a", Story.USUAL), story.opened("a", Story.USUAL), story.wanted("a", other)));

        // Then
        assertThat(approval.groups()).containsExactly("data-governance", "legal");
    }

    private record Progress(String group, int approvals, int filled) {

        SlotProgress of() {
            return new SlotProgress(new Slot(group, approvals), filled);
        }
    }

    /** The people who approved are the same; how many of them there have to be is another matter. */
    @Test
    void shouldCountVotesOfAGroupOfWhichPolicyNowWantsMoreOrFewer() {
        // Given
        var three = new Requirement(List.of(new Slot("data-governance", 3)), Duration.ofMinutes(30));
        var one = new Requirement(List.of(new Slot("data-governance", 1)), Duration.ofMinutes(30));
        List<Notice> voted = List.of(
                story.wanted("a", Story.USUAL),
                story.opened("a", Story.USUAL),
                story.approved("alice", 1),
                story.approved("bob", 2));

        // When
        Approval more = Approval.of(Stream.concat(voted.stream(), Stream.of(story.opened("a", three)))
                .toList());
        Approval fewer = Approval.of(
                Stream.concat(voted.stream(), Stream.of(story.opened("a", one))).toList());

        // Then
        assertThat(more.progress()).containsExactly(new Progress("data-governance", 3, 2).of());
        assertThat(fewer.progress()).containsExactly(new Progress("data-governance", 1, 1).of());
    }

    @Test
    void shouldKnowWhatIsMissingBeforeAnyoneHasReviewed() {
        // When
        Approval approval = Approval.of(List.of(story.wanted("a", Story.USUAL)));

        // Then
        assertThat(approval.progress()).containsExactly(new SlotProgress(Story.SLOT, 0));
        assertThat(approval.requester()).contains(Story.REQUESTER);
        assertThat(approval.pending()).isTrue();
    }

    @Test
    void shouldNameTheGroupThatWouldBeAskedNext() {
        // Given
        Notice.Wanted wanted = story.wanted("a", Story.ESCALATING);
        Notice.Escalated first = story.escalated("managers", null);
        Notice.Escalated second = story.escalated("directors", "alice");

        // When, Then
        assertThat(Approval.of(List.of(wanted)).nextGroup()).contains("managers");
        assertThat(Approval.of(List.of(wanted, first)).nextGroup()).contains("directors");
        assertThat(Approval.of(List.of(wanted, first, second)).nextGroup()).isEmpty();
        assertThat(Approval.of(List.of(wanted, first, second)).groups())
                .containsExactly("data-governance", "managers", "directors");
    }

    @Test
    void shouldPairEachAnswerWithItsQuestion() {
        // Given
        Notice.Asked first = story.asked("alice", "Which columns?");
        Notice.Asked second = story.asked("bob", "Until when?");

        // When
        Approval approval = Approval.of(List.of(first, second, story.answered(second, "until Friday")));

        // Then
        assertThat(approval.questions())
                .containsExactly(
                        new Approval.Exchange(first.review(), null),
                        new Approval.Exchange(second.review(), new Notice.Answer("until Friday")));
    }

    @Test
    void shouldKnowNothingOfWhatIsAskedFromLaterNewsAlone() {
        // When
        Approval approval = Approval.of(List.of(story.decided(Outcome.EXPIRED, DecidedBy.TIME)));

        // Then
        assertThat(approval.action()).isEmpty();
        assertThat(approval.requester()).isEmpty();
        assertThat(approval.progress()).isEmpty();
        assertThat(approval.pending()).isFalse();
    }
}
