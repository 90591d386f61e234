-- One row an action. The document is the state as JSON; the other columns are what queries and people at the database need.
-- The document is text, not jsonb: jsonb rewrites numbers and the order of keys, and this is evidence. Cast it where SQL has to look inside.
create table decision.approvals (
    action_id  text        primary key,
    version    bigint      not null,
    state      text        not null,
    document   text        not null,
    agent      text,
    asked      boolean     not null,
    grant_id   text        unique,
    opened_at  timestamptz,
    expires_at timestamptz,
    decided_at timestamptz,
    changed_at timestamptz not null
);

comment on column decision.approvals.asked is 'whether people were asked; false when policy decided alone';

-- What waits for people, the next to expire first; also what the expiry looks at.
create index approvals_pending on decision.approvals (expires_at, action_id) where state = 'pending';
-- What people decided, the latest first.
create index approvals_decided on decision.approvals (decided_at desc, action_id desc) where asked and decided_at is not null;
-- What people were asked and changed lately, for pages that show it live.
create index approvals_changed on decision.approvals (changed_at) where asked;

-- Facts that are committed and not yet acknowledged by Kafka, in the order of their commits for each action.
-- Nothing keeps an event id from being there twice, and nothing needs to: readers recognise a repeat by it.
create table decision.outbox (
    ordinal     bigint      generated always as identity primary key,
    event_id    text        not null,
    action_id   text        not null,
    topic       text        not null,
    headers     text        not null,
    value       bytea       not null,
    lease_until timestamptz not null
);

create index outbox_by_action on decision.outbox (action_id, ordinal);
