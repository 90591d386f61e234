package io.obstat.decision.postgres;

import io.obstat.contracts.Quoted;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import io.obstat.decision.directory.Listing;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.directory.Rows;
import io.obstat.decision.postgres.DirectoryChanges.Done;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.jspecify.annotations.Nullable;

/** {@link Listings} in the directory's tables: set by set, whatever the number of people. */
@ApplicationScoped
class PostgresListings implements Listings {

    private static final String KNOWN = "select coalesce(file, '') from decision.directory_version";
    private static final String REMEMBER = "update decision.directory_version set file = nullif(?1, '')";

    private static final String PEOPLE = "json_to_recordset(cast(cast(?1 as text) as json)) as listed (id text)";
    private static final String KEYS =
            "json_to_recordset(cast(cast(?1 as text) as json)) as listed (member text, channel text, value text)";

    private static final String FOREIGN_IDS = """
            select member.id, member.deleted, member.id from %s
            join decision.members member on member.id = listed.id where member.source <> 'file' limit 1""".formatted(PEOPLE);

    private static final String FOREIGN_KEYS = """
            select member.id, member.deleted, listed.channel || ' ' || listed.value from %s
            join decision.identities identity
                on identity.channel = listed.channel and lower(identity.value) = lower(listed.value)
            join decision.members member on member.id = identity.member_id
            where member.source <> 'file' and not identity.former limit 1""".formatted(KEYS);

    private static final String LET_GO = """
            update decision.members set active = false, deleted = true, changed_at = ?2
            where source = 'file' and not deleted and id not in (select listed.id from %s)""".formatted(PEOPLE);

    // Who stands for whom ends with either of them: it must not come back with a person who comes back.
    private static final String FORGET_DELEGATIONS = """
            delete from decision.delegations where exists (
                select 1 from decision.members member where member.deleted and member.id in (from_id, to_id))""";

    private static final String TAKE_IN = """
            insert into decision.members (id, source, active, deleted, created_at, changed_at)
            select listed.id, 'file', true, false, ?2, ?2 from %s
            on conflict (id) do update set active = true, deleted = false, changed_at = excluded.changed_at""".formatted(PEOPLE);

    private static final String GIVE_KEYS =
            "insert into decision.identities (member_id, channel, value) select listed.member, listed.channel, listed.value from "
                    + KEYS;

    private static final String FORGET_GROUPS = "delete from decision.groups where source = 'file'";

    private static final String GROUPS = """
            insert into decision.groups (id, source, name, created_at, changed_at)
            select distinct 'file:' || listed.name, 'file', listed.name, cast(?2 as timestamptz), cast(?2 as timestamptz)
            from json_to_recordset(cast(cast(?1 as text) as json)) as listed (member text, name text)""";

    private static final String MEMBERSHIPS = """
            insert into decision.memberships (group_id, member_id) select 'file:' || listed.name, listed.member
            from json_to_recordset(cast(cast(?1 as text) as json)) as listed (member text, name text)""";

    private static final String FORGET_OWNERS = "delete from decision.agent_owners";

    private static final String OWNERS = """
            insert into decision.agent_owners (agent_id, channel, value) select listed.agent, listed.channel, listed.value
            from json_to_recordset(cast(cast(?1 as text) as json)) as listed (agent text, channel text, value text)""";

    private final Transactions transactions;
    private final DirectoryChanges changes;
    private final Clock clock;

    PostgresListings(Transactions transactions, DirectoryChanges changes, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Uni<Boolean> apply(Listing listing) {
        String digest = Objects.requireNonNullElse(listing.digest(), "");
        return transactions
                .runOne(session ->
                        session.createNativeQuery(KNOWN, String.class).getSingleResult())
                .chain(known -> known.equals(digest)
                        ? Uni.createFrom().item(false)
                        : changes.change(
                                session -> apply(session, listing, digest).map(Done::changed)));
    }

    private Uni<Boolean> apply(Session session, Listing listing, String digest) {
        String people = DirectoryChanges.json(listing.people().stream()
                .map(person -> Map.of("id", person.id()))
                .toList());
        String keys = DirectoryChanges.json(keys(listing));
        String groups = DirectoryChanges.json(groups(listing));
        String owners = DirectoryChanges.json(owners(listing));
        List<Step> steps = List.of(
                new Step(LET_GO, people, clock.instant()),
                new Step(FORGET_DELEGATIONS),
                new Step(TAKE_IN, people, clock.instant()),
                new Step(FormerKeys.KEEP, keys),
                new Step(FormerKeys.FREE, keys),
                new Step(GIVE_KEYS, keys),
                new Step(FORGET_GROUPS),
                new Step(GROUPS, groups, clock.instant()),
                new Step(MEMBERSHIPS, groups),
                new Step(FORGET_OWNERS),
                new Step(OWNERS, owners),
                new Step(REMEMBER, digest));
        Uni<Void> done =
                refuse(session, FOREIGN_IDS, people, listing).chain(() -> refuse(session, FOREIGN_KEYS, keys, listing));
        for (Step step : steps) {
            done = done.chain(() -> DirectoryChanges.run(session, step.statement(), step.values()))
                    .replaceWithVoid();
        }
        return done.replaceWith(true);
    }

    private record Step(String statement, Object... values) {}

    private static Uni<Void> refuse(Session session, String query, String rows, Listing listing) {
        return session.createNativeQuery(query, Object[].class)
                .setParameter(1, rows)
                .getResultList()
                .invoke(foreign -> foreign.forEach(row -> {
                    throw refusal((String) row[0], Boolean.TRUE.equals(row[1]), (String) row[2], listing);
                }))
                .replaceWithVoid();
    }

    private static RefusedException refusal(String id, boolean deleted, String key, Listing listing) {
        return new RefusedException(
                RefusedException.Reason.TAKEN,
                path(key, listing),
                deleted
                        ? "is %s, a key of SCIM user %s, who was deleted there; provision them by SCIM again, or take the person out of the file"
                                .formatted(Quoted.of(key), id)
                        : "is %s, a key of SCIM user %s; a person comes from the file or from SCIM, so take them out of one of the two"
                                .formatted(Quoted.of(key), id));
    }

    /** Where the file gives this key: a person's id, or a channel and a value. */
    private static String path(String key, Listing listing) {
        for (int i = 0; i < listing.people().size(); i++) {
            Listing.Person person = listing.people().get(i);
            if (person.id().equals(key)) {
                return "people[%d].id".formatted(i);
            }
            for (Map.Entry<Identity, String> identity : person.identities().entrySet()) {
                if (key.equals(
                        identity.getKey().channel() + " " + identity.getKey().value())) {
                    return identity.getValue();
                }
            }
        }
        return "people";
    }

    private static List<Map<String, String>> keys(Listing listing) {
        return listing.people().stream()
                .flatMap(person -> person.identities().keySet().stream()
                        .map(identity -> Map.of(
                                "member", person.id(),
                                "channel", identity.channel().name(),
                                "value", identity.value())))
                .toList();
    }

    private static List<Map<String, String>> groups(Listing listing) {
        return listing.people().stream()
                .flatMap(person -> person.groups().stream().map(group -> Map.of("member", person.id(), "name", group)))
                .toList();
    }

    private static List<Map<String, String>> owners(Listing listing) {
        return listing.agents().stream()
                .flatMap(agent -> agent.owners().stream()
                        .map(owner -> Map.of(
                                "agent", agent.id().value(),
                                "channel", channel(owner.channel()),
                                "value", owner.value())))
                .toList();
    }

    private static String channel(@Nullable Channel channel) {
        return channel == null ? Rows.BY_ID : channel.name();
    }
}
