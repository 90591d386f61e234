package io.obstat.decision.postgres;

import io.obstat.contracts.AgentId;
import io.obstat.decision.Member;
import io.obstat.decision.Member.Identity;
import io.obstat.decision.Roster.Delegation;
import io.obstat.decision.directory.Rows;
import io.obstat.decision.directory.Rows.Owned;
import io.obstat.decision.reactive.Snapshots;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.jspecify.annotations.Nullable;

/** {@link Snapshots} of the directory's tables. */
@ApplicationScoped
class PostgresSnapshots implements Snapshots {

    private static final String VERSION = "select version from decision.directory_version";

    /** A directory of 100,000 takes seconds, and more on a busy machine; one that is given up is begun anew, and nobody decides meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String AS_LONG = "set local statement_timeout = %d".formatted(PATIENCE.toMillis());

    // All that follows sees one moment.
    private static final String ONE_MOMENT = "set transaction isolation level repeatable read";

    // One row a member: what is several lies in lines, and no value has a line break.
    private static final String MEMBERS = """
            select member.id, member.active, key.lines, key.former, team.lines
            from decision.members member
            left join (select member_id,
                           string_agg(channel || ' ' || value, chr(10)) filter (where not former) as lines,
                           string_agg(channel || ' ' || value, chr(10)) filter (where former) as former
                       from decision.identities group by member_id) key on key.member_id = member.id
            left join (select membership.member_id, string_agg(grp.name, chr(10)) as lines
                       from decision.memberships membership join decision.groups grp on grp.id = membership.group_id
                       group by membership.member_id) team on team.member_id = member.id""";

    private static final String DELEGATIONS = "select from_id, to_id, since, until from decision.delegations";
    private static final String OWNERS = "select agent_id, channel, value from decision.agent_owners";
    private static final String SUSPENDED = "select agent_id from decision.suspensions";

    private final Transactions transactions;

    PostgresSnapshots(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Long> version() {
        return transactions.runOne(
                session -> session.createNativeQuery(VERSION, Long.class).getSingleResult());
    }

    @Override
    public Uni<Snapshot> load() {
        return transactions
                .run(PostgresSnapshots::read, PATIENCE)
                // A large directory takes a while to put together, and the event loop has others to serve.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(read -> new Snapshot(read.version(), read.rows().get().roster()));
    }

    private record Read(long version, Supplier<Rows> rows) {}

    private static Uni<Read> read(Session session) {
        return session.createNativeQuery(ONE_MOMENT)
                .executeUpdate()
                .chain(() -> session.createNativeQuery(AS_LONG).executeUpdate())
                .chain(() -> session.createNativeQuery(VERSION, Long.class).getSingleResult())
                .chain(version -> table(session, MEMBERS)
                        .chain(members -> table(session, DELEGATIONS)
                                .chain(delegations -> table(session, OWNERS)
                                        .chain(owners -> session.createNativeQuery(SUSPENDED, String.class)
                                                .getResultList()
                                                .map(suspended -> new Read(
                                                        version,
                                                        () -> rows(members, delegations, owners, suspended)))))));
    }

    private static Uni<List<Object[]>> table(Session session, String query) {
        return session.createNativeQuery(query, Object[].class).getResultList();
    }

    private static Rows rows(
            List<Object[]> members, List<Object[]> delegations, List<Object[]> owners, List<String> suspended) {
        return new Rows(
                all(members, PostgresSnapshots::member),
                all(
                        delegations,
                        row -> new Delegation((String) row[0], (String) row[1], Times.of(row[2]), Times.of(row[3]))),
                all(owners, row -> new Owned(new AgentId((String) row[0]), (String) row[1], (String) row[2])),
                suspended.stream().map(AgentId::new).collect(Collectors.toSet()));
    }

    private static <T> List<T> all(List<Object[]> rows, Function<Object[], T> read) {
        return rows.stream().map(read).toList();
    }

    private static Member member(@Nullable Object[] row) {
        return new Member(
                String.valueOf(row[0]),
                identities(row[2]),
                identities(row[3]),
                Lines.of(row[4]).collect(Collectors.toSet()),
                Boolean.TRUE.equals(row[1]));
    }

    private static Set<Identity> identities(@Nullable Object column) {
        return Lines.of(column).map(Lines::identity).collect(Collectors.toSet());
    }
}
