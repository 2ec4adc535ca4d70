DROP TRIGGER audit_entries_to_be_sealed ON audit_entries;
DROP FUNCTION audit_entries_wait_for_their_seal();
DROP TABLE audit_seals;
DROP TABLE audit_unsealed;
