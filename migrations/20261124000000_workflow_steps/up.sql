-- Where a node stands among the outreach steps that a lead takes when it never answers, and how
-- many there are: written with the graph, so that lists tell "2 of 5" without reading graphs.
ALTER TABLE workflows
    ADD COLUMN step_count integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT workflows_step_count_check CHECK (step_count >= 0);
ALTER TABLE workflow_nodes
    ADD COLUMN step_number integer,
    ADD CONSTRAINT workflow_nodes_step_number_check CHECK (step_number >= 1);

-- A run is at one step at most.
CREATE UNIQUE INDEX workflow_run_steps_open_key ON workflow_run_steps (account_id, run_id)
    WHERE exited_at IS NULL;
