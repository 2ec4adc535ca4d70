-- Versions ------------------------------------------------------------------------------

-- What was published, as a document that never changes: a run keeps to its version while the
-- workflow's own nodes and edges are edited. `moves` says what becomes of the leads of older
-- versions: they stay, go over at their next step, or at once.
CREATE TABLE workflow_versions (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    workflow_id uuid NOT NULL,
    number integer NOT NULL,
    graph jsonb NOT NULL,
    step_count integer NOT NULL,
    moves text NOT NULL,
    author text NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT workflow_versions_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT workflow_versions_workflow_id_fkey FOREIGN KEY (account_id, workflow_id)
        REFERENCES workflows (account_id, id) ON DELETE CASCADE,
    CONSTRAINT workflow_versions_number_key UNIQUE (account_id, workflow_id, number),
    CONSTRAINT workflow_versions_workflow_id_key UNIQUE (account_id, workflow_id, id),
    CONSTRAINT workflow_versions_moves_check CHECK (moves IN ('stay', 'next_step', 'now'))
);

-- version_id is what new leads take; is_edited says that the nodes and edges differ from it.
-- Without contact_hours the account's hold. After a move (activation, pause, …) the worker sees to
-- the leads of the workflow until settles_at: those that came in meanwhile are found by then.
ALTER TABLE workflows
    ADD COLUMN version_id uuid,
    ADD COLUMN is_edited boolean NOT NULL DEFAULT true,
    ADD COLUMN priority text NOT NULL DEFAULT 'normal',
    ADD COLUMN contact_hours jsonb,
    ADD COLUMN paused_at timestamptz,
    ADD COLUMN settles_at timestamptz,
    ADD CONSTRAINT workflows_version_id_fkey FOREIGN KEY (account_id, version_id)
        REFERENCES workflow_versions (account_id, id),
    ADD CONSTRAINT workflows_priority_check CHECK (priority IN ('high', 'normal', 'low'));
CREATE INDEX workflows_settles_at_idx ON workflows (settles_at) WHERE settles_at IS NOT NULL;
ALTER TABLE accounts ADD COLUMN contact_hours jsonb;

-- A node that was taken out stays for the runs that came through it.
ALTER TABLE workflow_nodes
    ADD COLUMN deleted_at timestamptz,
    DROP COLUMN max_attempts;

-- Runs ----------------------------------------------------------------------------------

-- `why` says how it came to stand as it does. paused_at is when a person took over.
ALTER TABLE workflow_runs
    ADD COLUMN version_id uuid,
    ADD COLUMN step_count integer NOT NULL DEFAULT 0,
    ADD COLUMN last_outcome text,
    ADD COLUMN why text,
    ADD COLUMN paused_at timestamptz,
    ADD CONSTRAINT workflow_runs_version_id_fkey FOREIGN KEY (account_id, workflow_id, version_id)
        REFERENCES workflow_versions (account_id, workflow_id, id);
-- The leads of a workflow, in the order they came.
CREATE INDEX workflow_runs_enrolled_at_idx
    ON workflow_runs (account_id, workflow_id, enrolled_at DESC, id DESC);
-- Leads that wait for their workflow to be activated.
CREATE INDEX workflow_runs_pending_idx ON workflow_runs (account_id, workflow_id, id)
    WHERE status = 'pending';

