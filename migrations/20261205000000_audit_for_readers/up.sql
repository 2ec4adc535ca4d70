-- An entry that is written stays as it is: who could change or take it away could hide what was
-- done. The statement is refused, whoever runs it and whether or not it meets a row.
CREATE FUNCTION audit_entries_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Audit entries are only ever added: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END;
$$;
CREATE TRIGGER audit_entries_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_are_kept();

-- What /audit asks. Every change writes here, so an index has to earn its place: an entry is
-- written to the two below, to that of its event, and to one of the three that say who; entries of
-- leads, which are most, to no other. Entries of one call share their instant, and their numbers
-- tell which was written first, so each index holds the whole order.

-- Everything, and what happened between two days.
DROP INDEX audit_entries_created_at_idx;
CREATE INDEX audit_entries_created_at_idx
    ON audit_entries (account_id, created_at DESC, number DESC);
-- One lead, one workflow, whatever it is: its own page asks this too.
DROP INDEX audit_entries_subject_id_idx;
CREATE INDEX audit_entries_subject_id_idx
    ON audit_entries (account_id, subject_id, created_at DESC, number DESC);
-- One event, also one that comes once a year.
CREATE INDEX audit_entries_event_idx
    ON audit_entries (account_id, event, created_at DESC, number DESC);
-- One kind of thing. Entries of leads are found by walking all of them.
CREATE INDEX audit_entries_subject_idx
    ON audit_entries (account_id, subject, created_at DESC, number DESC)
    WHERE subject <> 'lead';
-- Who: a person, a key, or one of those that are neither. No entry stands in two of these.
CREATE INDEX audit_entries_actor_id_idx
    ON audit_entries (account_id, actor_id, created_at DESC, number DESC)
    WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entries_api_key_idx
    ON audit_entries (account_id, api_key, created_at DESC, number DESC)
    WHERE api_key IS NOT NULL;
CREATE INDEX audit_entries_actor_idx
    ON audit_entries (account_id, actor, created_at DESC, number DESC)
    WHERE actor_id IS NULL AND api_key IS NULL;
