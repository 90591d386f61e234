-- An event that was taken in. Its deliveries are inserted in the same transaction, so that a redelivered event changes nothing.
CREATE TABLE handled_event (
    topic      text        NOT NULL,
    event_id   text        NOT NULL,
    handled_at timestamptz NOT NULL,
    PRIMARY KEY (topic, event_id)
);

-- One notice to one recipient.
CREATE TABLE delivery (
    id              text        PRIMARY KEY,
    event_id        text        NOT NULL,
    action_id       text        NOT NULL,
    channel         text        NOT NULL,
    recipient       text        NOT NULL,
    kind            text        NOT NULL,
    notice          text        NOT NULL,
    traceparent     text,
    state           text        NOT NULL CHECK (state IN ('pending', 'retrying', 'delivered', 'failed')),
    attempts        integer     NOT NULL,
    created_at      timestamptz NOT NULL,
    due_at          timestamptz,
    ended_at        timestamptz,
    problem         text,
    claimed_until   timestamptz,
    event_published boolean     NOT NULL,
    UNIQUE (event_id, channel, recipient),
    CHECK ((state IN ('pending', 'retrying')) = (due_at IS NOT NULL)),
    CHECK ((state IN ('delivered', 'failed')) = (ended_at IS NOT NULL))
);

CREATE INDEX delivery_due ON delivery (due_at) WHERE state IN ('pending', 'retrying');
CREATE INDEX delivery_unpublished ON delivery (ended_at) WHERE ended_at IS NOT NULL AND NOT event_published;
CREATE INDEX delivery_action ON delivery (action_id);
