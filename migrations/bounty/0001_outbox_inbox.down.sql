DROP TABLE handler_failures;
DROP TABLE inbox;
DROP TABLE outbox_lease;
DROP TABLE outbox;
