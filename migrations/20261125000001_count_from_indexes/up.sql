-- Lists by campaign, workflow or team are counted from their index alone: it tells which leads
-- were put away. The new ones are built before the old ones go, so that reading never waits.
CREATE INDEX leads_campaign_id_new ON leads (account_id, campaign_id, created_at DESC, id DESC)
    INCLUDE (archived_at) WHERE campaign_id IS NOT NULL;
CREATE INDEX leads_workflow_id_new ON leads (account_id, workflow_id, created_at DESC, id DESC)
    INCLUDE (archived_at) WHERE workflow_id IS NOT NULL;
CREATE INDEX leads_team_id_new ON leads (account_id, team_id, created_at DESC, id DESC)
    INCLUDE (archived_at) WHERE team_id IS NOT NULL;
DROP INDEX leads_campaign_id_idx, leads_workflow_id_idx, leads_team_id_idx;
ALTER INDEX leads_campaign_id_new RENAME TO leads_campaign_id_idx;
ALTER INDEX leads_workflow_id_new RENAME TO leads_workflow_id_idx;
ALTER INDEX leads_team_id_new RENAME TO leads_team_id_idx;
