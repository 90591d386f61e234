package io.obstat.decision.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.reactive.Inquiry;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/** Looks up what a command has to know of other actions. */
final class Loads {

    // Of one agent, one request at a time: two that are the same must not both find that there is no other.
    private static final String ALONE = "select 1 from pg_advisory_xact_lock(hashtextextended(?1, 0))";

    // What is out of time waits for nobody any more, even when the sweep has not come by yet.
    private static final String OF_AGENT = """
            select (select count(*) from decision.approvals where agent = ?1 and state = 'pending' and action_id <> ?2 and expires_at > ?5),
                   (select action_id from decision.approvals
                    where agent = ?1 and digest = ?3 and state = 'pending' and action_id <> ?2 and expires_at > ?5
                    order by opened_at, action_id limit 1),
                   (select decided_at from decision.approvals where agent = ?1 and alike = ?4 and state = 'rejected'
                    order by decided_at desc limit 1)""";

    private static final String OF_GLASS =
            "select distinct unnest(glass_keys) from decision.approvals where glass_due_at <= ?1";

    private Loads() {}

    static Uni<Load> find(Session session, ActionId id, Inquiry inquiry, Instant now) {
        return switch (inquiry) {
            case Inquiry.None none -> Uni.createFrom().item(Load.NONE);
            case Inquiry.OfAgent ofAgent -> ofAgent(session, id, ofAgent.request(), now);
            case Inquiry.OfGlass ofGlass -> overdue(session, now).map(keys -> new Load(0, null, null, keys));
        };
    }

    /** A hash of what makes two requests alike: their type and resource. */
    static String alike(ActionRequested request) {
        return CanonicalJson.sha256(JsonNodeFactory.instance
                .arrayNode()
                .add(request.action().type().value())
                .add(request.action().resource()));
    }

    private static Uni<Load> ofAgent(Session session, ActionId id, ActionRequested request, Instant now) {
        String agent = request.verified().agent().value();
        return session.createNativeQuery(ALONE, Integer.class)
                .setParameter(1, agent)
                .getResultList()
                .chain(locked -> session.createNativeQuery(OF_AGENT, Tuple.class)
                        .setParameter(1, agent)
                        .setParameter(2, id.value())
                        .setParameter(3, request.digest().value())
                        .setParameter(4, alike(request))
                        .setParameter(5, now)
                        .getSingleResult())
                // A review that broke the glass before policy spoke is judged now.
                .chain(row -> overdue(session, now).map(keys -> load(row, keys)));
    }

    private static Load load(Tuple row, Set<String> overdue) {
        return new Load(
                row.get(0, Long.class).intValue(),
                row.get(1, String.class) == null ? null : new ActionId(row.get(1, String.class)),
                row.get(2, OffsetDateTime.class) == null
                        ? null
                        : row.get(2, OffsetDateTime.class).toInstant(),
                overdue);
    }

    private static Uni<Set<String>> overdue(Session session, Instant now) {
        return session.createNativeQuery(OF_GLASS, String.class)
                .setParameter(1, now)
                .getResultList()
                .map(Set::copyOf);
    }
}
