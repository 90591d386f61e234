package io.obstat.ledger.postgres;

import static java.util.stream.Collectors.joining;

import io.obstat.contracts.json.Json;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.Words;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row of {@code ledger.actions}: the view of an action, and what it can be found by. */
@Entity
@Table(schema = "ledger", name = "actions")
class ActionRow {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    @Id
    @Column(name = "action_id")
    private String actionId;

    @Column(name = "first_at")
    private Instant firstAt;

    @Column(name = "agent")
    private @Nullable String agent;

    @Column(name = "type")
    private @Nullable String type;

    @Column(name = "outcome")
    private @Nullable String outcome;

    @Column(name = "search")
    private String search;

    @Column(name = "view")
    private String view;

    /** For Hibernate. */
    protected ActionRow() {}

    String actionId() {
        return actionId;
    }

    Instant firstAt() {
        return firstAt;
    }

    ActionView view() {
        return view(view);
    }

    /** The view in the column of this name. */
    static ActionView view(String column) {
        return Json.readEvent(column.getBytes(StandardCharsets.UTF_8), ActionView.class);
    }

    /** The row of a view, by the names of the columns. */
    static Map<String, @Nullable Object> columns(ActionView view) {
        ActionView.Asked asked = view.asked();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("action_id", view.actionId().value());
        columns.put("first_at", storable(view.firstAt()));
        columns.put("agent", asked == null ? null : asked.agent());
        columns.put("type", asked == null ? null : asked.type());
        columns.put("outcome", view.decided() == null && view.revoked() == null ? null : Words.outcome(view));
        columns.put("search", withoutNul(words(view).collect(joining("\n")).toLowerCase(Locale.ROOT)));
        columns.put("view", new String(Json.write(view), StandardCharsets.UTF_8));
        return columns;
    }

    /** What an auditor would type: the action, who asked, for whom, what, who decided, and who revoked that. */
    private static Stream<String> words(ActionView view) {
        ActionView.Asked asked = view.asked();
        ActionView.Assessed assessed = view.assessed();
        ActionView.Decided decided = view.decided();
        ActionView.Revoked revoked = view.revoked();
        return Stream.of(
                        Stream.of(view.actionId().value()),
                        asked == null
                                ? Stream.<@Nullable String>empty()
                                : Stream.of(
                                        asked.agent(),
                                        Words.name(asked.owner()),
                                        asked.onBehalfOf() == null ? null : Words.name(asked.onBehalfOf()),
                                        asked.type(),
                                        asked.resource(),
                                        asked.environment(),
                                        asked.intent()),
                        assessed == null ? Stream.<@Nullable String>empty() : Stream.of(assessed.title()),
                        decided == null
                                ? Stream.<@Nullable String>empty()
                                : Stream.concat(
                                        Stream.of(Words.outcome(decided.outcome()), decided.reason()),
                                        decided.people().stream().map(Words::name)),
                        revoked == null
                                ? Stream.<@Nullable String>empty()
                                : Stream.of(
                                        Words.REVOKED,
                                        revoked.reason(),
                                        revoked.by() == null ? null : Words.name(revoked.by())))
                .flatMap(words -> words)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    /** A writer's clock can say anything; PostgreSQL's years end. The view keeps the time as it was said. */
    private static Instant storable(Instant time) {
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LATEST) ? LATEST : time;
    }

    /** PostgreSQL cannot keep U+0000 in text; nobody searches for it either. */
    private static String withoutNul(String text) {
        return text.replace("\u0000", "");
    }
}
