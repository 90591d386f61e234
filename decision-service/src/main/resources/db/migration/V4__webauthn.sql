-- The security keys of people (WebAuthn). A person is an OIDC issuer (authority) and its subject. Public data only: the private half never
-- leaves the key.
create table decision.security_keys (
    credential_id text        primary key,
    authority     text        not null,
    subject       text        not null,
    label         text        not null,
    attested      bytea       not null,
    synced        boolean     not null,
    sign_count    bigint      not null,
    created_at    timestamptz not null,
    last_used_at  timestamptz
);

comment on column decision.security_keys.attested is 'model, credential id and public key: attested credential data, WebAuthn 6.5.1';

create index security_keys_of on decision.security_keys (authority, subject, created_at);

-- Challenges that wait for the answer of a key, on whichever instance it arrives. A row is deleted by the first answer, right or wrong.
create table decision.webauthn_challenges (
    challenge  text        primary key,
    nonce      bytea       not null,
    expires_at timestamptz not null
);

create index webauthn_challenges_expired on decision.webauthn_challenges (expires_at);
