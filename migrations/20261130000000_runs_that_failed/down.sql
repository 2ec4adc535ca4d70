ALTER TABLE workflow_runs DROP COLUMN failed_at;
