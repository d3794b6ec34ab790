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
