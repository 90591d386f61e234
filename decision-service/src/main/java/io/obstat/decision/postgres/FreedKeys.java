package io.obstat.decision.postgres;

/**
 * Keys that are taken from people who stay. A token may still carry one of them, and an unknown key would be worth what its token says. So they go to
 * a member who is gone, until they are given to somebody.
 *
 * <p>INVARIANT: who was known by a freed key stays known by it for the separation of duties. The one who is gone has every key that the person
 * now has as an address, which ties the two together and gives nobody a right.
 */
final class FreedKeys {

    /**
     * Puts away what people have and are no longer to have, and nobody else is to have either. ?1: the keys of everybody whom this concerns, as a
     * JSON array of {@code member}, {@code channel} and {@code value}; ?2: now.
     */
    static final String BURY = """
            with listed as materialized (
                select * from json_to_recordset(cast(cast(?1 as text) as json)) as listing (member text, channel text, value text)),
            freed as materialized (
                select identity.member_id, identity.channel, identity.value from decision.identities identity
                where identity.channel <> 'EMAIL' and identity.member_id in (select member from listed) and not exists (
                    select 1 from listed where listed.channel = identity.channel and lower(listed.value) = lower(identity.value))),
            grave as materialized (
                select member.id as member_id, member.source, cast(gen_random_uuid() as text) as id
                from decision.members member where member.id in (select member_id from freed)),
            dug as (
                insert into decision.members (id, source, active, deleted, created_at, changed_at)
                select id, source, false, true, cast(?2 as timestamptz), cast(?2 as timestamptz) from grave),
            moved as (
                update decision.identities identity set member_id = grave.id from grave, freed
                where freed.member_id = grave.member_id and identity.member_id = freed.member_id
                    and identity.channel = freed.channel and identity.value = freed.value)
            insert into decision.identities (member_id, channel, value)
            select distinct grave.id, 'EMAIL', listed.value from grave join listed on listed.member = grave.member_id""";

    private FreedKeys() {}
}
