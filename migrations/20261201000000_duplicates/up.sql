-- A lead that comes a second time is found by its number, its address or its id elsewhere.
CREATE INDEX leads_email_idx ON leads (account_id, lower(email))
    WHERE email IS NOT NULL AND archived_at IS NULL;
CREATE INDEX leads_external_id_idx ON leads (account_id, external_id)
    WHERE external_id IS NOT NULL AND archived_at IS NULL;

-- What becomes of it, at each entrance: it comes in as one more, the one that is there is taken for
-- it, or it is turned away.
ALTER TABLE accounts
    ADD COLUMN duplicates_by_form text NOT NULL DEFAULT 'refuse',
    ADD COLUMN duplicates_by_api text NOT NULL DEFAULT 'allow',
    ADD COLUMN duplicates_by_file text NOT NULL DEFAULT 'reuse',
    ADD CONSTRAINT accounts_duplicates_by_form_check
        CHECK (duplicates_by_form IN ('allow', 'reuse', 'refuse')),
    ADD CONSTRAINT accounts_duplicates_by_api_check
        CHECK (duplicates_by_api IN ('allow', 'reuse', 'refuse')),
    ADD CONSTRAINT accounts_duplicates_by_file_check
        CHECK (duplicates_by_file IN ('allow', 'reuse', 'refuse'));
