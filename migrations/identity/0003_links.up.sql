-- The source of truth: every step of every account's wallets. Rows are never removed, and never changed but by an erasure,
-- which empties the data and says so in its transaction.
CREATE TABLE identity_events (
    github_id    bigint      NOT NULL REFERENCES accounts (github_id),
    version      integer     NOT NULL CHECK (version > 0),
    event_id     uuid        NOT NULL UNIQUE,
    type         text        NOT NULL,
    -- NULL once erased.
    data         json,
    traceparent  text,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (github_id, version)
);

CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.data IS NULL AND NEW.github_id = OLD.github_id AND NEW.version = OLD.version
        AND current_setting('bursar.erases', true) = OLD.github_id::text THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the history of identities is only added to' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER identity_events_are_kept BEFORE UPDATE OR DELETE ON identity_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();

-- Texts to sign, with everything that is compared when a signature comes back.
CREATE TABLE challenges (
    id                uuid        PRIMARY KEY,
    purpose           text        NOT NULL CHECK (purpose IN ('link', 'bounty')),
    github_id         bigint      NOT NULL REFERENCES accounts (github_id),
    -- CAIP-10, and what of it is the same on all chains of a family.
    wallet            text        NOT NULL,
    family            text        NOT NULL CHECK (family IN ('solana', 'ethereum', 'cosmos')),
    wallet_key        bytea       NOT NULL,
    domain            text        NOT NULL,
    uri               text        NOT NULL,
    nonce             text        NOT NULL UNIQUE CHECK (length(nonce) >= 16),
    issued_at         timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    message           text        NOT NULL,
    -- Of a link: the one that was active last in the family when the message was made.
    previous_link     uuid,
    -- Of a bounty: what the sponsor agrees to.
    terms             json,
    used_at           timestamptz,
    signature_digest  bytea,
    receipt           json,
    CHECK (expires_at > issued_at AND expires_at <= issued_at + interval '5 minutes'),
    CHECK ((purpose = 'bounty') = (terms IS NOT NULL)),
    CHECK (purpose = 'link' OR previous_link IS NULL),
    CHECK ((used_at IS NULL) = (signature_digest IS NULL)),
    CHECK (receipt IS NULL OR (used_at IS NOT NULL AND purpose = 'bounty'))
);

CREATE INDEX challenges_open ON challenges (github_id) WHERE used_at IS NULL;
CREATE INDEX challenges_expires_at ON challenges (expires_at);

-- The state after the last event, written in the same transaction.
CREATE TABLE links (
    id                uuid        PRIMARY KEY,
    github_id         bigint      NOT NULL REFERENCES accounts (github_id),
    family            text        NOT NULL CHECK (family IN ('solana', 'ethereum', 'cosmos')),
    -- NULL once erased, unless a payout order names it.
    wallet            text,
    wallet_key        bytea,
    state             text        NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
    -- The challenge that proved it: no signature makes two links.
    challenge_id      uuid        NOT NULL UNIQUE,
    linked_at         timestamptz NOT NULL,
    effective_at      timestamptz NOT NULL CHECK (effective_at >= linked_at),
    -- NULL of one that never was in effect.
    activated_at      timestamptz,
    revoked_at        timestamptz,
    -- Payout orders were or are being made of it.
    is_paid_to        boolean     NOT NULL DEFAULT false,
    CHECK ((wallet IS NULL) = (wallet_key IS NULL)),
    CHECK (wallet IS NOT NULL OR (state = 'revoked' AND NOT is_paid_to)),
    CHECK (state <> 'active' OR activated_at IS NOT NULL),
    CHECK (state <> 'pending' OR activated_at IS NULL),
    CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
);

-- One account for each wallet: one that waits has its wallet already.
CREATE UNIQUE INDEX links_one_account ON links (family, wallet_key) WHERE state IN ('pending', 'active');
-- One wallet for each account and family, and one that waits.
CREATE UNIQUE INDEX links_one_active ON links (github_id, family) WHERE state = 'active';
CREATE UNIQUE INDEX links_one_pending ON links (github_id, family) WHERE state = 'pending';
CREATE INDEX links_account ON links (github_id, family, activated_at);
CREATE INDEX links_due ON links (effective_at) WHERE state = 'pending';

-- Erasures, until the account's events are gone from the stream too.
CREATE TABLE erasures (
    github_id         bigint      PRIMARY KEY REFERENCES accounts (github_id),
    erased_at         timestamptz NOT NULL DEFAULT now(),
    purged_at         timestamptz
);
