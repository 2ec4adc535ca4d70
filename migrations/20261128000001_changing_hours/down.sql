DROP INDEX do_not_contact_entries_look_at_idx;
ALTER TABLE do_not_contact_entries DROP COLUMN look_at;
UPDATE attempts SET state = 'failed' WHERE state = 'unreported';
ALTER TABLE attempts
    DROP CONSTRAINT attempts_state_check,
    ADD CONSTRAINT attempts_state_check CHECK (state IN
        ('queued', 'sending', 'sent', 'done', 'failed', 'cancelled'));
ALTER TABLE workflow_run_steps
    DROP COLUMN number,
    DROP COLUMN ready_at,
    DROP COLUMN hours_revision;
ALTER TABLE workflows DROP COLUMN hours_revision;
