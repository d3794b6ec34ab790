DROP TABLE github_installations;
DROP TABLE moved_issues;
