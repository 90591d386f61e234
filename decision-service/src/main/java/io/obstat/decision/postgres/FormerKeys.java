package io.obstat.decision.postgres;

/**
 * Keys that are taken from people. A token may still carry one of them, and an unknown key would be worth what its token says. So they stay
 * with who had them, as former ones, until they are given to somebody.
 *
 * <p>INVARIANT: who was known by a key stays known by it for the separation of duties, until it is given. A former key gives nobody a right.
 *
 * <p>In both statements ?1 is the keys of everybody whom a change concerns, as a JSON array of {@code member}, {@code channel} and {@code value}.
 */
final class FormerKeys {

    private static final String LISTED = """
            with listed as materialized (
                select * from json_to_recordset(cast(cast(?1 as text) as json)) as listing (member text, channel text, value text))
            """;

    /** What people have and are no longer to have, and nobody else is to have either, becomes former. Of an address, nobody else who stays. */
    static final String KEEP = LISTED + """
            update decision.identities identity set former = true
            where not identity.former and identity.member_id in (select member from listed)
                and not exists (select 1 from listed where listed.channel = identity.channel and lower(listed.value) = lower(identity.value))
                and not exists (
                    select 1 from decision.identities other join decision.members member on member.id = other.member_id
                    where identity.channel = 'EMAIL' and other.channel = 'EMAIL' and lower(other.value) = lower(identity.value)
                        and not other.former and not member.deleted and other.member_id not in (select member from listed))""";

    /**
     * Takes what people have, so that they can be given what they are to have; and what they are to have from whoever had it: a proof from
     * who is gone, a former key in its channel, and a former address by whatever channel its value is given.
     */
    static final String FREE = LISTED + """
            delete from decision.identities identity using decision.members member
            where member.id = identity.member_id and (
                not identity.former and member.id in (select member from listed)
                or (identity.former or member.deleted and identity.channel <> 'EMAIL') and exists (
                    select 1 from listed where listed.channel = identity.channel and lower(listed.value) = lower(identity.value))
                or identity.former and identity.channel = 'EMAIL' and exists (
                    select 1 from listed where listed.channel <> 'EMAIL' and lower(listed.value) = lower(identity.value)))""";

    private FormerKeys() {}
}
