ALTER TABLE workflow_nodes DROP COLUMN max_attempts;
