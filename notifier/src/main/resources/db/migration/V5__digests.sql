-- Whose turn it is to send an address its digest, and when it was last sent one.
CREATE TABLE digest (
    recipient text        PRIMARY KEY,
    -- Since when somebody has been at it. Null while nobody is.
    begun_at  timestamptz,
    sent_at   timestamptz
);

-- What a digest that was sent has told. Beside the delivery and not in it, so that one mail locks none of the deliveries that it ends.
CREATE TABLE digest_delivery (
    delivery_id text PRIMARY KEY
);

-- What an address was told of.
CREATE INDEX delivery_email ON delivery (recipient, created_at) WHERE channel = 'email';
