package io.obstat.ledger.pages;

import io.obstat.ledger.ActionSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param next the address of the next page, if there is one */
record ActionsShown(List<Shown> actions, @Nullable String next) {
    static ActionsShown of(ActionSearch.Page page, SearchForm form) {
        return new ActionsShown(
                page.actions().stream().map(Shown::new).toList(), page.next() == null ? null : form.next(page.next()));
    }
}
