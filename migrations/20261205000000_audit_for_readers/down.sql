DROP INDEX audit_entries_actor_idx;
DROP INDEX audit_entries_api_key_idx;
DROP INDEX audit_entries_actor_id_idx;
DROP INDEX audit_entries_subject_idx;
DROP INDEX audit_entries_event_idx;
DROP INDEX audit_entries_subject_id_idx;
CREATE INDEX audit_entries_subject_id_idx
    ON audit_entries (account_id, subject_id, created_at DESC, id DESC);
DROP INDEX audit_entries_created_at_idx;
CREATE INDEX audit_entries_created_at_idx ON audit_entries (account_id, created_at DESC, id DESC);
DROP TRIGGER audit_entries_append_only ON audit_entries;
DROP FUNCTION audit_entries_are_kept();
