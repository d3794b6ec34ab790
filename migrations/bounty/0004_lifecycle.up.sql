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
