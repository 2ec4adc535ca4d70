ALTER TABLE workflows DROP COLUMN when_away;
