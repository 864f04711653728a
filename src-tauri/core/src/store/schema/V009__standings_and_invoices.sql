-- Where each dossier stands as of a day: what lists, Today and the calendar are answered from, however old the house is. It
-- follows from everything else and is renewed with each action; `changes_on` is the day on which it changes by the clock alone,
-- empty where nobody has looked yet.
CREATE TABLE standing (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('project', 'case', 'client')),
    noted_on   TEXT NOT NULL,
    changes_on TEXT NOT NULL,
    stage      TEXT NOT NULL,
    name       TEXT NOT NULL,
    due_on     TEXT NOT NULL,
    owed       INTEGER NOT NULL,
    holds      INTEGER NOT NULL CHECK (holds IN (0, 1)),
    declared   INTEGER NOT NULL,
    words      TEXT NOT NULL
) STRICT;
CREATE INDEX standing_changes ON standing (changes_on);
CREATE INDEX standing_noted ON standing (noted_on);
CREATE INDEX standing_in_order ON standing (kind, seq);
CREATE INDEX standing_by_name ON standing (kind, name, seq);
CREATE INDEX standing_by_due ON standing (kind, due_on, seq);
CREATE INDEX standing_of_stage ON standing (kind, stage, seq);
CREATE INDEX standing_of_stage_by_name ON standing (kind, stage, name, seq);
CREATE INDEX standing_of_stage_by_due ON standing (kind, stage, due_on, seq);
CREATE INDEX standing_holding ON standing (kind, seq) WHERE holds = 1;
CREATE INDEX standing_declared ON standing (declared) WHERE declared > 0;

-- What is due of it, the first day first.
CREATE TABLE due (
    seq      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    day      TEXT NOT NULL,
    about    TEXT NOT NULL,
    begun_by TEXT NOT NULL,
    task     TEXT NOT NULL,
    amount   INTEGER,
    PRIMARY KEY (seq, position)
) STRICT;
CREATE INDEX due_by_day ON due (day, seq, position);
CREATE INDEX due_about ON due (about, day, seq, position);
CREATE INDEX due_of_someone ON due (begun_by, about, day, seq, position);

-- The words each is found by, from their beginnings. What is taken out of it leaves nothing behind.
CREATE VIRTUAL TABLE found USING fts5 (
    words, content = 'standing', content_rowid = 'seq', detail = 'none', columnsize = 0, prefix = '1 2',
    tokenize = "ascii tokenchars '@_'"
);
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE found_word USING fts5vocab ('found', 'instance');
CREATE TRIGGER found_new AFTER INSERT ON standing BEGIN
    INSERT INTO found (rowid, words) VALUES (NEW.seq, NEW.words);
END;
CREATE TRIGGER found_gone AFTER DELETE ON standing BEGIN
    INSERT INTO found (found, rowid, words) VALUES ('delete', OLD.seq, OLD.words);
END;
CREATE TRIGGER found_anew AFTER UPDATE OF words ON standing WHEN NEW.words <> OLD.words BEGIN
    INSERT INTO found (found, rowid, words) VALUES ('delete', OLD.seq, OLD.words);
    INSERT INTO found (rowid, words) VALUES (NEW.seq, NEW.words);
END;

DROP TABLE open_dossier;
INSERT INTO standing (id, kind, noted_on, changes_on, stage, name, due_on, owed, holds, declared, words)
SELECT id, kind, '', '', '', '', '', 0, 0, 0, '' FROM (
    SELECT id, 'client' AS kind FROM client
    UNION ALL SELECT id, 'project' FROM project
    UNION ALL SELECT id, 'case' FROM aftersales_case
) ORDER BY id;

-- Invoices as they were issued: both parties, lines and VAT as they stood on the day. Paper and structured file are made of them.
CREATE TABLE invoice (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project (id),
    paper_id   TEXT NOT NULL UNIQUE REFERENCES paper (id),
    number     TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('deposit', 'fee', 'final', 'credit')),
    day        TEXT NOT NULL,
    total      INTEGER NOT NULL,
    reference  TEXT NOT NULL,
    frozen     TEXT NOT NULL,
    issued_at  TEXT NOT NULL,
    issued_by  TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX invoice_of_project ON invoice (project_id);
