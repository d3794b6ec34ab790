-- What is to be done outside of the transaction that found it to be done: questions to GitHub, steps of a settlement.
CREATE TABLE work (
    kind             text        NOT NULL,
    -- What it is about. Asked for again before it is done, it is one.
    key              text        NOT NULL,
    payload          json        NOT NULL,
    traceparent      text,
    -- Counts how often it was asked for: what is asked for while it is being done is done once more.
    revision         integer     NOT NULL DEFAULT 1,
    attempts         integer     NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL DEFAULT now(),
    -- Who does it now, until next_attempt_at.
    lease            uuid,
    last_error       text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, key)
);

CREATE INDEX work_due ON work (next_attempt_at);

-- The commands of a text count once, as it was first written, whenever that arrives.
ALTER TABLE texts ADD COLUMN is_creation_seen boolean NOT NULL DEFAULT false;

-- Closings, merges and commands, which stand for a while: bounties that they cover may come, or be signed, later.
CREATE TABLE claims (
    repository_id    bigint      NOT NULL,
    number           bigint      NOT NULL,
    kind             text        NOT NULL,
    -- The comment, or the time of closing, merging or reopening.
    id               bigint      NOT NULL,
    stands_until     timestamptz NOT NULL,
    claim            json        NOT NULL,
    PRIMARY KEY (repository_id, number, kind, id)
);

CREATE INDEX claims_stands_until ON claims (stands_until);

-- What people are told on the status comment about a text, a command or a closing.
CREATE TABLE refusals (
    source_kind      text        NOT NULL,
    source_id        bigint      NOT NULL,
    code             text        NOT NULL,
    detail           text        NOT NULL,
    source_url       text        NOT NULL,
    repository_id    bigint      NOT NULL,
    number           bigint      NOT NULL,
    issue_id         bigint      NOT NULL,
    actor_id         bigint      NOT NULL,
    actor_login      text        NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_kind, source_id, code)
);

CREATE INDEX refusals_issue ON refusals (repository_id, number, created_at);

-- What became of repositories: their name since the last renaming, their end.
CREATE TABLE repositories (
    id               bigint      PRIMARY KEY,
    full_name        text,
    renamed_at       timestamptz,
    deleted_at       timestamptz
);

-- Accounts that deliveries named, in lower case: who an /award means where no app can be asked.
CREATE TABLE accounts (
    login            text        PRIMARY KEY,
    id               bigint      NOT NULL,
    spelling         text        NOT NULL,
    seen_at          timestamptz NOT NULL DEFAULT now()
);

-- The timer of expiry. Times of the record are RFC 3339 in UTC with milliseconds, so their text has their order.
CREATE INDEX bounties_expiry ON bounties ((record ->> 'expires_at')) WHERE state IN ('proposed', 'active');
