-- Issues whose status comment we keep, and how far it is written. The key is GitHub's ids: numbers are unique within a repository.
CREATE TABLE github_issues (
    repository_id     bigint      NOT NULL,
    number            bigint      NOT NULL,
    -- Labels, as of the last delivery.
    full_name         text        NOT NULL,
    is_pull_request   boolean     NOT NULL,
    -- Of the app; NULL where no delivery named one.
    installation_id   bigint,
    -- Ours; NULL until it was written or found.
    comment_id        bigint,
    -- What the comment says, or would say without an app. NULL until rendered once.
    body              text,
    -- Counts the changes of what the comment shows, and which of them it shows.
    wanted            bigint      NOT NULL,
    written           bigint      NOT NULL DEFAULT 0,
    attempts          integer     NOT NULL DEFAULT 0,
    next_attempt_at   timestamptz NOT NULL DEFAULT now(),
    last_error        text,
    PRIMARY KEY (repository_id, number)
);

CREATE INDEX github_issues_due ON github_issues (next_attempt_at) WHERE wanted > written;

-- Reactions to put on texts, until they are.
CREATE TABLE github_reactions (
    source_kind       text        NOT NULL,
    source_id         bigint      NOT NULL,
    reaction          text        NOT NULL,
    repository_id     bigint      NOT NULL,
    number            bigint      NOT NULL,
    done_at           timestamptz,
    attempts          integer     NOT NULL DEFAULT 0,
    next_attempt_at   timestamptz NOT NULL DEFAULT now(),
    last_error        text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_kind, source_id, reaction),
    FOREIGN KEY (repository_id, number) REFERENCES github_issues (repository_id, number)
);

CREATE INDEX github_reactions_due ON github_reactions (next_attempt_at) WHERE done_at IS NULL;

-- Which replica writes for an installation now, and not before when. 0: issues of which no installation is known.
CREATE TABLE github_writers (
    installation_id   bigint      PRIMARY KEY,
    holder            text        NOT NULL,
    expires_at        timestamptz NOT NULL,
    next_write_at     timestamptz NOT NULL DEFAULT now()
);

-- Failed deliveries of the app's webhook that GitHub was asked to send again.
CREATE TABLE github_redeliveries (
    guid              text        PRIMARY KEY,
    attempts          integer     NOT NULL,
    next_attempt_at   timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL DEFAULT now()
);

-- The bounties of an issue.
CREATE INDEX bounties_issue ON bounties
    (((record -> 'repository' ->> 'id')::bigint), ((record -> 'issue' ->> 'number')::bigint));
