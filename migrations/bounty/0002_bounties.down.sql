DROP TABLE bounties;
DROP TABLE bounty_events;
DROP TABLE texts;
