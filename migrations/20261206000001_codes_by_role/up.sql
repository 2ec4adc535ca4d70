-- Whose role this is has to turn two-factor codes on before anything else.
ALTER TABLE accounts
    ADD COLUMN roles_that_need_codes text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT accounts_roles_that_need_codes_check CHECK
        (roles_that_need_codes <@ ARRAY['owner', 'admin', 'manager', 'rep', 'viewer']);
