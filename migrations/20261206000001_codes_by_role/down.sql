ALTER TABLE accounts DROP COLUMN roles_that_need_codes;
