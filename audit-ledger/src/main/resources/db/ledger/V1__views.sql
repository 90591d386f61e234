-- Views of the ledger. Made from obstat.ledger.entries and from nothing else: truncate all three and they fill again.

-- How far each log is taken in. Position and rows move in one transaction.
create table ledger.logs (
    log         integer not null primary key,
    next_offset bigint  not null,
    frontier    bytea   not null,
    version     bigint  not null
);

create table ledger.entries (
    log         integer     not null,
    sequence    bigint      not null,
    action_id   text,
    event_type  text,
    leaf        text        not null,
    leaf_hash   text        not null,
    root_hash   text        not null,
    appended_at timestamptz not null,
    primary key (log, sequence)
);

create index entries_of_action on ledger.entries (action_id, log, sequence) where action_id is not null;

create table ledger.actions (
    action_id text        not null primary key,
    first_at  timestamptz not null,
    agent     text,
    type      text,
    outcome   text,
    search    text        not null,
    view      text        not null
);

create index actions_by_time on ledger.actions (first_at desc, action_id desc);
create index actions_by_agent on ledger.actions (agent, first_at desc, action_id desc);
