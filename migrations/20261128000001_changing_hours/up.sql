-- Contact hours change while steps wait by them. A workflow counts its changes, those of the
-- account with its own, and a step keeps the count it was planned under.
--   number          its place on its run's way, from 1: steps of one instant keep their order
--   ready_at        when it would happen if there were no contact hours; empty for what does not
--                   wait by them
--   hours_revision  the hours it was planned by; empty when they are to be asked again
ALTER TABLE workflows ADD COLUMN hours_revision integer NOT NULL DEFAULT 0;
ALTER TABLE workflow_run_steps
    ADD COLUMN number integer NOT NULL DEFAULT 1,
    ADD COLUMN ready_at timestamptz,
    ADD COLUMN hours_revision integer;
UPDATE workflow_run_steps s SET number = n.number
FROM (SELECT account_id, id, row_number() OVER (
        PARTITION BY account_id, run_id ORDER BY exited_at NULLS LAST, entered_at, id) AS number
    FROM workflow_run_steps) n
WHERE s.account_id = n.account_id AND s.id = n.id AND n.number > 1;
-- First tries that wait for an opening would have happened when the lead came to them.
UPDATE workflow_run_steps SET ready_at = entered_at
WHERE state = 'scheduled' AND attempt = 1 AND due_at > entered_at
    AND node_type IN ('VOICE_CALL', 'SMS', 'WHATSAPP', 'EMAIL') AND why LIKE 'waiting until %';

-- What was handed over and never reported on.
ALTER TABLE attempts
    DROP CONSTRAINT attempts_state_check,
    ADD CONSTRAINT attempts_state_check CHECK (state IN
        ('queued', 'sending', 'sent', 'done', 'failed', 'cancelled', 'unreported'));
UPDATE attempts a SET state = 'unreported', outcome = s.outcome, why = s.why
FROM workflow_run_steps s
WHERE s.account_id = a.account_id AND s.id = a.id AND a.state = 'sent' AND s.state = 'done'
    AND s.why = 'No report came within a day';

-- When the worker looks next at the leads an entry names, to take them out of their workflows;
-- empty once they have been seen to. The default sees to those the version before writes, too.
ALTER TABLE do_not_contact_entries ADD COLUMN look_at timestamptz DEFAULT now();
CREATE INDEX do_not_contact_entries_look_at_idx ON do_not_contact_entries (look_at)
    WHERE look_at IS NOT NULL;
