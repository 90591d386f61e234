package io.obstat.decision.postgres;

import io.obstat.contracts.Quoted;
import io.obstat.decision.directory.Criterion;
import io.obstat.decision.directory.Groups;
import io.obstat.decision.directory.Provisioned;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.directory.RefusedException.Reason;
import io.obstat.decision.postgres.DirectoryChanges.Done;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.jspecify.annotations.Nullable;

/** {@link Groups} in the directory's tables. A change of a large group writes what is different, and nothing else. */
@ApplicationScoped
class PostgresGroups implements Groups {

    // The last two columns: the members where they are wanted, and the number of all rows.
    private static final String SELECT = """
            select id, name, external_id, document, created_at, changed_at,
                (select string_agg(member_id, chr(10) order by member_id) from decision.memberships where group_id = id),
                count(*) over ()
            from decision.groups where source = 'scim' and""";
    private static final String SELECT_WITHOUT_MEMBERS =
            SELECT.replaceFirst("\\(select string_agg.*\\),\n", "cast(null as text),\n");

    private static final String TAKEN =
            "select name from decision.groups where source = 'scim' and lower(name) = lower(?1) and id <> ?2";

    private static final String MEMBERS = "json_to_recordset(cast(cast(?1 as text) as json)) as listed (id text)";

    private static final String NO_USERS = """
            select listed.id from %s where not exists (
                select 1 from decision.members member where member.id = listed.id and member.source = 'scim' and not member.deleted)
            limit 1""".formatted(MEMBERS);

    private static final String SAVE = """
            insert into decision.groups (id, source, name, external_id, document, created_at, changed_at)
            values (?1, 'scim', ?2, nullif(?3, ''), ?4, ?5, ?5)
            on conflict (id) do update set name = excluded.name, external_id = excluded.external_id,
                document = excluded.document, changed_at = excluded.changed_at""";

    private static final String LEAVE = """
            delete from decision.memberships where group_id = ?2 and member_id in (select listed.id from %s)""".formatted(MEMBERS);
    private static final String JOIN = """
            insert into decision.memberships (group_id, member_id) select cast(?2 as text), listed.id from %s""".formatted(MEMBERS);

    private static final String DELETE = "delete from decision.groups where id = ?1";

    private final Transactions transactions;
    private final DirectoryChanges changes;
    private final Clock clock;

    PostgresGroups(Transactions transactions, DirectoryChanges changes, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<Provisioned<Group>>> find(String id, boolean withMembers) {
        return transactions.runOne(session -> find(session, id, withMembers));
    }

    @Override
    public Uni<Provisioned.Page<Group>> list(Criterion criterion, int first, int most, boolean withMembers) {
        return ProvisionedRows.page(
                transactions, select(withMembers), "name", criterion, first, most, PostgresGroups::group);
    }

    @Override
    public Uni<Provisioned<Group>> create(Group group) {
        return changes.change(session ->
                save(session, UUID.randomUUID().toString(), Set.of(), group).map(Done::changed));
    }

    @Override
    public Uni<Provisioned<Group>> change(String id, UnaryOperator<Group> change) {
        return changes.change(session -> find(session, id, true).chain(found -> {
            Provisioned<Group> before = found.orElseThrow(() -> ProvisionedRows.unknown("group", id));
            Group after = change.apply(before.content());
            return after.equals(before.content())
                    ? Uni.createFrom().item(Done.unchanged(before))
                    : save(session, id, before.content().members(), after).map(Done::changed);
        }));
    }

    @Override
    public Uni<Void> delete(String id) {
        return changes.<Boolean>change(session -> find(session, id, false)
                        .map(found -> found.orElseThrow(() -> ProvisionedRows.unknown("group", id)))
                        .chain(() -> DirectoryChanges.run(session, DELETE, id))
                        .replaceWith(Done.changed(true)))
                .replaceWithVoid();
    }

    private static Uni<Optional<Provisioned<Group>>> find(Session session, String id, boolean withMembers) {
        return session.createNativeQuery(select(withMembers) + " id = ?1", Object[].class)
                .setParameter(1, ProvisionedRows.id(id))
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(PostgresGroups::group));
    }

    private Uni<Provisioned<Group>> save(Session session, String id, Set<String> before, Group group) {
        String joining = ids(without(group.members(), before));
        String leaving = ids(without(before, group.members()));
        String externalId = group.externalId() == null ? "" : group.externalId();
        return refuse(
                        session.createNativeQuery(TAKEN, String.class)
                                .setParameter(1, group.name())
                                .setParameter(2, id)
                                .getResultList(),
                        Reason.TAKEN,
                        "displayName",
                        "which another group has; give each its own")
                .chain(() -> refuse(
                        session.createNativeQuery(NO_USERS, String.class)
                                .setParameter(1, joining)
                                .getResultList(),
                        Reason.INVALID,
                        "members",
                        "which is no user here; provision the user first, and groups within groups as their users"))
                .chain(() -> DirectoryChanges.run(
                        session, SAVE, id, group.name(), externalId, group.document(), clock.instant()))
                .chain(() -> DirectoryChanges.run(session, LEAVE, leaving, id))
                .chain(() -> DirectoryChanges.run(session, JOIN, joining, id))
                .chain(() -> find(session, id, true))
                .map(Optional::orElseThrow);
    }

    private static Uni<Void> refuse(Uni<List<String>> wrong, Reason reason, String field, String problem) {
        return wrong.invoke(values -> values.forEach(value -> {
                    throw new RefusedException(reason, field, "has %s, %s".formatted(Quoted.of(value), problem));
                }))
                .replaceWithVoid();
    }

    private static String select(boolean withMembers) {
        return withMembers ? SELECT : SELECT_WITHOUT_MEMBERS;
    }

    private static Set<String> without(Set<String> members, Set<String> others) {
        Set<String> left = new LinkedHashSet<>(members);
        left.removeAll(others);
        return left;
    }

    private static String ids(Set<String> ids) {
        return DirectoryChanges.json(ids.stream().map(id -> Map.of("id", id)).toList());
    }

    private static Provisioned<Group> group(@Nullable Object[] row) {
        Set<String> members = Lines.of(row[6]).collect(Collectors.toCollection(LinkedHashSet::new));
        Group group = new Group(String.valueOf(row[1]), (String) row[2], members, String.valueOf(row[3]));
        return ProvisionedRows.of(row, 4, group);
    }
}
