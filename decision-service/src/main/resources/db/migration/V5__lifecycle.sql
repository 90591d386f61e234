-- What a command needs to know beyond its own action, and when time next brings something about.
alter table decision.approvals
    add column due_at       timestamptz,
    add column digest       text,
    add column alike        text,
    add column policy_set   text,
    add column glass_due_at timestamptz,
    add column glass_keys   text[];

comment on column decision.approvals.due_at is 'when time next brings something about: a reminder, an escalation, the end, a report that is overdue';
comment on column decision.approvals.alike is 'a hash of the action type and the resource: what an agent may not ask again right after people said no';
comment on column decision.approvals.glass_due_at is 'until when others have to sign what was allowed in an emergency; null once they have';
comment on column decision.approvals.glass_keys is 'every key of the person who allowed it, in lower case';

create index approvals_due on decision.approvals (due_at) where due_at is not null;
create index approvals_pending_of_agent on decision.approvals (agent, digest) where state = 'pending';
create index approvals_rejected on decision.approvals (agent, alike, decided_at desc) where state = 'rejected';
create index approvals_glass on decision.approvals (glass_due_at) where glass_due_at is not null;

-- The policy sets that came into force, the latest of each name.
create table decision.policies (
    name         text        primary key,
    digest       text        not null,
    activated_at timestamptz not null
);
