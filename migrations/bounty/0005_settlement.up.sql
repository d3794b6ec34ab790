-- Keys that payout orders were ever signed with. Old orders are verified with old keys, so none is ever removed.
CREATE TABLE payout_keys (
    id             text        PRIMARY KEY,
    -- Ed25519, 32 bytes.
    public_key     bytea       NOT NULL CHECK (length(public_key) = 32),
    registered_at  timestamptz NOT NULL DEFAULT now()
);

-- One order for each recipient of a bounty, ever: this constraint is what keeps a share from being paid twice.
CREATE TABLE payout_orders (
    id            uuid        PRIMARY KEY,
    bounty_id     uuid        NOT NULL,
    recipient_id  bigint      NOT NULL,
    -- CAIP-10.
    account       text        NOT NULL,
    key_id        text        NOT NULL REFERENCES payout_keys (id),
    -- What was signed, and the signature.
    canonical     text        NOT NULL,
    signature     text        NOT NULL,
    -- The order as events have it, with what became of it.
    record        json        NOT NULL,
    issued_at     timestamptz NOT NULL,
    UNIQUE (bounty_id, recipient_id)
);

-- An order pins its wallet for good.
CREATE FUNCTION keep_payout_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.id, OLD.bounty_id, OLD.recipient_id, OLD.account, OLD.key_id, OLD.canonical,
        OLD.signature, OLD.issued_at) IS DISTINCT FROM (NEW.id, NEW.bounty_id, NEW.recipient_id, NEW.account,
        NEW.key_id, NEW.canonical, NEW.signature, NEW.issued_at)
    THEN
        RAISE EXCEPTION 'a payout order is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER keep_payout_orders BEFORE UPDATE OR DELETE ON payout_orders
    FOR EACH ROW EXECUTE FUNCTION keep_payout_orders();

-- Which bounties wait for a wallet of an account.
CREATE INDEX bounties_settling ON bounties USING gin ((record -> 'shares') jsonb_path_ops) WHERE state = 'settling';
