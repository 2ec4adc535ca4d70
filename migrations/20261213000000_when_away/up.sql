-- What becomes of a step that a person is to do while whoever owns the lead is away.
ALTER TABLE workflows
    ADD COLUMN when_away text NOT NULL DEFAULT 'stay',
    ADD CONSTRAINT workflows_when_away_check CHECK (when_away IN ('stay', 'hand_over', 'shift'));
