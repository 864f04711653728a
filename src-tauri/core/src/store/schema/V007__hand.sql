-- A client's card says what a jeweller remembers of them; two cards of one person become one.
ALTER TABLE client ADD COLUMN sizes TEXT NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN preferences TEXT NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN dates TEXT NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN merged_into TEXT REFERENCES client (id);
CREATE INDEX client_merged ON client (merged_into);

-- Who goes by another name now is found by the former one; and a client is found by more than before: the program folds anew
-- what is empty.
ALTER TABLE client ADD COLUMN former_names TEXT NOT NULL DEFAULT '';
UPDATE client SET fold = '';

-- A project that was another client's takes what the journal holds of it along.
ALTER TABLE journal_personal ADD COLUMN project TEXT REFERENCES project (id);
CREATE INDEX journal_of_project ON journal_personal (project);

-- The client a paper is filed under may prove to be another, or two; what was issued stays as it was.
DROP TRIGGER paper_keeps;
CREATE TRIGGER paper_keeps BEFORE UPDATE ON paper
WHEN (NEW.bytes <> OLD.bytes AND length(NEW.bytes) > 0) OR NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id
  OR NEW.project_id IS NOT OLD.project_id OR NEW.case_id IS NOT OLD.case_id OR NEW.kind <> OLD.kind OR NEW.number <> OLD.number
  OR NEW.language <> OLD.language OR NEW.issued_at <> OLD.issued_at OR NEW.sha256 <> OLD.sha256
BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END;

-- An envelope is the same however it is written.
DROP INDEX piece_by_envelope;
CREATE INDEX piece_by_envelope ON piece (upper(envelope));

-- What the house writes in its mails, where that is not the usual text.
CREATE TABLE mail_text (
    kind     TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nl', 'fr', 'en', 'de')),
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL CHECK (body <> ''),
    PRIMARY KEY (kind, language)
) STRICT;

-- A payment booked from a bank's statement says where it stands there: the same one is not booked twice.
ALTER TABLE ledger ADD COLUMN place TEXT NOT NULL DEFAULT '';
CREATE INDEX ledger_by_place ON ledger (place) WHERE place <> '';
CREATE INDEX ledger_by_corrects ON ledger (corrects) WHERE corrects IS NOT NULL;
