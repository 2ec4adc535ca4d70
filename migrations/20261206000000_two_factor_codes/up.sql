-- What a person's app makes their codes of, sealed. Codes are asked for at the door once the person
-- has shown that the app has it: from then on it is turned on, and no code of a step up to the last
-- one used is taken again.
CREATE TABLE two_factor_secrets (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    sealed_secret bytea NOT NULL,
    created_at timestamptz NOT NULL,
    turned_on_at timestamptz,
    last_step bigint,
    CONSTRAINT two_factor_secrets_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT two_factor_secrets_user_id_key UNIQUE (account_id, user_id),
    CONSTRAINT two_factor_secrets_user_id_fkey FOREIGN KEY (account_id, user_id)
        REFERENCES users (account_id, id) ON DELETE CASCADE,
    CONSTRAINT two_factor_secrets_last_step_check
        CHECK ((turned_on_at IS NULL) = (last_step IS NULL))
);

-- What opens the door without the app. Only the digest is kept, and one that was used is gone.
CREATE TABLE recovery_codes (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT recovery_codes_code_hash_key UNIQUE (account_id, user_id, code_hash),
    CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (account_id, user_id)
        REFERENCES users (account_id, id) ON DELETE CASCADE
);
