package io.obstat.decision.postgres;

import io.obstat.contracts.Quoted;
import io.obstat.decision.directory.Criterion;
import io.obstat.decision.directory.Provisioned;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.directory.RefusedException.Reason;
import io.obstat.decision.directory.Users;
import io.obstat.decision.postgres.DirectoryChanges.Done;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.jspecify.annotations.Nullable;

/** {@link Users} in the directory's tables. */
@ApplicationScoped
class PostgresUsers implements Users {

    private static final String SELECT = """
            select id, user_name, external_id, active, document, created_at, changed_at,
                (select string_agg(channel || ' ' || value, chr(10)) from decision.identities where member_id = id and not former),
                count(*) over ()
            from decision.members where source = 'scim' and not deleted and""";

    private static final String KEYS =
            "json_to_recordset(cast(cast(?1 as text) as json)) as listed (member text, channel text, value text)";

    // A proof is one person's only. The file's people share no address with SCIM's either: they are two for no reason.
    private static final String TAKEN = """
            select listed.channel, listed.value from %s
            join decision.identities identity
                on identity.channel = listed.channel and lower(identity.value) = lower(listed.value)
            join decision.members member on member.id = identity.member_id
            where member.id <> ?2 and not member.deleted and not identity.former and (listed.channel <> 'EMAIL' or member.source = 'file')
            limit 1""".formatted(KEYS);

    private static final String NAME_TAKEN = """
            select 'USER_NAME', user_name from decision.members
            where lower(user_name) = lower(?1) and not deleted and id <> ?2""";

    private static final String GONE = """
            select min(member.id) from %s
            join decision.identities identity
                on identity.channel = listed.channel and lower(identity.value) = lower(listed.value)
            join decision.members member on member.id = identity.member_id
            where member.deleted and not identity.former and listed.channel <> 'EMAIL'""".formatted(KEYS);

    private static final String GIVE_KEYS =
            "insert into decision.identities (member_id, channel, value) select listed.member, listed.channel, listed.value from "
                    + KEYS;

    private static final String SAVE = """
            insert into decision.members (id, source, active, deleted, user_name, external_id, document, created_at, changed_at)
            values (?1, 'scim', ?2, false, ?3, nullif(?4, ''), ?5, ?6, ?6)
            on conflict (id) do update set source = 'scim', active = excluded.active, deleted = false,
                user_name = excluded.user_name, external_id = excluded.external_id, document = excluded.document,
                changed_at = excluded.changed_at,
                created_at = case when members.deleted then excluded.created_at else members.created_at end""";

    private static final String BURY =
            "update decision.members set active = false, deleted = true, document = null, changed_at = ?2 where id = ?1";
    private static final String FORGET_MEMBERSHIPS = "delete from decision.memberships where member_id = ?1";
    private static final String FORGET_DELEGATIONS = "delete from decision.delegations where ?1 in (from_id, to_id)";

    private final Transactions transactions;
    private final DirectoryChanges changes;
    private final Clock clock;

    PostgresUsers(Transactions transactions, DirectoryChanges changes, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<Provisioned<User>>> find(String id) {
        return transactions.runOne(session -> find(session, id));
    }

    @Override
    public Uni<Provisioned.Page<User>> list(Criterion criterion, int first, int most) {
        return ProvisionedRows.page(transactions, SELECT, "user_name", criterion, first, most, PostgresUsers::user);
    }

    @Override
    public Uni<Provisioned<User>> create(User user) {
        return changes.change(session -> session.createNativeQuery(GONE, String.class)
                .setParameter(1, keys("", user))
                .getSingleResultOrNull()
                .chain(gone -> save(session, gone == null ? UUID.randomUUID().toString() : gone, user))
                .map(Done::changed));
    }

    @Override
    public Uni<Provisioned<User>> change(String id, UnaryOperator<User> change) {
        return changes.change(session -> find(session, id).chain(found -> {
            Provisioned<User> before = found.orElseThrow(() -> ProvisionedRows.unknown("user", id));
            User after = change.apply(before.content());
            return after.equals(before.content())
                    ? Uni.createFrom().item(Done.unchanged(before))
                    : save(session, id, after).map(Done::changed);
        }));
    }

    @Override
    public Uni<Void> delete(String id) {
        return changes.<Boolean>change(session -> find(session, id)
                        .map(found -> found.orElseThrow(() -> ProvisionedRows.unknown("user", id)))
                        .chain(() -> DirectoryChanges.run(session, BURY, id, clock.instant()))
                        .chain(() -> DirectoryChanges.run(session, FORGET_MEMBERSHIPS, id))
                        .chain(() -> DirectoryChanges.run(session, FORGET_DELEGATIONS, id))
                        .replaceWith(Done.changed(true)))
                .replaceWithVoid();
    }

    private static Uni<Optional<Provisioned<User>>> find(Session session, String id) {
        return session.createNativeQuery(SELECT + " id = ?1", Object[].class)
                .setParameter(1, ProvisionedRows.id(id))
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(PostgresUsers::user));
    }

    private Uni<Provisioned<User>> save(Session session, String id, User user) {
        String keys = keys(id, user);
        Instant now = clock.instant();
        String externalId = user.externalId() == null ? "" : user.externalId();
        return refuse(session, NAME_TAKEN, user.userName(), id)
                .chain(() -> refuse(session, TAKEN, keys, id))
                .chain(() -> DirectoryChanges.run(
                        session, SAVE, id, user.active(), user.userName(), externalId, user.document(), now))
                .chain(() -> DirectoryChanges.run(session, FormerKeys.KEEP, keys))
                .chain(() -> DirectoryChanges.run(session, FormerKeys.FREE, keys))
                .chain(() -> DirectoryChanges.run(session, GIVE_KEYS, keys))
                .chain(() -> find(session, id))
                .map(Optional::orElseThrow);
    }

    private static Uni<Void> refuse(Session session, String query, String keys, String id) {
        return session.createNativeQuery(query, Object[].class)
                .setParameter(1, keys)
                .setParameter(2, id)
                .getResultList()
                .invoke(taken -> taken.forEach(row -> {
                    throw new RefusedException(
                            Reason.TAKEN,
                            row[0].equals("USER_NAME")
                                    ? "userName"
                                    : String.valueOf(row[0]).toLowerCase(Locale.ROOT),
                            "is %s, which another person in the directory has; take it from them first"
                                    .formatted(Quoted.of((String) row[1])));
                }))
                .replaceWithVoid();
    }

    private static String keys(String id, User user) {
        return DirectoryChanges.json(user.identities().stream()
                .map(identity ->
                        Map.of("member", id, "channel", identity.channel().name(), "value", identity.value()))
                .toList());
    }

    private static Provisioned<User> user(@Nullable Object[] row) {
        User user = new User(
                String.valueOf(row[1]),
                (String) row[2],
                Boolean.TRUE.equals(row[3]),
                Lines.of(row[7]).map(Lines::identity).collect(Collectors.toSet()),
                String.valueOf(row[4]));
        return ProvisionedRows.of(row, 5, user);
    }
}
