DROP INDEX bounties_issue;
DROP TABLE github_redeliveries;
DROP TABLE github_writers;
DROP TABLE github_reactions;
DROP TABLE github_issues;
