-- The schema before knows no entries of these.
ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_append_only;
DELETE FROM audit_entries WHERE subject = 'field';
ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_append_only;
ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead', 'connector',
         'do_not_contact_entry', 'calling_number', 'destination', 'import', 'team',
         'lead_source', 'rotation'));
DROP TABLE lead_fields;
