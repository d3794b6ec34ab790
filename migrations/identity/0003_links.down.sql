DROP TABLE erasures;
DROP TABLE links;
DROP TABLE challenges;
DROP TABLE identity_events;
DROP FUNCTION refuse_change_of_history();