-- A step is one try at a node. What lists show of the node stands with it, as it was in the
-- run's version.
--   due_at        when it is to happen, for people
--   wake_at       when the worker looks at it next: when it is due, when a person's contact hours
--                 are over, when a report is overdue; empty while nothing is to be done
--   held_at       since when its clock stands still; what was left of its wait is kept
--   rank          the order of the queue: 0 promised call-backs, then 1 high to 3 low
--   owner_id      whose task it is: the lead's owner; empty is anybody's
--   claimed_by_id the person who has it before them, until claim_ends_at
ALTER TABLE workflow_run_steps
    ADD COLUMN state text NOT NULL DEFAULT 'scheduled',
    ADD COLUMN node_type text NOT NULL DEFAULT 'TIME',
    ADD COLUMN label text NOT NULL DEFAULT '',
    ADD COLUMN step_number integer,
    ADD COLUMN max_attempts integer NOT NULL DEFAULT 1,
    ADD COLUMN wake_at timestamptz,
    ADD COLUMN held_at timestamptz,
    ADD COLUMN why text,
    ADD COLUMN rank smallint NOT NULL DEFAULT 2,
    ADD COLUMN owner_id uuid,
    ADD COLUMN claimed_by_id uuid,
    ADD COLUMN claim_ends_at timestamptz,
    ADD CONSTRAINT workflow_run_steps_owner_id_fkey FOREIGN KEY (account_id, owner_id)
        REFERENCES users (account_id, id),
    ADD CONSTRAINT workflow_run_steps_claimed_by_id_fkey FOREIGN KEY (account_id, claimed_by_id)
        REFERENCES users (account_id, id);
UPDATE workflow_run_steps s SET
    node_type = n.node_type, label = n.label, step_number = n.step_number,
    max_attempts = coalesce((n.config ->> 'max_attempts')::integer, 1),
    state = CASE WHEN s.exited_at IS NULL THEN 'scheduled' ELSE 'done' END,
    wake_at = CASE WHEN s.exited_at IS NULL THEN s.due_at END
FROM workflow_nodes n WHERE n.account_id = s.account_id AND n.id = s.node_id;
ALTER TABLE workflow_run_steps
    ADD CONSTRAINT workflow_run_steps_state_check
        CHECK (state IN ('scheduled', 'task', 'sent', 'done')),
    ADD CONSTRAINT workflow_run_steps_exited_at_check
        CHECK ((state = 'done') = (exited_at IS NOT NULL)),
    ADD CONSTRAINT workflow_run_steps_wake_at_check CHECK (exited_at IS NULL OR wake_at IS NULL),
    ADD CONSTRAINT workflow_run_steps_rank_check CHECK (rank BETWEEN 0 AND 3),
    ADD CONSTRAINT workflow_run_steps_claim_ends_at_check
        CHECK ((claimed_by_id IS NULL) = (claim_ends_at IS NULL));
CREATE INDEX workflow_run_steps_wake_at_idx ON workflow_run_steps (wake_at)
    WHERE wake_at IS NOT NULL;
CREATE INDEX workflow_run_steps_task_idx
    ON workflow_run_steps (account_id, owner_id, rank, due_at, id) WHERE state = 'task';
CREATE INDEX workflow_run_steps_claimed_by_id_idx
    ON workflow_run_steps (account_id, claimed_by_id) WHERE claimed_by_id IS NOT NULL;

-- What was published so far.
INSERT INTO workflow_versions
SELECT w.account_id, gen_random_uuid(), w.id, 1, jsonb_build_object(
    'nodes', coalesce((SELECT jsonb_agg(jsonb_build_object(
            'id', n.id, 'workflow_id', n.workflow_id, 'node_type', n.node_type, 'label', n.label,
            'position_x', n.position_x, 'position_y', n.position_y, 'config', n.config,
            'step_number', n.step_number) ORDER BY n.position_y, n.position_x, n.id)
        FROM workflow_nodes n WHERE n.account_id = w.account_id AND n.workflow_id = w.id), '[]'),
    'edges', coalesce((SELECT jsonb_agg(jsonb_build_object(
            'id', e.id, 'workflow_id', e.workflow_id, 'from_node_id', e.from_node_id,
            'to_node_id', e.to_node_id, 'label', e.label) ORDER BY e.position, e.id)
        FROM workflow_edges e WHERE e.account_id = w.account_id AND e.workflow_id = w.id), '[]')),
    w.step_count, 'stay', 'migration', w.updated_at
FROM workflows w WHERE w.status <> 'draft';
UPDATE workflows w SET version_id = v.id, is_edited = false
FROM workflow_versions v WHERE v.account_id = w.account_id AND v.workflow_id = w.id;
UPDATE workflow_runs r SET version_id = w.version_id, step_count = w.step_count
FROM workflows w WHERE w.account_id = r.account_id AND w.id = r.workflow_id;

