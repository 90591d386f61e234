package io.obstat.ledger.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.obstat.ledger.ActionSearch;
import java.net.URLEncoder;
import java.util.List;

/**
 * What the visitor searched for.
 *
 * @param q as typed; empty when they did not
 * @param outcome as chosen; empty for any
 */
record SearchForm(String q, String outcome) {
    /** The outcomes to choose from. */
    public List<String> outcomes() {
        return ActionSearch.OUTCOMES;
    }

    public boolean narrowed() {
        return !q.isBlank() || !outcome.isEmpty();
    }

    /** The address of the page after {@code cursor}. */
    public String next(ActionSearch.Cursor cursor) {
        return "/ledger?q=%s&outcome=%s&cursor=%s"
                .formatted(
                        URLEncoder.encode(q, UTF_8),
                        URLEncoder.encode(outcome, UTF_8),
                        URLEncoder.encode(cursor.text(), UTF_8));
    }
}
