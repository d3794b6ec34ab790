-- Issues that were transferred, and where they are now: what comes late about the old place belongs there.
CREATE TABLE moved_issues (
    repository_id  bigint  NOT NULL,
    number         bigint  NOT NULL,
    -- Of the issue's text, there and here.
    old_issue_id   bigint  NOT NULL,
    -- The repository and the issue as the transfer names them.
    repository     json    NOT NULL,
    issue          json    NOT NULL,
    PRIMARY KEY (repository_id, number)
);

-- Installations of the app that were suspended, and perhaps are no more: nothing is written for them meanwhile.
CREATE TABLE github_installations (
    id              bigint       PRIMARY KEY,
    suspended_at    timestamptz,
    unsuspended_at  timestamptz
);