-- What was tried -------------------------------------------------------------------------

-- The try of an outreach step, once it was made: its message and what came of it. It has the id
-- of its step, so nothing is said twice for one try.
--   wake_at    when it is handed over, or, while it is being handed over, when that lease ends
--   failures   how often handing it over failed
--   reference  the other side's id of it
--   before     how the run stood before a person reported, so that it can be undone
CREATE TABLE attempts (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    run_id uuid NOT NULL,
    channel text NOT NULL,
    state text NOT NULL,
    recipient text,
    subject text,
    body text,
    html text,
    outcome text,
    note text,
    duration_seconds integer,
    recording_url text,
    external_id text,
    reference text,
    author text NOT NULL,
    why text,
    before jsonb,
    failures integer NOT NULL,
    wake_at timestamptz,
    occurred_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT attempts_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT attempts_id_fkey FOREIGN KEY (account_id, id)
        REFERENCES workflow_run_steps (account_id, id) ON DELETE CASCADE,
    CONSTRAINT attempts_lead_id_fkey FOREIGN KEY (account_id, lead_id)
        REFERENCES leads (account_id, id) ON DELETE CASCADE,
    CONSTRAINT attempts_run_id_fkey FOREIGN KEY (account_id, run_id)
        REFERENCES workflow_runs (account_id, id) ON DELETE CASCADE,
    CONSTRAINT attempts_channel_check
        CHECK (channel IN ('call', 'sms', 'whatsapp', 'email', 'application')),
    CONSTRAINT attempts_state_check
        CHECK (state IN ('queued', 'sending', 'sent', 'done', 'failed', 'cancelled'))
);
CREATE INDEX attempts_lead_id_idx ON attempts (account_id, lead_id, occurred_at DESC, id DESC);
CREATE INDEX attempts_author_idx ON attempts (account_id, author, created_at DESC);
CREATE INDEX attempts_created_at_idx ON attempts (account_id, created_at DESC, id DESC);
CREATE INDEX attempts_wake_at_idx ON attempts (wake_at) WHERE wake_at IS NOT NULL;
-- The same report again changes nothing.
CREATE UNIQUE INDEX attempts_external_id_key ON attempts (account_id, run_id, external_id)
    WHERE external_id IS NOT NULL;

-- How messages leave -----------------------------------------------------------------------

-- One way out for each channel. The secret is sealed; failed_at is since when it fails.
CREATE TABLE connectors (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL,
    kind text NOT NULL,
    settings jsonb NOT NULL,
    secret bytea,
    failure text,
    failed_at timestamptz,
    tested_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT connectors_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT connectors_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT connectors_channel_key UNIQUE (account_id, channel),
    CONSTRAINT connectors_channel_check
        CHECK (channel IN ('call', 'sms', 'whatsapp', 'email', 'application')),
    CONSTRAINT connectors_kind_check CHECK (kind IN ('person', 'http', 'smtp', 'outbox'))
);

-- Do not contact ---------------------------------------------------------------------------

-- Outlives the lead, so a lead's id is a value like a number or an address.
CREATE TABLE do_not_contact_entries (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    reason text NOT NULL,
    source text NOT NULL,
    author text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT do_not_contact_entries_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT do_not_contact_entries_account_id_fkey FOREIGN KEY (account_id)
        REFERENCES accounts (id),
    CONSTRAINT do_not_contact_entries_value_key UNIQUE (account_id, kind, value),
    CONSTRAINT do_not_contact_entries_kind_check CHECK (kind IN ('lead', 'phone', 'email')),
    CONSTRAINT do_not_contact_entries_source_check
        CHECK (source IN ('person', 'outcome', 'opt_out', 'api'))
);
CREATE INDEX do_not_contact_entries_created_at_idx
    ON do_not_contact_entries (account_id, created_at DESC, id DESC);

ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead', 'connector',
         'do_not_contact_entry'));
