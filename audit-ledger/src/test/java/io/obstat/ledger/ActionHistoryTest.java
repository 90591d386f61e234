package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActionHistoryTest {
    private static final ActionId ID = Samples.action(1);
    private static final List<ActionEvent> STORY = List.of(
            Samples.requested(ID),
            Samples.approvalRequired(ID),
            Samples.opened(ID),
            Samples.notified(ID),
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
                        ActionView.Status.ALLOWED,
                        ActionView.Status.RUNNING,
                        ActionView.Status.RAN,
                        ActionView.Status.RAN);
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
        assertThat(view.tally()).isEqualTo(new ActionView.Tally(10, 1, 1));
        assertThat(view.firstAt()).isEqualTo(Samples.START);
        assertThat(view.lastAt()).isEqualTo(Samples.at(15));
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
        ActionView view = null;
        var log = new LedgerLog(0, Frontier.EMPTY);
        for (ActionEvent event : events) {
            CanonicalLeaf leaf = CanonicalLeaf.of(
                    new SourceRecord("obstat.actions", 0, log.frontier().size(), Samples.START),
                    Samples.envelope(event, "1"),
                    Json.write(event));
            LedgerLog.Appended appended = log.append(leaf, Samples.at(60));
            log = appended.log();
            view = ActionHistory.after(
                    view, ID, (LedgerLeaf.OfEvent) leaf.leaf(), appended.entry().position());
        }
        return Objects.requireNonNull(view, "no events");
    }
}
