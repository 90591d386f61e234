package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionHistoryTest {
    private static final ActionId ID = Samples.action(1);
    private static final List<ActionEvent> STORY = List.of(
            Samples.requested(ID),
            Samples.approvalRequired(ID),
            Samples.opened(ID),
            Samples.notified(ID),
            ApprovalSamples.claimed(ID),
            ApprovalSamples.escalated(ID),
            ApprovalSamples.nobodyReached(ID),
            Samples.refused(ID),
            Samples.recorded(ID),
            Samples.allowed(ID),
            Samples.redeemed(ID),
            Samples.executed(ID),
            Samples.misused(ID));

    @Test
    void shouldTellWhereAnActionStandsAfterEachStep() {
        // Given
        var statuses = new ArrayList<ActionView.Status>();

        // When
        for (int i = 1; i <= STORY.size(); i++) {
            statuses.add(view(STORY.subList(0, i)).status());
        }

        // Then
        assertThat(statuses)
                .containsExactly(
                        ActionView.Status.REQUESTED,
                        ActionView.Status.PENDING,
                        ActionView.Status.PENDING,
                        ActionView.Status.PENDING,
                        ActionView.Status.PENDING,
                        ActionView.Status.PENDING,
                        ActionView.Status.PENDING,
                        ActionView.Status.PENDING,
                        ActionView.Status.PENDING,
                        ActionView.Status.ALLOWED,
                        ActionView.Status.RUNNING,
                        ActionView.Status.RAN,
                        ActionView.Status.RAN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"ALLOWED"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldTellEveryEndingApart(Outcome outcome) {
        // Given / When
        ActionView view = view(
                List.of(Samples.approvalRequired(ID), ApprovalSamples.ended(ID, outcome, Decision.DecidedBy.PEOPLE)));

        // Then
        assertThat(view.status().name()).isEqualTo(outcome.name());
        assertThat(Words.outcome(view)).isEqualTo(Words.outcome(outcome));
    }

    @Test
    void shouldHoldRevokedWhatWasAllowedAndKeepWhatItWas() {
        // Given / When
        ActionView view = view(List.of(Samples.approvalRequired(ID), Samples.allowed(ID), ApprovalSamples.revoked(ID)));

        // Then
        assertThat(view.status()).isEqualTo(ActionView.Status.REVOKED);
        assertThat(Words.outcome(view)).isEqualTo("revoked");
        assertThat(Mood.of(view)).isEqualTo(Mood.NO);
        assertThat(Objects.requireNonNull(view.decided()).outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(Objects.requireNonNull(view.revoked()).by()).isEqualTo(Samples.REVIEWER);
    }

    @Test
    void shouldNotLetARevocationHideThatSomethingRan() {
        assertThat(view(List.of(Samples.allowed(ID), Samples.redeemed(ID), ApprovalSamples.revoked(ID)))
                        .status())
                .isEqualTo(ActionView.Status.RUNNING);
    }

    @Test
    void shouldKeepEveryAlarmOnce() {
        // Given / When
        ActionView view = view(List.of(
                ApprovalSamples.runOverdue(ID),
                ApprovalSamples.glassOverdue(ID),
                ApprovalSamples.nobodyReached(ID),
                ApprovalSamples.glassOverdue(ID)));

        // Then
        assertThat(view.alarms())
                .containsExactly(
                        ActionView.Alarm.NOBODY_REACHED, ActionView.Alarm.GLASS_OVERDUE, ActionView.Alarm.RUN_OVERDUE);
        assertThat(Json.readEvent(Json.write(view), ActionView.class)).isEqualTo(view);
    }

    @Test
    void shouldShowTheInputsAsPolicyLastJudgedThem() {
        // Given
        var story = new ArrayList<ActionEvent>(List.of(
                Samples.requested(ID),
                Samples.approvalRequired(ID),
                ApprovalSamples.reassessed(ID),
                ApprovalSamples.approvalRequiredAgain(ID)));

        for (int seed = 0; seed < 50; seed++) {
            // When
            Collections.shuffle(story, new Random(seed));

            // Then
            assertThat(Objects.requireNonNull(view(story).asked()).digest())
                    .as("seed %d", seed)
                    .isEqualTo(ApprovalSamples.edited(ID).digest());
        }
    }

    @Test
    void shouldReadAViewThatWasKeptBeforeThereWereAlarms() {
        // Given
        ActionView view = view(List.of(Samples.approvalRequired(ID), Samples.allowed(ID)));
        ObjectNode old = (ObjectNode) Json.tree(view);
        old.remove(List.of("alarms", "revoked"));

        // When / Then
        assertThat(Json.readEvent(Json.write(old), ActionView.class)).isEqualTo(view);
    }

    @Test
    void shouldComeToTheSameViewInWhateverOrderTopicsInterleave() {
        // Given
        ActionView expected = view(STORY);
        var shuffled = new ArrayList<>(STORY);

        for (int seed = 0; seed < 500; seed++) {
            // When
            Collections.shuffle(shuffled, new Random(seed));
            ActionView view = view(shuffled);

            // Then: all but the entry that it rests on
            assertThat(view)
                    .as("seed %d", seed)
                    .usingRecursiveComparison()
                    .ignoringFields("restsOn")
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldNameTheEntryItRestsOnAndSurviveJson() {
        // Given
        ActionView view = view(STORY);

        // When
        ActionView read = Json.readEvent(Json.write(view), ActionView.class);

        // Then
        assertThat(read).isEqualTo(view);
        assertThat(Json.tree(view).path("status").asText()).isEqualTo("ran");
        assertThat(view.restsOn().sequence()).isEqualTo(STORY.size() - 1);
        assertThat(view.tally()).isEqualTo(new ActionView.Tally(13, 1, 1));
        assertThat(view.firstAt()).isEqualTo(Samples.START);
        assertThat(view.lastAt()).isEqualTo(Samples.at(300));
    }

    @Test
    void shouldKeepTheFirstDecisionWereThereEverASecond() {
        // Given
        List<ActionEvent> events = List.of(Samples.requested(ID), Samples.rejected(ID), Samples.allowed(ID));

        // When
        ActionView view = view(events);

        // Then
        assertThat(Objects.requireNonNull(view.decided()).outcome()).isEqualTo(Outcome.REJECTED);
    }

    private static ActionView view(List<? extends ActionEvent> events) {
        return ViewsUnderTest.view(ID, events);
    }
}
