package io.obstat.decision.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.decision.Answer;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Decider;
import io.obstat.decision.Fact;
import io.obstat.decision.Transition;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.Inquiry;
import io.obstat.decision.reactive.OutgoingFact;
import io.obstat.decision.reactive.States;
import io.obstat.decision.reactive.UndecidableException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny.AbstractQuery;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.jspecify.annotations.Nullable;

/** {@link States} in {@code decision.approvals}, with the facts in {@code decision.outbox}. */
@ApplicationScoped
class PostgresStates implements States {

    private static final String DUE = """
            select due_at, action_id from decision.approvals where due_at <= ?1 and (due_at, action_id) > (?2, ?3)
            order by due_at, action_id limit ?4 for update skip locked""";

    private static final String OTHER_POLICY = """
            select action_id from decision.approvals where state = 'pending' and policy_set <> ?1 and action_id > ?2
            order by action_id limit ?3""";

    private static final String ROW = """
            insert into decision.approvals (action_id, version, state, document, agent, asked, grant_id, opened_at, expires_at,
                                            decided_at, changed_at, due_at, digest, alike, policy_set, asked_groups, plan)
            values (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)""";

    // Not an error of the database when there is such a row already: two first commands of an action may meet.
    private static final String INSERT = ROW + " on conflict (action_id) do nothing";

    // The first command of an action whole: its row, and its facts in their order. Without effect when there is such a
    // row.
    private static final String BEGIN = "with opened as (" + INSERT + " returning action_id)" + """
            insert into decision.outbox (event_id, action_id, topic, headers, value, lease_until)
            select fact.event_id, opened.action_id, fact.topic, fact.headers, decode(fact.value, 'base64'), ?17
            from opened, json_to_recordset(cast(cast(?18 as text) as json)) as
                fact (place integer, event_id text, topic text, headers text, value text)
            order by fact.place
            returning ordinal""";

    private static final String WAITING = "select count(*) from OutboxRow where actionId = ?1";

    private final Transactions transactions;
    private final Decider decider;
    private final Clock clock;
    private final Duration lease;

    PostgresStates(Transactions transactions, Decider decider, Clock clock, DecisionConfig config) {
        this.transactions = transactions;
        this.decider = decider;
        this.clock = clock;
        this.lease = config.outbox().lease();
    }

    @Override
    public <A extends Answer> Uni<Change<A>> change(
            ActionId id,
            @Nullable String traceparent,
            Inquiry inquiry,
            BiFunction<ApprovalState, Load, Transition<A>> decide) {
        // The row lock keeps changes of one action apart, and so the ordinals of its facts in the order of the commits.
        return transactions
                .run(session -> Loads.find(session, id, inquiry, clock.instant())
                        .chain(load -> session.find(ApprovalRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE)
                                .chain(row ->
                                        changed(session, id, row, state -> decide.apply(state, load), traceparent))))
                // The row that won is there at the second look; the transaction that lost has nothing to keep.
                .onFailure(LostRaceException.class)
                .retry()
                .atMost(3);
    }

    @Override
    public <A extends Answer> Uni<Change<A>> begin(
            ActionId id, @Nullable String traceparent, Function<ApprovalState, Transition<A>> decide) {
        return Uni.createFrom().deferred(() -> {
            Transition<A> transition = certain(id, () -> decide.apply(ApprovalState.Unopened.empty()));
            if (transition.facts().isEmpty()) {
                return changed(id, traceparent, decide);
            }
            Instant now = clock.instant();
            ApprovalRow row = certain(id, () -> ApprovalRow.of(id, transition.next(), due(transition.next()), now));
            List<OutboxRow> facts = transition.facts().stream()
                    .map(fact -> certain(id, () -> OutboxRow.of(fact, traceparent, now, now.plus(lease))))
                    .toList();
            return transactions
                    .runOne(session -> begun(session, row, facts))
                    .chain(outgoing -> outgoing.isEmpty()
                            ? changed(id, traceparent, decide)
                            : Uni.createFrom()
                                    .item(new Change<>(transition.answer(), transition.next(), true, outgoing)));
        });
    }

    private <A extends Answer> Uni<Change<A>> changed(
            ActionId id, @Nullable String traceparent, Function<ApprovalState, Transition<A>> decide) {
        return change(id, traceparent, new Inquiry.None(), (state, load) -> decide.apply(state));
    }

    /** The facts in the outbox; none when another command was first. */
    private static Uni<List<OutgoingFact>> begun(Session session, ApprovalRow row, List<OutboxRow> facts) {
        return withColumns(session.createNativeQuery(BEGIN, Long.class), row)
                .setParameter(17, facts.getFirst().leaseUntil)
                .setParameter(18, OutboxRow.json(facts))
                .getResultList()
                .map(ordinals -> IntStream.range(0, ordinals.size())
                        .mapToObj(i -> facts.get(i).stored(ordinals.get(i)).outgoing())
                        .toList());
    }

