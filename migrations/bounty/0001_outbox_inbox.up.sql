-- Messages to publish, written in the transaction of the change that they tell of, and deleted once acknowledged.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    aggregate text NOT NULL,
    subject text NOT NULL,
    message_id text NOT NULL UNIQUE,
    headers jsonb NOT NULL,
    payload bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Which relay may publish now: at most one row.
CREATE TABLE outbox_lease (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    holder text NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Messages whose effect is in this database already.
CREATE TABLE inbox (
    consumer text NOT NULL,
    message_id text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, message_id)
);

CREATE INDEX inbox_received_at ON inbox (received_at);

-- Failed attempts of handlers, until the message succeeds or is dead-lettered.
CREATE TABLE handler_failures (
    consumer text NOT NULL,
    message_id text NOT NULL,
    attempts integer NOT NULL CHECK (attempts > 0),
    last_error text NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, message_id)
);

CREATE INDEX handler_failures_updated_at ON handler_failures (updated_at);