CREATE INDEX invoice_by_day ON invoice (day, id);
CREATE INDEX invoice_by_reference ON invoice (reference) WHERE reference > '';
-- It never changes. Once accounting need not keep it any more, who bought may be emptied, and nothing else.
CREATE TRIGGER invoice_keeps BEFORE UPDATE ON invoice
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.paper_id <> OLD.paper_id
  OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind OR NEW.day <> OLD.day OR NEW.total <> OLD.total
  OR NEW.reference <> OLD.reference
  OR NEW.issued_at <> OLD.issued_at OR NEW.issued_by <> OLD.issued_by OR json_extract(NEW.frozen, '$.buyer.name') IS DISTINCT FROM '–'
  OR json_extract(NEW.frozen, '$.total') IS DISTINCT FROM json_extract(OLD.frozen, '$.total')
  OR json_extract(NEW.frozen, '$.shares') IS DISTINCT FROM json_extract(OLD.frozen, '$.shares')
  OR json_array_length(NEW.frozen, '$.lines') IS DISTINCT FROM json_array_length(OLD.frozen, '$.lines')
BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END;
CREATE TRIGGER invoice_stays BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'an invoice is never deleted'); END;

-- Whose structured file was given to the accounting package or the access point.
CREATE TABLE invoice_sent (
    paper_id TEXT PRIMARY KEY REFERENCES paper (id),
    at       TEXT NOT NULL
) STRICT;

-- The book of day receipts goes by the day on which money was written down.
CREATE INDEX ledger_by_moment ON ledger (at);
CREATE INDEX happening_of_kind_by_moment ON happening (what, at);

-- Old gold that was bought from a client with an order: who sold it is kept as long as the law asks, and then emptied.
CREATE TABLE purchase (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL UNIQUE REFERENCES project (id),
    number     TEXT NOT NULL UNIQUE,
    day        TEXT NOT NULL,
    credit     INTEGER NOT NULL,
    body       TEXT NOT NULL,
    at         TEXT NOT NULL,
    by         TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX purchase_by_day ON purchase (day, id);
CREATE TRIGGER purchase_keeps BEFORE UPDATE ON purchase
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.number <> OLD.number OR NEW.day <> OLD.day
  OR NEW.credit <> OLD.credit OR NEW.at <> OLD.at OR NEW.by <> OLD.by OR json_extract(NEW.body, '$.seller') IS NOT NULL
  OR json_extract(NEW.body, '$.parts') IS DISTINCT FROM json_extract(OLD.body, '$.parts')
BEGIN SELECT RAISE(ABORT, 'the register of purchases is never changed'); END;
CREATE TRIGGER purchase_stays BEFORE DELETE ON purchase BEGIN SELECT RAISE(ABORT, 'the register of purchases is never changed'); END;

-- What says nothing is no quote either: its lines cannot be emptied altogether.
DROP TRIGGER quote_keeps;
CREATE TRIGGER quote_keeps BEFORE UPDATE ON quote
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.number <> OLD.number OR NEW.version <> OLD.version
  OR NEW.terms_id <> OLD.terms_id OR NEW.valuation_id IS NOT OLD.valuation_id OR NEW.total <> OLD.total OR NEW.to_pay <> OLD.to_pay
  OR NEW.valid_until <> OLD.valid_until OR NEW.issued_at <> OLD.issued_at OR NEW.issued_by <> OLD.issued_by
  OR json_extract(NEW.frozen, '$.intro') IS DISTINCT FROM ''
  OR json_array_length(NEW.frozen, '$.lines') IS DISTINCT FROM json_array_length(OLD.frozen, '$.lines')
BEGIN SELECT RAISE(ABORT, 'an issued quote is frozen'); END;

-- Whether the house moved to another store: nobody works in this one any more.
ALTER TABLE clock ADD COLUMN moved INTEGER NOT NULL DEFAULT 0 CHECK (moved IN (0, 1));
