package io.obstat.ledger.pages;

import io.obstat.contracts.Person;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.Mood;
import io.obstat.ledger.Narrator;
import io.obstat.ledger.VisibleText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An action in the words of the pages. Text that anyone could have chosen is {@link VisibleText}. */
record Shown(ActionView action) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static String day(Instant time) {
        return DAY.format(time);
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    public String id() {
        return action.actionId().value();
    }

    public String shortId() {
        return "#" + action.actionId().shortForm();
    }

    public String firstDay() {
        return day(action.firstAt());
    }

    public String firstTime() {
        return time(action.firstAt());
    }

    /** The action in plain words by policy, or its type as long as policy has not spoken. */
    public VisibleText title() {
        if (action.assessed() != null) {
            return VisibleText.of(action.assessed().title());
        }
        return VisibleText.of(
                action.asked() == null ? "An action" : action.asked().type());
    }

    public @Nullable String risk() {
        return action.assessed() == null
                ? null
                : Narrator.risk(action.assessed().risk());
    }

    public VisibleText type() {
        return VisibleText.of(action.asked() == null ? "" : action.asked().type());
    }

    public VisibleText resource() {
        return VisibleText.of(action.asked() == null ? "" : action.asked().resource());
    }

    public VisibleText environment() {
        return VisibleText.of(action.asked() == null ? "" : action.asked().environment());
    }

    public @Nullable VisibleText agent() {
        return action.asked() == null ? null : VisibleText.of(action.asked().agent());
    }

    public @Nullable VisibleText owner() {
        return action.asked() == null ? null : person(action.asked().owner());
    }

    public @Nullable VisibleText onBehalfOf() {
        return action.asked() == null || action.asked().onBehalfOf() == null
                ? null
                : person(action.asked().onBehalfOf());
    }

    public @Nullable VisibleText intent() {
        return action.asked() == null ? null : VisibleText.of(action.asked().intent());
    }

    public String digest() {
        return action.asked() == null ? "" : action.asked().digest().value();
    }

    /** How it ended, or that it has not. */
    public String outcome() {
        return action.decided() == null
                ? "pending"
                : Narrator.outcome(action.decided().outcome());
    }

    /** The style of the outcome: {@code good}, {@code bad} or none. */
    public String mood() {
        return mood(
                action.decided() == null
                        ? Mood.NEITHER
                        : Mood.of(action.decided().outcome()));
    }

    static String mood(Mood mood) {
        return switch (mood) {
            case YES -> "good";
            case NO -> "bad";
            case NEITHER -> "";
        };
    }

    /** Who or what decided; empty as long as nobody has. */
    public VisibleText decidedBy() {
        ActionView.Decided decided = action.decided();
        if (decided == null) {
            return VisibleText.of("");
        }
        return VisibleText.of(
                switch (decided.by()) {
                    case POLICY -> "policy";
                    case PEOPLE ->
                        decided.people().isEmpty()
                                ? "people"
                                : decided.people().stream().map(Narrator::name).collect(Collectors.joining(", "));
                    case TIME -> "the deadline";
                    case AGENT -> "the agent";
                });
    }

    /** Whether a person decided, whose name authentication proved. */
    public boolean decidedByPeople() {
        return action.decided() != null && !action.decided().people().isEmpty();
    }

    public @Nullable VisibleText reason() {
        return action.decided() == null ? null : VisibleText.of(action.decided().reason());
    }

    /** What ran, in words. */
    public String ran() {
        return switch (action.status()) {
            case RUNNING -> "grant used, no outcome reported yet";
            case RAN -> "ran, as the agent reports";
            case FAILED -> "ran and failed, as the agent reports";
            case ALLOWED -> "allowed, not run yet";
            case REQUESTED, PENDING, DENIED, REJECTED, EXPIRED, WITHDRAWN -> "nothing ran";
        };
    }

    /** Attempts that were refused, in words; empty when there were none. */
    public String refusals() {
        int reviews = action.tally().refusedReviews();
        int grants = action.tally().misusedGrants();
        String said = reviews == 0 ? "" : reviews == 1 ? "1 refused review" : reviews + " refused reviews";
        String used =
                grants == 0 ? "" : grants == 1 ? "1 refused use of the grant" : grants + " refused uses of the grant";
        return said.isEmpty() || used.isEmpty() ? said + used : said + ", " + used;
    }

    private static VisibleText person(Person person) {
        return VisibleText.of(Narrator.name(person));
    }
}
