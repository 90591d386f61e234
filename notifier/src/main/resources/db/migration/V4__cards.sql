-- What there was to tell of an action, in the order in which it was taken in: all that its cards show comes from here.
CREATE TABLE notice (
    action_id text   NOT NULL,
    seq       bigserial,
    kind      text   NOT NULL,
    notice    text   NOT NULL,
    PRIMARY KEY (action_id, seq)
);

-- The one card of an action in one place.
CREATE TABLE card (
    id            text        PRIMARY KEY,
    action_id     text        NOT NULL,
    channel       text        NOT NULL,
    recipient     text        NOT NULL,
    -- Where it stands, in the chat's own words. Null until it does.
    message       text,
    -- Whether somebody has begun to post it, and nobody knows that it failed.
    tried         boolean     NOT NULL,
    -- How many notices there are, and how many of them it shows.
    wanted        bigint      NOT NULL,
    shown         bigint      NOT NULL DEFAULT 0,
    -- What it looks like, so that news that change nothing on it are no rewrite.
    face          text,
    attempts      integer     NOT NULL DEFAULT 0,
    due_at        timestamptz NOT NULL,
    claimed_until timestamptz,
    -- Why it is rewritten no more, or what the last try's trouble was.
    problem       text,
    closed        boolean     NOT NULL DEFAULT false,
    -- A rewrite that is still to be put on record: the last event that it shows, and when it was written.
    report_about  text,
    report_at     timestamptz,
    UNIQUE (action_id, channel, recipient)
);

CREATE INDEX card_stale ON card (due_at) WHERE message IS NOT NULL AND NOT closed AND shown < wanted;
CREATE INDEX card_message ON card (message) WHERE message IS NOT NULL;
CREATE INDEX card_report ON card (report_at) WHERE report_about IS NOT NULL;

-- Until when nothing is tried with a recipient, as after a rate limit; the empty recipient stands for all cards of the channel that are to be rewritten.
CREATE TABLE pause (
    channel   text        NOT NULL,
    recipient text        NOT NULL,
    until     timestamptz NOT NULL,
    PRIMARY KEY (channel, recipient)
);

-- Where people clicked, so that they can be answered there.
CREATE TABLE click (
    review_id text        PRIMARY KEY,
    place     text        NOT NULL,
    at        timestamptz NOT NULL
);

CREATE INDEX click_at ON click (at);

-- In which order there was something to tell, and whether that is kept.
ALTER TABLE delivery ADD COLUMN seq bigserial;
ALTER TABLE delivery ADD COLUMN in_order boolean NOT NULL DEFAULT false;

CREATE INDEX delivery_in_order ON delivery (action_id, channel, recipient, seq) WHERE in_order AND state IN ('pending', 'retrying');

-- Through which service a conversation of Teams is reached.
CREATE TABLE conversation (
    id          text        PRIMARY KEY,
    service_url text        NOT NULL,
    heard_at    timestamptz NOT NULL
);
