-- The live runs of a workflow, in the order in which they follow its moves. An index on the status
-- of runs would be written with every step they take.
CREATE INDEX workflow_runs_live_idx ON workflow_runs (account_id, workflow_id, id)
    WHERE ended_at IS NULL;
DROP INDEX workflow_runs_pending_idx, workflow_runs_workflow_id_idx;
-- Room for a run's next step beside this one, so that it is written without touching any index.
ALTER TABLE workflow_runs SET (fillfactor = 80);
