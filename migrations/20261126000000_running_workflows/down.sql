DELETE FROM audit_entries WHERE subject IN ('connector', 'do_not_contact_entry');
ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead'));
DROP TABLE do_not_contact_entries;
DROP TABLE connectors;
DROP TABLE attempts;
DROP INDEX workflow_run_steps_wake_at_idx, workflow_run_steps_task_idx,
    workflow_run_steps_claimed_by_id_idx;
ALTER TABLE workflow_run_steps
    DROP CONSTRAINT workflow_run_steps_exited_at_check,
    DROP CONSTRAINT workflow_run_steps_wake_at_check,
    DROP CONSTRAINT workflow_run_steps_claim_ends_at_check,
    DROP COLUMN state,
    DROP COLUMN node_type,
    DROP COLUMN label,
    DROP COLUMN step_number,
    DROP COLUMN max_attempts,
    DROP COLUMN wake_at,
    DROP COLUMN held_at,
    DROP COLUMN why,
    DROP COLUMN rank,
    DROP COLUMN owner_id,
    DROP COLUMN claimed_by_id,
    DROP COLUMN claim_ends_at;
DROP INDEX workflow_runs_enrolled_at_idx, workflow_runs_pending_idx;
ALTER TABLE workflow_runs
    DROP COLUMN version_id,
    DROP COLUMN step_count,
    DROP COLUMN last_outcome,
    DROP COLUMN why,
    DROP COLUMN paused_at;
-- Nodes that were taken out come back: the runs that came through them point at them.
ALTER TABLE workflow_nodes
    DROP COLUMN deleted_at,
    ADD COLUMN max_attempts integer NOT NULL
        GENERATED ALWAYS AS (coalesce((config ->> 'max_attempts')::integer, 1)) STORED;
ALTER TABLE accounts DROP COLUMN contact_hours;
ALTER TABLE workflows
    DROP COLUMN version_id,
    DROP COLUMN is_edited,
    DROP COLUMN priority,
    DROP COLUMN contact_hours,
    DROP COLUMN paused_at,
    DROP COLUMN settles_at;
DROP TABLE workflow_versions;
