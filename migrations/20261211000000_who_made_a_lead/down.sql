ALTER TABLE leads DROP COLUMN created_by_id;
