DROP INDEX workflow_run_steps_open_key;
ALTER TABLE workflow_nodes DROP COLUMN step_number;
ALTER TABLE workflows DROP COLUMN step_count;
