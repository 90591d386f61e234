package io.obstat.decision.postgres;

import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Fact;
import io.obstat.decision.Roster;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/** Notes every vote in {@code decision.votes}, in the transaction in which it counts. */
final class Votes {

    private static final String NOTE = """
            insert into decision.votes (action_id, review_id, person, reviewer, verb, opened_at, voted_at, decisive, voter)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            on conflict (action_id, review_id) do nothing""";

    private Votes() {}

    /** @param decisive whether the decision followed from it at once */
    private record Row(ReviewRecorded recorded, boolean decisive) {}

    static Uni<Void> note(Session session, ApprovalState next, List<Fact> facts) {
        List<Row> rows = rows(facts);
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant openedAt = ApprovalView.of(next).orElseThrow().openedAt();
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> note(session, row, openedAt))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The key under which a person's votes are counted: their address where it is known, since that is the same in every channel. */
    static String person(Person person) {
        return (person.email() == null ? person.subject() : person.email()).toLowerCase(Locale.ROOT);
    }

    private static List<Row> rows(List<Fact> facts) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).event() instanceof ReviewRecorded recorded) {
                boolean decisive = i + 1 < facts.size() && facts.get(i + 1).event() instanceof Decision;
                rows.add(new Row(recorded, decisive));
            }
        }
        return rows;
    }

    private static Uni<Integer> note(Session session, Row row, Instant openedAt) {
        ReviewRecorded recorded = row.recorded();
        Reviewer reviewer = recorded.review().reviewer();
        return session.createNativeQuery(NOTE)
                .setParameter(1, recorded.actionId().value())
                .setParameter(2, recorded.review().id().value())
                .setParameter(3, person(reviewer.person()))
                .setParameter(4, new String(Json.write(reviewer), StandardCharsets.UTF_8))
                .setParameter(5, Json.tree(recorded.review().verb()).textValue())
                .setParameter(6, openedAt)
                .setParameter(7, recorded.recordedAt())
                .setParameter(8, row.decisive())
                .setParameter(9, Roster.vouchedKey(reviewer))
                .executeUpdate();
    }
}
