DELETE FROM audit_entries WHERE subject IN ('calling_number', 'destination');
ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead', 'connector',
         'do_not_contact_entry'));
DROP TABLE destinations;
DROP TABLE calling_numbers;
