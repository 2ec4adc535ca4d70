DELETE FROM audit_entries WHERE subject = 'import';
ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead', 'connector',
         'do_not_contact_entry', 'calling_number', 'destination'));
DROP TABLE import_rows, imports;
DROP INDEX leads_phone_e164_idx;
