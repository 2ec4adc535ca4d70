-- Whose a lead is by making: who acted when it came in, or whom the call named. The leads that are
-- there tell it in their audit alone.
ALTER TABLE leads
    ADD COLUMN created_by_id uuid,
    ADD CONSTRAINT leads_created_by_id_fkey FOREIGN KEY (account_id, created_by_id)
        REFERENCES users (account_id, id);
