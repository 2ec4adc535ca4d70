-- How often a node is tried at most, where lists can read it without its texts.
ALTER TABLE workflow_nodes
    ADD COLUMN max_attempts integer NOT NULL
        GENERATED ALWAYS AS (coalesce((config ->> 'max_attempts')::integer, 1)) STORED;
