-- The audit entries of an account form a chain: each seal holds digests of some entries and a hash
-- over those and the seal before it, so that whoever changes an entry or takes one away would have
-- to make every later seal anew (`leadline doctor --audit` looks). Seals are made soon after the
-- change, not with it: were the end of the chain held by every change until it is committed, an
-- account could make one change at a time.

-- What is not sealed yet: a row for each statement that wrote entries, whoever ran it; several when
-- it wrote thousands, since a seal is made of whole rows.
CREATE TABLE audit_unsealed (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    entry_ids uuid[] NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT audit_unsealed_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT audit_unsealed_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
);
CREATE INDEX audit_unsealed_created_at_idx ON audit_unsealed (account_id, created_at, id);

CREATE TABLE audit_seals (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    position bigint NOT NULL,
    entry_ids uuid[] NOT NULL,
    digests bytea NOT NULL,
    hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT audit_seals_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT audit_seals_position_key UNIQUE (account_id, position),
    CONSTRAINT audit_seals_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT audit_seals_digests_check
        CHECK (octet_length(digests) = 32 * cardinality(entry_ids)),
    CONSTRAINT audit_seals_hash_check CHECK (octet_length(hash) = 32)
);
CREATE TRIGGER audit_seals_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_are_kept();

CREATE FUNCTION audit_entries_wait_for_their_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed (account_id, id, entry_ids, created_at)
    SELECT account_id, gen_random_uuid(), array_agg(id ORDER BY number), now()
    FROM (SELECT account_id, id, number,
                 row_number() OVER (PARTITION BY account_id ORDER BY number) / 1000 AS part
          FROM written) AS parted
    GROUP BY account_id, part;
    RETURN NULL;
END;
$$;
CREATE TRIGGER audit_entries_to_be_sealed
    AFTER INSERT ON audit_entries REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_wait_for_their_seal();

-- What was written before there was a chain.
INSERT INTO audit_unsealed (account_id, id, entry_ids, created_at)
SELECT account_id, gen_random_uuid(), array_agg(id ORDER BY number), min(created_at)
FROM (SELECT account_id, id, number, created_at,
             row_number() OVER (PARTITION BY account_id ORDER BY number) / 1000 AS part
      FROM audit_entries) AS parted
GROUP BY account_id, part;
