CREATE INDEX leads_campaign_id_old ON leads (account_id, campaign_id, created_at DESC, id DESC)
    WHERE campaign_id IS NOT NULL;
CREATE INDEX leads_workflow_id_old ON leads (account_id, workflow_id, created_at DESC, id DESC)
    WHERE workflow_id IS NOT NULL;
CREATE INDEX leads_team_id_old ON leads (account_id, team_id, created_at DESC, id DESC)
    WHERE team_id IS NOT NULL;
DROP INDEX leads_campaign_id_idx, leads_workflow_id_idx, leads_team_id_idx;
ALTER INDEX leads_campaign_id_old RENAME TO leads_campaign_id_idx;
ALTER INDEX leads_workflow_id_old RENAME TO leads_workflow_id_idx;
ALTER INDEX leads_team_id_old RENAME TO leads_team_id_idx;
