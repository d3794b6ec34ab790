-- Accounts of GitHub that signed in here. The id is the key; the login is a label.
CREATE TABLE accounts (
    github_id    bigint      PRIMARY KEY CHECK (github_id > 0),
    -- NULL once erased, until the account signs in again.
    login        text,
    -- Of its last event; the row is the lock under which its wallets change.
    version      integer     NOT NULL DEFAULT 0 CHECK (version >= 0),
    created_at   timestamptz NOT NULL DEFAULT now(),
    signed_in_at timestamptz NOT NULL DEFAULT now()
);

-- Whose login is meant where a login is looked up: the first that linked a wallet under it, whoever has it on GitHub now.
CREATE TABLE login_claims (
    login        text        PRIMARY KEY CHECK (login = lower(login)),
    github_id    bigint      NOT NULL REFERENCES accounts (github_id),
    claimed_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX login_claims_github_id ON login_claims (github_id);

-- Sessions of browsers: what their short tokens are renewed from.
CREATE TABLE sessions (
    id           uuid        PRIMARY KEY,
    github_id    bigint      NOT NULL REFERENCES accounts (github_id),
    csrf_secret  text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    ends_at      timestamptz NOT NULL CHECK (ends_at > created_at)
);

CREATE INDEX sessions_github_id ON sessions (github_id);
CREATE INDEX sessions_ends_at ON sessions (ends_at);

-- Keys of programs. Only the hash of the secret part is here: it is of 256 random bits, so a plain hash is enough.
CREATE TABLE api_keys (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    scopes       text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    secret_hash  bytea       NOT NULL CHECK (octet_length(secret_hash) = 32),
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    revoked_at   timestamptz
);

-- How much of a limit is used in its current window.
CREATE TABLE rate_limits (
    subject      text        PRIMARY KEY,
    window_start timestamptz NOT NULL,
    used         integer     NOT NULL CHECK (used > 0)
);

CREATE INDEX rate_limits_window_start ON rate_limits (window_start);
