-- The live runs of a workflow, in the order in which they follow its moves. An index on the status
-- of runs would be written with every step they take.
CREATE INDEX workflow_runs_live_idx ON workflow_runs (account_id, workflow_id, id)
    WHERE ended_at IS NULL;
DROP INDEX workflow_runs_pending_idx, workflow_runs_workflow_id_idx;
-- Room for a run's next step beside this one, so that it is written without touching any index.
ALTER TABLE workflow_runs SET (fillfactor = 80);
-- What is done stands before what is due in the indexes until it is cleaned away: with the usual
-- fifth of a large table, whoever looks for the next task would step over a day's work.
ALTER TABLE workflow_run_steps SET
    (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
