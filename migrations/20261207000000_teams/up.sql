-- Teams get members, and the names of teams and of lead sources stand once: whoever chooses one
-- has to know it by its name.
CREATE UNIQUE INDEX teams_name_key ON teams (account_id, lower(name COLLATE "und-x-icu"));
-- Two teams may each have a source of the same name.
CREATE UNIQUE INDEX lead_sources_name_key
    ON lead_sources (account_id, team_id, lower(name COLLATE "und-x-icu")) NULLS NOT DISTINCT;

CREATE TABLE team_members (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT team_members_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT team_members_team_id_fkey FOREIGN KEY (account_id, team_id)
        REFERENCES teams (account_id, id) ON DELETE CASCADE,
    CONSTRAINT team_members_user_id_fkey FOREIGN KEY (account_id, user_id)
        REFERENCES users (account_id, id),
    CONSTRAINT team_members_user_id_key UNIQUE (account_id, team_id, user_id)
);
-- The teams of a person.
CREATE INDEX team_members_user_id_idx ON team_members (account_id, user_id);

-- The list of leads by their source is one index walk, as it is by their team; and a source that is
-- to be deleted is looked for here.
CREATE INDEX leads_lead_source_id_idx
    ON leads (account_id, lead_source_id, created_at DESC, id DESC)
    WHERE lead_source_id IS NOT NULL;

ALTER TABLE audit_entries
    DROP CONSTRAINT audit_entries_subject_check,
    ADD CONSTRAINT audit_entries_subject_check CHECK (subject IN
        ('account', 'user', 'api_key', 'campaign', 'workflow', 'lead', 'connector',
         'do_not_contact_entry', 'calling_number', 'destination', 'import', 'team',
         'lead_source'));
