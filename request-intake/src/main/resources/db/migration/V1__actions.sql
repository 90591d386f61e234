-- Requests that were accepted, and what is known to have become of them.
create table intake.actions (
    action_id               text primary key,     -- derived from agent and idempotency key, so that those are unique together
    agent                   text not null,
    idempotency_key         text not null,
    digest                  text not null,
    status                  text not null check (status in ('pending', 'withdrawn', 'decided')),
    traceparent             text not null,
    requested_at            timestamptz not null,
    request                 text not null,        -- ActionRequested; text, because jsonb refuses \u0000, which JSON allows
    published_at            timestamptz,
    withdrawal              text,                 -- ActionWithdrawn
    withdrawal_published_at timestamptz,
    decision                text,                 -- Decision
    unpublished_since       timestamptz           -- null when Kafka has everything
);

-- What the sweep reads; next to empty in good times.
create index actions_unpublished on intake.actions (unpublished_since) where unpublished_since is not null;
