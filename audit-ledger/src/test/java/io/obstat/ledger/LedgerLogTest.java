package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerLogTest {
    private final List<LedgerEntry> entries = entries(1);

    @Test
    void shouldGoOnWhereStateAndEntriesAgree() {
        // Given
        var empty = new LedgerLog(0, Frontier.EMPTY);
        LedgerLog one = empty.follow(entries.getFirst());

        // When, Then
        assertThat(LedgerLog.continuing(0, Frontier.EMPTY, null)).isEqualTo(empty);
        assertThat(LedgerLog.continuing(0, one.frontier(), entries.getFirst())).isEqualTo(one);
    }

    @Test
    void shouldNeverForkALog() {
        // Given
        LedgerLog one = new LedgerLog(0, Frontier.EMPTY).follow(entries.get(0));
        LedgerLog two = one.follow(entries.get(1));
        LedgerEntry foreign = entries(2).get(0);

        // When, Then: lost, behind, ahead, without its log, and of another ledger
        assertRefused(Frontier.EMPTY, entries.get(1), "has 2 committed entries, but the ledger's state knows of 0");
        assertRefused(one.frontier(), entries.get(1), "has 2 committed entries, but the ledger's state knows of 1");
        assertRefused(two.frontier(), entries.get(0), "has 1 committed entries, but the ledger's state knows of 2");
        assertRefused(two.frontier(), null, "has 0 committed entries, but the ledger's state knows of 2");
        assertRefused(one.frontier(), foreign, "has the root " + foreign.rootHash());
    }

    private static void assertRefused(Frontier frontier, @Nullable LedgerEntry last, String why) {
        assertThatThrownBy(() -> LedgerLog.continuing(0, frontier, last))
                .isInstanceOf(BrokenLogException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("bring-the-ledger-back.md");
    }

    private static List<LedgerEntry> entries(int story) {
        return ViewsUnderTest.entries(0, ViewsUnderTest.story(story)).stream()
                .map(CommittedEntry::entry)
                .toList();
    }
}
