-- What happened to a project, one row each, never changed. Where it stands is derived from them. Words and signatures of
-- people stand apart in `personal`, the only column that can be emptied. `seq` is the order things were written down in,
-- whatever the clock says.
CREATE TABLE happening (
    id         TEXT PRIMARY KEY,
    seq        INTEGER NOT NULL UNIQUE,
    project_id TEXT NOT NULL REFERENCES project (id),
    what       TEXT NOT NULL,
    day        TEXT NOT NULL,
    body       TEXT NOT NULL,
    personal   TEXT,
    at         TEXT NOT NULL,
    by         TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX happening_of_project ON happening (project_id);
CREATE TRIGGER happening_keeps BEFORE UPDATE ON happening
WHEN NEW.personal IS NOT NULL OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.project_id <> OLD.project_id OR NEW.what <> OLD.what OR NEW.day <> OLD.day
  OR NEW.body <> OLD.body OR NEW.at <> OLD.at OR NEW.by <> OLD.by
BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;
CREATE TRIGGER happening_stays BEFORE DELETE ON happening BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;

-- Every euro of a project. A correction undoes the one entry it names. `amount` is what is settled, `rounding` what cash moved it by.
CREATE TABLE ledger_of_all (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project (id),
    kind       TEXT NOT NULL CHECK (kind IN ('valuation-fee', 'payment', 'refund', 'correction')),
    corrects   TEXT REFERENCES ledger_of_all (id) CHECK ((corrects IS NOT NULL) = (kind = 'correction')),
    method     TEXT NOT NULL CHECK (method <> ''),
    amount     INTEGER NOT NULL CHECK (amount > 0),
    rounding   INTEGER NOT NULL CHECK (rounding BETWEEN -2 AND 2),
    day        TEXT NOT NULL,
    reference  TEXT NOT NULL,
    note       TEXT NOT NULL,
    at         TEXT NOT NULL,
    by         TEXT REFERENCES staff (id)
) STRICT;
INSERT INTO ledger_of_all SELECT l.id, l.project_id, l.kind, NULL, l.method, l.amount, 0, l.day, '', '', p.taken_in_at, p.taken_in_by
FROM ledger l JOIN project p ON p.id = l.project_id;
DROP TRIGGER ledger_stays;
DROP TRIGGER ledger_keeps;
DROP TABLE ledger;
ALTER TABLE ledger_of_all RENAME TO ledger;
CREATE INDEX ledger_of_project ON ledger (project_id);
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;

-- What a metal part weighs out of its settings; what was written down at intake stays on record.
CREATE TABLE metal_weighing (
    id       TEXT PRIMARY KEY,
    seq      INTEGER NOT NULL UNIQUE,
    metal_id TEXT NOT NULL REFERENCES metal (id),
    gross    INTEGER NOT NULL CHECK (gross > 0),
    at       TEXT NOT NULL,
    by       TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX weighing_of_metal ON metal_weighing (metal_id);

-- Days the house is closed.
CREATE TABLE closing (
    id     TEXT PRIMARY KEY,
    first  TEXT NOT NULL,
    last   TEXT NOT NULL,
    reason TEXT NOT NULL,
    CHECK (first <= last)
) STRICT;
