DROP INDEX leads_pool_idx, leads_team_pool_idx;
ALTER TABLE api_keys DROP COLUMN person_id;
ALTER TABLE accounts DROP COLUMN leads_reps_see;
