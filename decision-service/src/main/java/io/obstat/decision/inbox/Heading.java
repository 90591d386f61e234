package io.obstat.decision.inbox;

import io.obstat.contracts.Action;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.ApprovalView;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer sees first.
 *
 * @param shortId what people say to each other, such as {@code 7Q2F}
 * @param risk {@code low}, {@code medium}, {@code high} or {@code critical}
 * @param title in plain words, from policy
 * @param due how long people have; {@code null} once it is decided, or when nobody was asked
 */
public record Heading(
        String shortId,
        String risk,
        VisibleText title,
        VisibleText type,
        VisibleText resource,
        VisibleText environment,
        @Nullable Countdown due) {

    static Heading of(ApprovalView view, Instant now) {
        Action action = view.request().action();
        @Nullable Instant expiresAt = view.expiresAt();
        return new Heading(
                view.actionId().shortForm(),
                view.assessment().risk().name().toLowerCase(Locale.ROOT),
                VisibleText.of(view.assessment().title()),
                VisibleText.of(action.type().value()),
                VisibleText.of(action.resource()),
                VisibleText.of(action.environment()),
                expiresAt == null || !view.pending() ? null : Countdown.to(expiresAt, now));
    }
}
