-- Invoices as they were issued: both parties, lines and VAT as they stood on the day. Paper and structured file are made of them.
CREATE TABLE invoice (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project (id),
    paper_id   TEXT NOT NULL UNIQUE REFERENCES paper (id),
    number     TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('deposit', 'fee', 'final', 'credit')),
    day        TEXT NOT NULL,
    total      INTEGER NOT NULL,
    frozen     TEXT NOT NULL,
    issued_at  TEXT NOT NULL,
    issued_by  TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX invoice_of_project ON invoice (project_id);
CREATE INDEX invoice_by_day ON invoice (day, id);
-- It never changes. Once accounting need not keep it any more, who bought may be emptied, and nothing else.
CREATE TRIGGER invoice_keeps BEFORE UPDATE ON invoice
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.paper_id <> OLD.paper_id
  OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind OR NEW.day <> OLD.day OR NEW.total <> OLD.total
  OR NEW.issued_at <> OLD.issued_at OR NEW.issued_by <> OLD.issued_by OR json_extract(NEW.frozen, '$.buyer.name') <> '–'
  OR json_extract(NEW.frozen, '$.total') <> json_extract(OLD.frozen, '$.total')
  OR json_extract(NEW.frozen, '$.shares') <> json_extract(OLD.frozen, '$.shares')
  OR json_array_length(NEW.frozen, '$.lines') <> json_array_length(OLD.frozen, '$.lines')
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
BEGIN SELECT RAISE(ABORT, 'the register of purchases is never changed'); END;
CREATE TRIGGER purchase_stays BEFORE DELETE ON purchase BEGIN SELECT RAISE(ABORT, 'the register of purchases is never changed'); END;
