DROP TABLE rate_limits;
DROP TABLE api_keys;
DROP TABLE sessions;
DROP TABLE login_claims;
DROP TABLE accounts;
