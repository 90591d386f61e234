package io.obstat.ledger.postgres;

import static io.obstat.ledger.ViewsUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.event.Event;
import io.obstat.ledger.ActionSearch;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.ApprovalSamples;
import io.obstat.ledger.BrokenLogException;
import io.obstat.ledger.CommittedEntry;
import io.obstat.ledger.LedgerEnvironment;
import io.obstat.ledger.Samples;
import io.obstat.ledger.Timeline;
import io.obstat.ledger.ViewsUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LedgerEnvironment.class)
class PostgresViewsTest {
    @Inject
    PostgresViews views;

    @Inject
    PostgresLedger ledger;

    @Inject
    Mutiny.SessionFactory sessions;

    @BeforeEach
    void empty() {
        ViewsUnderTest.empty(sessions);
    }

    @Test
    void shouldTellTheStoryFromTheEntriesAlone() {
        // Given
        List<CommittedEntry> entries = ViewsUnderTest.entries(1, ViewsUnderTest.story(1));

        // When
        take(1, 0, entries);

        // Then
        Timeline timeline = await(() -> ledger.timeline(Samples.action(1))).orElseThrow();
        assertThat(timeline.complete()).isTrue();
        assertThat(timeline.lines())
                .extracting(Timeline.Line::entry)
                .containsExactlyElementsOf(
                        entries.stream().map(CommittedEntry::entry).toList());
        assertThat(timeline.action().status()).isEqualTo(ActionView.Status.RAN);
        assertThat(await(views::positions)).isEqualTo(Map.of(1, next(entries)));
    }

    @Test
    void shouldComeToTheSameViewsHoweverEntriesAreSplitAndRepeated() {
        // Given
        List<CommittedEntry> entries = ViewsUnderTest.entries(0, stories(6));
        take(0, 0, entries);
        List<ActionView> expected = found(search("", 50, null));

        for (int seed = 0; seed < 8; seed++) {
            // When
            ViewsUnderTest.empty(sessions);
            var random = new Random(seed);
            int at = 0;
            long position = 0;
            while (at < entries.size()) {
                int size = Math.min(entries.size() - at, 1 + random.nextInt(12));
                List<CommittedEntry> batch = entries.subList(at, at + size);
                long from = position;
                take(0, from, batch);
                position = next(batch);
                at += size;
                assertThatThrownBy(() -> take(0, from, batch))
                        .isInstanceOfSatisfying(
                                PositionMovedException.class,
                                e -> assertThat(e.nextOffset()).isEqualTo(next(batch)));
            }

            // Then
            assertThat(found(search("", 50, null))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void shouldTakeInNothingOfABatchThatDoesNotContinueTheLog() {
        // Given
        List<CommittedEntry> entries = ViewsUnderTest.entries(2, ViewsUnderTest.story(1));
        take(2, 0, entries.subList(0, 3));
        long position = next(entries.subList(0, 3));
        var gap = new ArrayList<>(entries.subList(3, 6));
        gap.remove(1);

        // When
        assertThatThrownBy(() -> take(2, position, gap))
                .isInstanceOf(BrokenLogException.class)
                .hasMessageContaining("Entry 2/5 came where 2/4 was due");

        // Then
        assertThat(await(() -> ledger.timeline(Samples.action(1))).orElseThrow().lines())
                .hasSize(3);
        assertThat(await(views::positions)).isEqualTo(Map.of(2, position));
    }

    @Test
    void shouldFindActionsPageByPage() {
        // Given
        take(0, 0, ViewsUnderTest.entries(0, stories(7)));

        // When
        var ids = new ArrayList<String>();
        ActionSearch.Cursor cursor = null;
        int pages = 0;
        do {
            ActionSearch.Page page = page(search("", 3, cursor));
            page.actions().forEach(action -> ids.add(action.actionId().value()));
            cursor = page.next() == null
                    ? null
                    : ActionSearch.Cursor.parse(page.next().text()).orElseThrow();
            pages++;
        } while (cursor != null);

        // Then
        assertThat(pages).isEqualTo(3);
        assertThat(ids).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void shouldNarrowASearchByEachOfItsParts() {
        // Given
        var events = new ArrayList<>(ViewsUnderTest.story(1));
        events.add(Samples.requested(Samples.action(2)));
        events.add(Samples.requested(Samples.action(3)));
        events.add(Samples.rejected(Samples.action(3)));
        events.add(Samples.allowed(Samples.action(4)));
        events.add(ApprovalSamples.revoked(Samples.action(4)));
        take(0, 0, ViewsUnderTest.entries(0, events));

        // When, Then
        assertThat(ids(new ActionSearch(null, "revoked", null, List.of(), null, 10)))
                .containsExactly(id(4));
        assertThat(ids(search("ticket was closed", 10, null))).containsExactly(id(4));
        assertThat(ids(new ActionSearch(null, "allowed", null, List.of(), null, 10)))
                .containsExactly(id(1));
        assertThat(ids(new ActionSearch(null, "pending", null, List.of(), null, 10)))
                .containsExactly(id(2));
        assertThat(ids(new ActionSearch("etl-agent", "rejected", "data.export", List.of(), null, 10)))
                .containsExactly(id(3));
        assertThat(ids(new ActionSearch("etl-agent' or '1'='1", null, null, List.of(), null, 10)))
                .isEmpty();
        assertThat(ids(search("REVIEWER too many", 10, null))).containsExactly(id(3));
        assertThat(ids(search("100%_", 10, null))).isEmpty();
        assertThat(ids(search(id(2), 10, null))).containsExactly(id(2));
    }

    private static List<Event> stories(int count) {
        var events = new ArrayList<Event>();
        for (int i = 1; i <= count; i++) {
            events.addAll(ViewsUnderTest.story(i));
        }
        return events;
    }

    private void take(int log, long from, List<CommittedEntry> batch) {
        await(() -> views.take(log, from, batch, next(batch)));
    }

    private static long next(List<CommittedEntry> batch) {
        return batch.getLast().offset() + 1;
    }

    private static String id(int number) {
        return Samples.action(number).value();
    }

    private static ActionSearch search(String q, int limit, ActionSearch.@Nullable Cursor after) {
        return new ActionSearch(null, null, null, ActionSearch.words(q), after, limit);
    }

    private ActionSearch.Page page(ActionSearch search) {
        return await(() -> ledger.search(search));
    }

    private List<ActionView> found(ActionSearch search) {
        return page(search).actions();
    }

    private List<String> ids(ActionSearch search) {
        return found(search).stream().map(action -> action.actionId().value()).toList();
    }
}
