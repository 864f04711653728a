-- What each table held after the last action: how many rows, and the sum of their hashes. The journal's chain holds it too, so
-- that what was written past the program shows.
CREATE TABLE seal (
    of_table TEXT PRIMARY KEY,
    rows     INTEGER NOT NULL,
    sum      TEXT NOT NULL
) STRICT;
ALTER TABLE journal ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
DROP TRIGGER journal_keeps;
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
WHEN OLD.chain <> '' OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.who <> OLD.who OR NEW.seed <> OLD.seed OR NEW.action <> OLD.action
  OR NEW.sealed <> OLD.sealed
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;

-- The entry after which the tables were sealed anew without another, as a newer program does when it opens the store.
ALTER TABLE clock ADD COLUMN sealed_anew INTEGER NOT NULL DEFAULT -1;

-- Whether a program has the file open. A copy made meanwhile lacks what stands in the log beside it.
CREATE TABLE in_use (
    id     TEXT PRIMARY KEY CHECK (id = 'in-use'),
    is_so  INTEGER NOT NULL CHECK (is_so IN (0, 1))
) STRICT;
INSERT INTO in_use (id, is_so) VALUES ('in-use', 0);

-- What was offered stays as it was: figures, lines, days. Erasing a client may empty the words that were written to them.
DROP TRIGGER quote_keeps;
CREATE TRIGGER quote_keeps BEFORE UPDATE ON quote
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.number <> OLD.number OR NEW.version <> OLD.version
  OR NEW.terms_id <> OLD.terms_id OR NEW.valuation_id IS NOT OLD.valuation_id OR NEW.total <> OLD.total OR NEW.to_pay <> OLD.to_pay
  OR NEW.valid_until <> OLD.valid_until OR NEW.issued_at <> OLD.issued_at OR NEW.issued_by <> OLD.issued_by
  OR json_extract(NEW.frozen, '$.intro') <> '' OR json_array_length(NEW.frozen, '$.lines') <> json_array_length(OLD.frozen, '$.lines')
BEGIN SELECT RAISE(ABORT, 'an issued quote is frozen'); END;

-- And what a payer wrote, once accounting need not keep it any more.
DROP TRIGGER ledger_keeps;
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.project_id IS NOT OLD.project_id OR NEW.case_id IS NOT OLD.case_id
  OR NEW.kind <> OLD.kind OR NEW.corrects IS NOT OLD.corrects OR NEW.method <> OLD.method OR NEW.amount <> OLD.amount
  OR NEW.rounding <> OLD.rounding OR NEW.day <> OLD.day OR NEW.at <> OLD.at OR NEW.by IS NOT OLD.by OR NEW.place <> OLD.place
  OR NEW.note NOT IN (OLD.note, '') OR NEW.reference NOT IN (OLD.reference, '')
BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;

CREATE INDEX piece_of_photo ON piece_photo (photo_id);

-- Wrong PINs in a row: each makes the next one wait longer, also after the program was started again.
CREATE TABLE attempt (
    who   TEXT PRIMARY KEY REFERENCES staff (id),
    wrong INTEGER NOT NULL CHECK (wrong > 0)
) STRICT;
