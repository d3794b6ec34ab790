DROP INDEX bounties_expiry;
DROP TABLE accounts;
DROP TABLE repositories;
DROP TABLE refusals;
DROP TABLE claims;
ALTER TABLE texts DROP COLUMN is_creation_seen;
DROP TABLE work;
