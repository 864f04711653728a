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
