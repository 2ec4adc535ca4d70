-- The numbers an account calls from. A carrier's number calls the destinations that are enabled, a
-- SIP number every one.
CREATE TABLE calling_numbers (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    phone_number text NOT NULL,
    kind text NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT calling_numbers_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT calling_numbers_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT calling_numbers_phone_number_key UNIQUE (account_id, phone_number),
    CONSTRAINT calling_numbers_kind_check CHECK (kind IN ('carrier', 'sip'))
);

-- Where may be called: a country as a whole, or those of its numbers that begin with a prefix. The
-- longest prefix of a number decides.
CREATE TABLE destinations (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    country text NOT NULL,
    prefix text,
    is_enabled boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT destinations_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT destinations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT destinations_country_key UNIQUE NULLS NOT DISTINCT (account_id, country, prefix)
);

-- What a new account begins with: a number that belongs to nobody, and its own country.
INSERT INTO calling_numbers
SELECT id, gen_random_uuid(), '+12025550100', 'carrier', true, created_at, created_at
FROM accounts;
INSERT INTO destinations
SELECT id, gen_random_uuid(), default_country, NULL, true, created_at, created_at
FROM accounts;

ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead', 'connector',
         'do_not_contact_entry', 'calling_number', 'destination'));
