DROP INDEX bounties_settling;
DROP TABLE payout_orders;
DROP FUNCTION keep_payout_orders();
DROP TABLE payout_keys;
