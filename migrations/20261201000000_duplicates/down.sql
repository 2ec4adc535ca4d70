ALTER TABLE accounts
    DROP COLUMN duplicates_by_form,
    DROP COLUMN duplicates_by_api,
    DROP COLUMN duplicates_by_file;
DROP INDEX leads_email_idx, leads_external_id_idx;
