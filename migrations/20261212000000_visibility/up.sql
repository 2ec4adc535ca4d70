-- Which leads a rep sees. Whoever saw all leads before goes on to; a new account says `own` itself.
ALTER TABLE accounts
    ADD COLUMN leads_reps_see text NOT NULL DEFAULT 'all',
    ADD CONSTRAINT accounts_leads_reps_see_check CHECK (leads_reps_see IN ('own', 'team', 'all'));

-- For whom a key acts; without anybody for the account.
ALTER TABLE api_keys
    ADD COLUMN person_id uuid,
    ADD CONSTRAINT api_keys_person_id_fkey FOREIGN KEY (account_id, person_id)
        REFERENCES users (account_id, id);

-- The unassigned pool, of no team and of each, newest first: walks of whoever does not see all leads, whose
-- own leads the index of owners has. Two indexes, since Postgres does not see that one that begins with
-- the team is in order where the team is null.
CREATE INDEX leads_pool_idx ON leads (account_id, created_at DESC, id DESC)
    WHERE owner_id IS NULL AND team_id IS NULL AND archived_at IS NULL;
CREATE INDEX leads_team_pool_idx ON leads (account_id, team_id, created_at DESC, id DESC)
    WHERE owner_id IS NULL AND team_id IS NOT NULL AND archived_at IS NULL;
