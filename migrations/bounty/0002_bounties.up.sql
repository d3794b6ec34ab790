-- What is known of each text on GitHub that bounties may stand in. The row is the lock under which a text is handled.
CREATE TABLE texts (
    kind         text        NOT NULL,
    id           bigint      NOT NULL,
    updated_at   timestamptz NOT NULL,
    body_digest  bytea       NOT NULL,
    is_deleted   boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (kind, id)
);

-- The source of truth: every step of every bounty, never changed. The version makes concurrent writers collide.
CREATE TABLE bounty_events (
    bounty_id    uuid        NOT NULL,
    version      integer     NOT NULL CHECK (version > 0),
    event_id     uuid        NOT NULL UNIQUE,
    type         text        NOT NULL,
    data         json        NOT NULL,
    traceparent  text,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (bounty_id, version)
);

-- The state after the last event, written in the same transaction. The record is what the event carries.
CREATE TABLE bounties (
    id           uuid        PRIMARY KEY,
    version      integer     NOT NULL,
    state        text        NOT NULL,
    source_kind  text        NOT NULL,
    source_id    bigint      NOT NULL,
    -- Counts the bounties ever made of one text, from 0: two deliveries cannot make the same one.
    slot         integer     NOT NULL CHECK (slot >= 0),
    record       jsonb       NOT NULL,
    UNIQUE (source_kind, source_id, slot),
    FOREIGN KEY (source_kind, source_id) REFERENCES texts (kind, id)
);
