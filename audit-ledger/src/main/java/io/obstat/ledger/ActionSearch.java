package io.obstat.ledger;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search for actions, newest first. Every part narrows it.
 *
 * @param agent exactly this agent
 * @param outcome one of {@link #OUTCOMES}
 * @param type exactly this action type
 * @param words each must occur somewhere in what is known of the action; at most 8
 * @param after continue after the last action of the page before
 * @param limit 1 to {@link #MOST}
 */
public record ActionSearch(
        @Nullable String agent,
        @Nullable String outcome,
        @Nullable String type,
        List<String> words,
        @Nullable Cursor after,
        int limit) {
    public static final int MOST = 200;
    /** An outcome, {@code pending} for actions without one, or {@code revoked} for those whose outcome no longer holds. */
    public static final List<String> OUTCOMES = Stream.of(
                    Stream.of(Words.PENDING),
                    Arrays.stream(Outcome.values()).map(Words::outcome),
                    Stream.of(Words.REVOKED))
            .flatMap(words -> words)
            .toList();

    private static final int MOST_WORDS = 8;

    public ActionSearch {
        Required.optionalText("agent", agent, 128);
        Required.optionalText("type", type, 100);
        words = Required.list("q", words, MOST_WORDS);
        if (outcome != null && !OUTCOMES.contains(outcome)) {
            throw new InvalidFieldException("outcome", "is %s; use one of %s".formatted(Quoted.of(outcome), OUTCOMES));
        }
        if (limit < 1 || limit > MOST) {
            throw new InvalidFieldException("limit", "is %d; it must be 1 to %d".formatted(limit, MOST));
        }
    }

    /** The words of what a person typed, in lower case. @throws InvalidFieldException when it is longer than 200 characters */
    public static List<String> words(@Nullable String typed) {
        Required.optionalText("q", typed, 200);
        return typed == null || typed.isBlank()
                ? List.of()
                : List.of(typed.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    /**
     * Where a page ended.
     *
     * @param firstAt the last action's earliest event time, to the microsecond
     */
    public record Cursor(Instant firstAt, ActionId actionId) {
        /** Opaque to whoever passes it back. */
        public String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((firstAt + " " + actionId).getBytes(StandardCharsets.UTF_8));
        }

        /** @throws InvalidFieldException when it was not made by {@link #text()} */
        public static Optional<Cursor> parse(@Nullable String text) {
            if (text == null || text.isEmpty()) {
                return Optional.empty();
            }
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
                if (parts.length == 2) {
                    return Optional.of(new Cursor(Instant.parse(parts[0]), new ActionId(parts[1])));
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                // Said below, in words that help.
            }
            throw new InvalidFieldException(
                    "cursor",
                    "is %s, no cursor of ours; take it from \"next\" of the page before".formatted(Quoted.of(text)));
        }
    }

    /** @param next where the next page begins, when there is one */
    public record Page(List<ActionView> actions, @Nullable Cursor next) {
        public Page {
            actions = List.copyOf(actions);
        }
    }
}
