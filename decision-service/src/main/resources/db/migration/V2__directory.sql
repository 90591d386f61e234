-- The directory: who is who. Every change takes the one row of directory_version for update first, so that changes never overlap, and raises
-- its version last, so that an instance sees by a single row whether what it has read still holds.
create table decision.directory_version (
    only_row boolean primary key default true check (only_row),
    version  bigint  not null,
    -- SHA-256 of what the directory file said when it was last read; absent while none was
    file     text
);
insert into decision.directory_version (version) values (1);

-- One row a person. Nobody is ever deleted: who is gone is inactive and keeps their identities, so that a token of theirs is known to be worth nothing.
create table decision.members (
    id          text        primary key,
    source      text        not null check (source in ('file', 'scim')),
    active      boolean     not null,
    deleted     boolean     not null,
    user_name   text,
    external_id text,
    document    text,
    created_at  timestamptz not null,
    changed_at  timestamptz not null,
    check (not (active and deleted))
);
comment on column decision.members.deleted is 'whether their source no longer names them';
comment on column decision.members.document is 'the SCIM resource as it was provisioned, without id and meta; null for the file''s people';

create unique index members_user_name on decision.members (lower(user_name)) where not deleted;
create index members_external_id on decision.members (external_id) where external_id is not null;
create index members_created on decision.members (source, created_at, id) where not deleted;

create table decision.identities (
    member_id text not null references decision.members (id),
    channel   text not null check (channel in ('OIDC', 'EMAIL', 'SLACK', 'ENTRA')),
    value     text not null,
    primary key (member_id, channel, value)
);
-- A key that proves who somebody is, is one person's only, whatever its case. An e-mail address proves nothing.
create unique index identities_proof on decision.identities (channel, lower(value)) where channel <> 'EMAIL';
create index identities_email on decision.identities (lower(value)) where channel = 'EMAIL';

create table decision.groups (
    id          text        primary key,
    source      text        not null check (source in ('file', 'scim')),
    name        text        not null,
    external_id text,
    document    text,
    created_at  timestamptz not null,
    changed_at  timestamptz not null,
    unique (source, name)
);
create index groups_external_id on decision.groups (external_id) where external_id is not null;
create index groups_created on decision.groups (source, created_at, id);

create table decision.memberships (
    group_id  text not null references decision.groups (id) on delete cascade,
    member_id text not null references decision.members (id),
    primary key (group_id, member_id)
);
create index memberships_member on decision.memberships (member_id);

-- Who stands for whom while they are away; one a person.
create table decision.delegations (
    from_id    text        primary key references decision.members (id),
    to_id      text        not null references decision.members (id),
    since      timestamptz not null,
    until      timestamptz not null,
    reason     text,
    created_at timestamptz not null,
    check (since < until),
    check (from_id <> to_id)
);

-- Who answers for which of the directory file's agents.
create table decision.agent_owners (
    agent_id text not null,
    channel  text not null check (channel in ('ID', 'OIDC', 'EMAIL', 'SLACK', 'ENTRA')),
    value    text not null,
    primary key (agent_id, channel, value)
);
comment on column decision.agent_owners.channel is 'ID: the value is a member id; else a key of theirs, and who has it may come later';

-- Agents whose grants are worth nothing for now, in the file or not.
create table decision.suspensions (
    agent_id     text        primary key,
    reason       text        not null,
    suspended_by text        not null,
    suspended_at timestamptz not null
);
