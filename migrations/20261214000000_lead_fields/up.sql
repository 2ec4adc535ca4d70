-- What an account says of keys in the metadata of its leads: what people call them, and what stands
-- under them. Values that were there before stay as they are.
CREATE TABLE lead_fields (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    label text NOT NULL,
    kind text NOT NULL,
    choices text[] NOT NULL,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT lead_fields_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT lead_fields_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT lead_fields_key_key UNIQUE (account_id, key),
    CONSTRAINT lead_fields_kind_check
        CHECK (kind IN ('text', 'number', 'boolean', 'date', 'choice'))
);

ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead', 'connector',
         'do_not_contact_entry', 'calling_number', 'destination', 'import', 'team',
         'lead_source', 'rotation', 'field'));