    @Override
    public Uni<List<Due>> due(Instant now, @Nullable Due after, int most) {
        return transactions
                .run(session -> session.createNativeQuery(DUE, Object[].class)
                        .setParameter(1, now)
                        // Nothing of ours was due before then.
                        .setParameter(2, after == null ? Instant.EPOCH : after.at())
                        .setParameter(3, after == null ? "" : after.action().value())
                        .setParameter(4, most)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Due(Times.of(row[0]), new ActionId((String) row[1])))
                        .toList());
    }

    @Override
    public Uni<List<ActionId>> underOtherPolicy(String policySet, @Nullable ActionId after, int most) {
        return transactions
                .run(session -> session.createNativeQuery(OTHER_POLICY, String.class)
                        .setParameter(1, policySet)
                        .setParameter(2, after == null ? "" : after.value())
                        .setParameter(3, most)
                        .getResultList())
                .map(ids -> ids.stream().map(ActionId::new).toList());
    }

    private <A extends Answer> Uni<Change<A>> changed(
            Session session,
            ActionId id,
            @Nullable ApprovalRow row,
            Function<ApprovalState, Transition<A>> decide,
            @Nullable String traceparent) {
        ApprovalState before = row == null ? ApprovalState.Unopened.empty() : certain(id, row::approvalState);
        Transition<A> transition = certain(id, () -> decide.apply(before));
        if (transition.next().equals(before) && transition.facts().isEmpty()) {
            if (row != null) {
                certain(id, () -> row.isDue(due(before)));
            }
            return Uni.createFrom().item(new Change<>(transition.answer(), before, false, List.of()));
        }
        return saved(session, id, row, transition.next())
                .chain(() -> Votes.note(session, transition.next(), transition.facts()))
                .chain(() -> kept(session, row == null, id, transition.facts(), traceparent))
                .map(outgoing -> new Change<>(transition.answer(), transition.next(), true, outgoing));
    }

    private Uni<Void> saved(Session session, ActionId id, @Nullable ApprovalRow row, ApprovalState next) {
        Instant now = clock.instant();
        if (row != null) {
            certain(id, () -> row.become(next, due(next), now));
            return Uni.createFrom().voidItem();
        }
        return inserted(session, certain(id, () -> ApprovalRow.of(id, next, due(next), now)))
                .invoke(count -> {
                    if (count == 0) {
                        throw new LostRaceException(id);
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Integer> inserted(Session session, ApprovalRow row) {
        return withColumns(session.createNativeQuery(INSERT), row).executeUpdate();
    }

    private static <Q extends AbstractQuery> Q withColumns(Q query, ApprovalRow row) {
        query.setParameter(1, row.actionId)
                .setParameter(2, row.state)
                .setParameter(3, row.document)
                .setParameter(4, row.agent)
                .setParameter(5, row.asked)
                .setParameter(6, row.grantId)
                .setParameter(7, row.openedAt)
                .setParameter(8, row.expiresAt)
                .setParameter(9, row.decidedAt)
                .setParameter(10, row.changedAt)
                .setParameter(11, row.dueAt)
                .setParameter(12, row.digest)
                .setParameter(13, row.alike)
                .setParameter(14, row.policySet)
                .setParameter(15, row.askedGroups)
                .setParameter(16, row.plan);
        return query;
    }

    /** Puts facts into the outbox. Returns them to be published at once, unless earlier ones are still on their way. */
    private Uni<List<OutgoingFact>> kept(
            Session session, boolean isNew, ActionId id, List<Fact> facts, @Nullable String traceparent) {
        if (facts.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return noneWaits(session, isNew, id).chain(first -> {
            Instant now = clock.instant();
            List<OutboxRow> rows = facts.stream()
                    .map(fact -> certain(id, () -> OutboxRow.of(fact, traceparent, now, first ? now.plus(lease) : now)))
                    .toList();
            return Multi.createFrom()
                    .iterable(rows)
                    .onItem()
                    .transformToUniAndConcatenate(row -> session.persist(row).chain(session::flush))
                    .collect()
                    .last()
                    .map(done -> first ? rows.stream().map(OutboxRow::outgoing).toList() : List.of());
        });
    }

    /** Whether no fact of the action is on its way. A new action has none, since facts are only ever written together with its row. */
    private static Uni<Boolean> noneWaits(Session session, boolean isNew, ActionId id) {
        return isNew
                ? Uni.createFrom().item(true)
                : session.createSelectionQuery(WAITING, Long.class)
                        .setParameter(1, id.value())
                        .getSingleResult()
                        .map(waiting -> waiting == 0);
    }

    private @Nullable Instant due(ApprovalState state) {
        return decider.due(state).orElse(null);
    }

    /** What is no matter of the database: it fails in the same way when it is tried again. */
    private static <T> T certain(ActionId id, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw new UndecidableException(id, e);
        }
    }
}
