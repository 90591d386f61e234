package io.obstat.ledger.pages;

import io.obstat.contracts.Person;
import io.obstat.contracts.event.Decision;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.Mood;
import io.obstat.ledger.VisibleText;
import io.obstat.ledger.Words;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        return action.assessed() == null ? null : Words.risk(action.assessed().risk());
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
        return Words.outcome(action);
    }

    /** The style of the outcome: {@code good}, {@code bad} or none. */
    public String mood() {
        return mood(Mood.of(action));
    }

    static String mood(Mood mood) {
        return switch (mood) {
            case YES -> "good";
            case NO -> "bad";
            case NEITHER -> "";
        };
    }

    /** Who or what decided, or revoked the decision; empty as long as nobody has. */
    public VisibleText decidedBy() {
        ActionView.Decided decided = action.decided();
        return VisibleText.of(
                decidedByPeople()
                        ? people().map(Words::name).collect(Collectors.joining(", "))
                        : action.revoked() != null ? "the agent" : decided == null ? "" : Words.decider(decided.by()));
    }

    /** Whether it was a person, whose name authentication proved. */
    public boolean decidedByPeople() {
        return people().findAny().isPresent();
    }

    private Stream<Person> people() {
        ActionView.Revoked revoked = action.revoked();
        if (revoked != null) {
            return Stream.ofNullable(revoked.by());
        }
        ActionView.Decided decided = action.decided();
        if (decided == null) {
            return Stream.empty();
        }
        return switch (decided.by()) {
            case PEOPLE, BREAK_GLASS -> decided.people().stream();
            // Those who said yes before it was too late decided nothing.
            case POLICY, TIME, AGENT -> Stream.empty();
        };
    }

    public @Nullable VisibleText reason() {
        if (action.revoked() != null) {
            return VisibleText.of(action.revoked().reason());
        }
        return action.decided() == null ? null : VisibleText.of(action.decided().reason());
    }

    /** What ran, in words. */
    public String ran() {
        return switch (action.status()) {
            case RUNNING -> "grant used, no outcome reported yet";
            case RAN -> "ran, as the agent reports";
            case FAILED -> "ran and failed, as the agent reports";
            case ALLOWED -> "allowed, not run yet";
            case REVOKED -> "nothing ran, the grant is void";
            case REQUESTED, PENDING, DENIED, REJECTED, EXPIRED, WITHDRAWN, UNDELIVERABLE, SUPERSEDED, POLICY_CHANGED ->
                "nothing ran";
        };
    }

    /** What an auditor would look into, in words; empty when there is nothing. */
    public String exceptions() {
        boolean emergency = action.decided() != null && action.decided().by() == Decision.DecidedBy.BREAK_GLASS;
        return Stream.of(
                        Stream.of(emergency ? "allowed in an emergency" : ""),
                        action.alarms().stream().map(Shown::alarm),
                        Stream.of(
                                count(action.tally().refusedReviews(), "refused review", "refused reviews"),
                                count(
                                        action.tally().misusedGrants(),
                                        "refused use of the grant",
                                        "refused uses of the grant")))
                .flatMap(words -> words)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String alarm(ActionView.Alarm alarm) {
        return switch (alarm) {
            case NOBODY_REACHED -> "nobody could be told in time";
            case GLASS_OVERDUE -> "not signed in time";
            case RUN_OVERDUE -> "no run reported in time";
        };
    }

    private static String count(int number, String one, String many) {
        return number == 0 ? "" : number + " " + (number == 1 ? one : many);
    }

    private static VisibleText person(Person person) {
        return VisibleText.of(Words.name(person));
    }
}
