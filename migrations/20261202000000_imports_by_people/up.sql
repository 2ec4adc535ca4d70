-- Imports that people make on pages: the file is kept, its columns and rules are chosen, it is
-- checked, and the worker brings its leads in, batch by batch.
ALTER TABLE imports
    ALTER COLUMN workflow_name DROP NOT NULL,
    ADD COLUMN state text NOT NULL DEFAULT 'done',
    ADD COLUMN actor_id uuid,
    ADD COLUMN upload_id uuid,
    ADD COLUMN choices jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN header text[] NOT NULL DEFAULT '{}',
    ADD COLUMN plan jsonb,
    ADD COLUMN file_rows integer,
    ADD COLUMN last_row integer NOT NULL DEFAULT 0,
    ADD COLUMN runs_begun integer NOT NULL DEFAULT 0,
    ADD COLUMN trouble text,
    ADD COLUMN lease_id uuid,
    ADD COLUMN lease_ends_at timestamptz,
    ADD COLUMN changed_at timestamptz,
    ADD COLUMN started_at timestamptz,
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN removed integer NOT NULL DEFAULT 0,
    ADD COLUMN restored integer NOT NULL DEFAULT 0,
    ADD COLUMN left_alone integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT imports_actor_id_fkey FOREIGN KEY (account_id, actor_id)
        REFERENCES users (account_id, id),
    ADD CONSTRAINT imports_state_check CHECK (state IN
        ('draft', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed', 'undoing',
         'undone')),
    ADD CONSTRAINT imports_plan_check CHECK (plan IS NOT NULL OR upload_id IS NULL
        OR state IN ('draft', 'failed')),
    ADD CONSTRAINT imports_trouble_check CHECK ((trouble IS NOT NULL) = (state = 'failed')),
    ADD CONSTRAINT imports_undone_check CHECK (removed + restored + left_alone <= created + updated);
UPDATE imports SET changed_at = created_at, started_at = created_at, ended_at = created_at;
ALTER TABLE imports ALTER COLUMN changed_at SET NOT NULL;

-- What the worker looks for.
CREATE INDEX imports_at_work_idx ON imports (changed_at)
    WHERE state IN ('checking', 'running', 'undoing');
-- What is swept away when nobody has gone on with it.
CREATE INDEX imports_upload_id_idx ON imports (changed_at) WHERE upload_id IS NOT NULL;
CREATE INDEX imports_actor_id_idx ON imports (account_id, actor_id) WHERE actor_id IS NOT NULL;

-- Why a row was refused, in words; and of a lead what an undo has to know: the run it began, the
-- fields it changed as {"field": {"from": …, "to": …}}, the revision it had afterwards.
ALTER TABLE import_rows
    ADD COLUMN field text,
    ADD COLUMN reason text,
    ADD COLUMN run_id uuid,
    ADD COLUMN revision integer,
    ADD COLUMN changes jsonb,
    ADD COLUMN undone text,
    ADD CONSTRAINT import_rows_undone_check
        CHECK (undone IS NULL OR undone IN ('removed', 'restored', 'left_alone'));

-- Cells that were put right, and rows that were left out, before the run.
CREATE TABLE import_fixes (
    account_id uuid NOT NULL,
    import_id uuid NOT NULL,
    row_number integer NOT NULL,
    is_left_out boolean NOT NULL,
    cells jsonb NOT NULL,
    CONSTRAINT import_fixes_pkey PRIMARY KEY (account_id, import_id, row_number),
    CONSTRAINT import_fixes_import_id_fkey FOREIGN KEY (account_id, import_id)
        REFERENCES imports (account_id, id) ON DELETE CASCADE
);
