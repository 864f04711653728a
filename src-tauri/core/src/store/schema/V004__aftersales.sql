-- After-sales: a case is of a kind, is found by its numbers and names, and what happens to it is written down once.
ALTER TABLE aftersales_case ADD COLUMN kind TEXT NOT NULL DEFAULT 'return' CHECK (kind IN
  ('withdrawal', 'return', 'exchange', 'cancellation', 'warranty', 'transport-damage', 'wrong-item', 'repair', 'resizing'));
ALTER TABLE aftersales_case ADD COLUMN lines TEXT NOT NULL DEFAULT '[]';
ALTER TABLE aftersales_case ADD COLUMN fold TEXT NOT NULL DEFAULT '';
UPDATE aftersales_case SET kind = CASE json_extract(facts, '$.reason')
  WHEN 'cancel' THEN 'cancellation' WHEN 'defect' THEN 'warranty' WHEN 'transport-damage' THEN 'transport-damage'
  WHEN 'wrong-item' THEN 'wrong-item' ELSE 'withdrawal' END,
  fold = lower(number || ' ' || item);
CREATE INDEX case_of_project ON aftersales_case (project_id);

CREATE TABLE case_happening (
    id       TEXT PRIMARY KEY,
    seq      INTEGER NOT NULL UNIQUE,
    of_id    TEXT NOT NULL REFERENCES aftersales_case (id),
    what     TEXT NOT NULL,
    day      TEXT NOT NULL,
    body     TEXT NOT NULL,
    personal TEXT,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX happening_of_case ON case_happening (of_id);
CREATE TRIGGER case_happening_keeps BEFORE UPDATE ON case_happening
WHEN NEW.personal IS NOT NULL OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.of_id <> OLD.of_id OR NEW.what <> OLD.what OR NEW.day <> OLD.day
  OR NEW.body <> OLD.body OR NEW.at <> OLD.at OR NEW.by <> OLD.by
BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;
CREATE TRIGGER case_happening_stays BEFORE DELETE ON case_happening BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;

-- What clients ask of their data, what was corrected, and that it was erased.
CREATE TABLE client_happening (
    id       TEXT PRIMARY KEY,
    seq      INTEGER NOT NULL UNIQUE,
    of_id    TEXT NOT NULL REFERENCES client (id),
    what     TEXT NOT NULL,
    day      TEXT NOT NULL,
    body     TEXT NOT NULL,
    personal TEXT,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX happening_of_client ON client_happening (of_id);
CREATE TRIGGER client_happening_keeps BEFORE UPDATE ON client_happening
WHEN NEW.personal IS NOT NULL OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.of_id <> OLD.of_id OR NEW.what <> OLD.what OR NEW.day <> OLD.day
  OR NEW.body <> OLD.body OR NEW.at <> OLD.at OR NEW.by <> OLD.by
BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;
CREATE TRIGGER client_happening_stays BEFORE DELETE ON client_happening BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;
ALTER TABLE happening RENAME COLUMN project_id TO of_id;

-- Every euro of a project, of a case, or of a case on a project. `seq` is the order it was booked in.
CREATE TABLE ledger_of_all (
    id         TEXT PRIMARY KEY,
    seq        INTEGER NOT NULL UNIQUE,
    project_id TEXT REFERENCES project (id),
    case_id    TEXT REFERENCES aftersales_case (id) CHECK (project_id IS NOT NULL OR case_id IS NOT NULL),
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
INSERT INTO ledger_of_all SELECT id, ROW_NUMBER() OVER (ORDER BY id), project_id, NULL, kind, corrects, method, amount, rounding, day, reference, note, at, by
FROM ledger;
DROP TRIGGER ledger_stays;
DROP TRIGGER ledger_keeps;
DROP TABLE ledger;
ALTER TABLE ledger_of_all RENAME TO ledger;
CREATE INDEX ledger_of_project ON ledger (project_id);
CREATE INDEX ledger_of_case ON ledger (case_id);
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;

-- A paper never changes; erasing a client may empty its bytes, and leaves number and hash.
ALTER TABLE paper ADD COLUMN client_id TEXT REFERENCES client (id);
DROP TRIGGER paper_keeps;
UPDATE paper SET client_id = (SELECT client_id FROM project WHERE project.id = paper.project_id) WHERE project_id IS NOT NULL;
UPDATE paper SET client_id = (SELECT client_id FROM aftersales_case c WHERE c.id = paper.case_id) WHERE case_id IS NOT NULL;
CREATE INDEX paper_of_client ON paper (client_id);
CREATE TRIGGER paper_keeps BEFORE UPDATE ON paper
WHEN length(NEW.bytes) > 0 OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.number <> OLD.number OR NEW.language <> OLD.language
  OR NEW.issued_at <> OLD.issued_at OR NEW.sha256 <> OLD.sha256
BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END;

-- A file a client sent, kept as it came.
CREATE TABLE attachment (
    id     TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name   TEXT NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;

-- The journal is a chain: each entry holds the hash of itself and of all before it. Personal data stands beside it, under a
-- salt of its own, and knows whose it is.
CREATE TABLE journal_chained (
    seq    INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    seed   TEXT NOT NULL,
    action TEXT NOT NULL,
    chain  TEXT NOT NULL
) STRICT;
INSERT INTO journal_chained SELECT seq, at, who, seed, action, '' FROM journal;
DROP TRIGGER journal_keeps;
DROP TRIGGER journal_stays;
DROP TABLE journal;
ALTER TABLE journal_chained RENAME TO journal;
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
WHEN OLD.chain <> '' OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.who <> OLD.who OR NEW.seed <> OLD.seed OR NEW.action <> OLD.action
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
ALTER TABLE journal_personal ADD COLUMN subject TEXT REFERENCES client (id);
UPDATE journal_personal SET subject = (
    SELECT COALESCE(p.client_id, t.client_id, pc.client_id, k.id)
    FROM journal j
    LEFT JOIN project p ON p.id = json_extract(j.action, '$.project')
    LEFT JOIN project t ON t.taken_in_at = j.at
    LEFT JOIN piece ON piece.id = json_extract(j.action, '$.piece')
    LEFT JOIN project pc ON pc.id = piece.project_id
    LEFT JOIN client k ON k.id = json_extract(j.action, '$.id')
    WHERE instr(j.action, journal_personal.hash) > 0 LIMIT 1);
CREATE INDEX journal_of_subject ON journal_personal (subject);
