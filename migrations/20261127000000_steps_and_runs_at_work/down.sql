ALTER TABLE workflow_run_steps RESET
    (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
ALTER TABLE workflow_runs RESET (fillfactor);
CREATE INDEX workflow_runs_workflow_id_idx ON workflow_runs (account_id, workflow_id)
    WHERE ended_at IS NULL;
CREATE INDEX workflow_runs_pending_idx ON workflow_runs (account_id, workflow_id, id)
    WHERE status = 'pending';
DROP INDEX workflow_runs_live_idx;
