-- When a fault stopped a run, so that the few of them are found among many. An index whose
-- condition is on the status would be written with every step that any run takes; this column
-- stays empty until the end.
ALTER TABLE workflow_runs ADD COLUMN failed_at timestamptz
    GENERATED ALWAYS AS (CASE WHEN status = 'failed' THEN ended_at END) STORED;
CREATE INDEX workflow_runs_failed_at_idx ON workflow_runs (account_id, failed_at DESC)
    WHERE failed_at IS NOT NULL;
