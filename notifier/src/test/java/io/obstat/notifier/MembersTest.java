package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.notifier.Directory.Asked;
import io.obstat.notifier.Directory.Audience;
import io.obstat.notifier.Directory.Keys;
import io.obstat.notifier.Members.Roll;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told when it is looked up who that is. */
class MembersTest {

    private static final Recipient GROUP = new Recipient("slack", Recipient.MEMBERS).of("data-governance");
    private static final Keys ANN = slack("T1/U0ANN");

    private final Story story = new Story("channel");
    private final MemoryCards cards = new MemoryCards();
    private final Channels channels = new Channels(List.of(
            new ChatChannel(new RecordingChat("slack"), Routes.none(), cards),
            new StubChannel("teams", true, List.of())));
    private @Nullable CompletionStage<Optional<Audience>> audience;
    private final Members members = new Members(new AudienceOnly(), cards, channels);

    @Test
    void shouldTellThoseWhoAreAskedInTheNameOfTheGroupEachOnce() {
        // Given
        known(
                new Asked(Set.of("data-governance"), ANN),
                new Asked(Set.of("data-governance", "oncall"), slack("T2/U9", "T1/U0BEN")),
                new Asked(Set.of("data-governance"), ANN),
                new Asked(Set.of("oncall"), slack("T1/U0CARL")),
                new Asked(Set.of("data-governance"), new Keys(List.of(), List.of("t/o"), List.of())));

        // When
        Roll roll = call(story.wanted("a", Story.USUAL), GROUP);

        // Then
        assertThat(roll)
                .isEqualTo(new Roll.Called(List.of(new Recipient("slack", "U0ANN"), new Recipient("slack", "U0BEN"))));
    }

    @Test
    void shouldTellThoseWhoHaveACardWhatBecameOfIt() {
        // Given somebody who was asked, and is in the group no more
        cards.tell(story.wanted("a", Story.USUAL));
        cards.begin(Samples.action("channel"), new Recipient("slack", "U0GONE"));
        cards.begin(Samples.action("channel"), new Recipient("teams", "o-1"));
        known(new Asked(Set.of("data-governance"), ANN));

        // When
        Roll outcome = call(story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE), GROUP);
        Roll reminder = call(story.reminded(0), GROUP);

        // Then
        assertThat(outcome).isEqualTo(new Roll.Called(List.of(new Recipient("slack", "U0GONE"))));
        assertThat(reminder).isEqualTo(new Roll.Called(List.of(new Recipient("slack", "U0ANN"))));
    }

    @Test
    void shouldSayThatNobodyIsThereSoThatItCanBeRaised() {
        // Given
        known(new Asked(Set.of("oncall"), ANN));

        // When / Then
        assertThat(call(story.wanted("a", Story.USUAL), GROUP))
                .isEqualTo(new Roll.NotCalled(new Attempt.Forbidden(
                        "The directory has nobody in data-governance who can decide and whom slack knows")));
    }

    @Test
    void shouldTellNoCrowdOneByOne() {
        // Given
        known(crowd(Members.MOST));
        Roll many = call(story.wanted("a", Story.USUAL), GROUP);
        known(crowd(Members.MOST + 1));
        Roll tooMany = call(story.wanted("a", Story.USUAL), GROUP);

        // Then
        assertThat(many)
                .isInstanceOfSatisfying(
                        Roll.Called.class,
                        called -> assertThat(called.recipients()).hasSize(Members.MOST));
        assertThat(tooMany)
                .isEqualTo(new Roll.NotCalled(new Attempt.Forbidden(
                        "data-governance has more than 100 people who can decide; give it a channel in routes")));
    }

    @Test
    void shouldAskAgainWhenTheDirectoryIsBehindOrAway() {
        // Given
        audience = CompletableFuture.completedFuture(Optional.empty());
        Roll behind = call(story.wanted("a", Story.USUAL), GROUP);
        audience = CompletableFuture.failedFuture(new IllegalStateException("away"));
        Roll away = call(story.wanted("a", Story.USUAL), GROUP);

        // Then being behind costs no try
        assertThat(attempt(behind)).isInstanceOf(Attempt.Postponed.class);
        assertThat(attempt(away)).isInstanceOf(Attempt.Troubled.class);
    }

    @Test
    void shouldTellWhoeverWaitsAsTheDirectoryOrTheirAddressSaysAndMissNobody() {
        // Given
        cards.tell(story.wanted("a", Story.USUAL));
        Notice decided = story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE);
        audience = CompletableFuture.completedFuture(Optional.of(new Audience(List.of(), ANN)));
        Roll byKey = call(decided, Recipient.requester("slack"));
        known();
        Roll byAddress = call(decided, Recipient.requester("slack"));
        Roll unknown = call(decided, Recipient.requester("teams"));

        // Then
        assertThat(byKey).isEqualTo(new Roll.Called(List.of(new Recipient("slack", "requester:U0ANN"))));
        assertThat(byAddress)
                .isEqualTo(new Roll.Called(List.of(new Recipient("slack", "requester:requester@example.com"))));
        assertThat(unknown).isEqualTo(new Roll.Called(List.of()));
    }

    @Test
    void shouldSayThatAnAddressIsLongerThanARecipientsName() {
        // Given
        cards.tell(story.wanted("a", Story.USUAL));
        var longest = new Keys(List.of(), List.of(), List.of("r".repeat(242) + "@example.com"));
        audience = CompletableFuture.completedFuture(Optional.of(new Audience(List.of(), longest)));

        // When
        Roll roll = call(story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE), Recipient.requester("slack"));

        // Then
        assertThat(attempt(roll))
                .isInstanceOfSatisfying(
                        Attempt.Forbidden.class,
                        refused -> assertThat(refused.problem()).contains("too long"));
    }

    private static Attempt attempt(Roll roll) {
        return ((Roll.NotCalled) roll).attempt();
    }

    private static Asked[] crowd(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Asked(Set.of("data-governance"), slack("T1/U" + i)))
                .toArray(Asked[]::new);
    }

    private static Keys slack(String... keys) {
        return new Keys(List.of(keys), List.of(), List.of());
    }

    private void known(Asked... people) {
        audience = CompletableFuture.completedFuture(Optional.of(new Audience(List.of(people), null)));
    }

    private Roll call(Notice notice, Recipient recipient) {
        return members.call(new Errand(DeliveryId.of(notice, recipient), notice, recipient, false))
                .toCompletableFuture()
                .join();
    }

    private final class AudienceOnly implements Directory {

        @Override
        public CompletionStage<Optional<Audience>> audience(ActionId action) {
            return java.util.Objects.requireNonNull(audience);
        }

        @Override
        public CompletionStage<Optional<Standing>> standing(ActionId action, String authority, String subject) {
            throw new IllegalStateException("Nobody's standing is asked for");
        }
    }
}
