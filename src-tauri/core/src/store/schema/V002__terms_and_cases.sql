-- The house's terms by the day they come into force; the first version always was, and has no day.
CREATE TABLE terms (
    id       TEXT PRIMARY KEY,
    in_force TEXT,
    body     TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT REFERENCES staff (id)
) STRICT;
CREATE INDEX terms_by_day ON terms (in_force);

-- A house that is there already follows its profile; the program writes its words in when it opens the store.
INSERT INTO terms (id, in_force, body, added_at) SELECT 'first', NULL, '', '' FROM house;

CREATE TRIGGER terms_keep BEFORE UPDATE ON terms WHEN OLD.body <> ''
BEGIN SELECT RAISE(ABORT, 'a version of the terms is never changed'); END;
CREATE TRIGGER terms_stay BEFORE DELETE ON terms BEGIN SELECT RAISE(ABORT, 'a version of the terms is never changed'); END;

-- A quote keeps the terms it was offered under.
CREATE TABLE quote_with_terms (
    id           TEXT PRIMARY KEY,
    project_id   TEXT NOT NULL REFERENCES project (id),
    number       TEXT NOT NULL,
    version      INTEGER NOT NULL CHECK (version > 0),
    terms_id     TEXT NOT NULL REFERENCES terms (id),
    valuation_id TEXT REFERENCES valuation (id),
    frozen       TEXT NOT NULL,
    total        INTEGER NOT NULL,
    to_pay       INTEGER NOT NULL,
    valid_until  TEXT NOT NULL,
    issued_at    TEXT NOT NULL,
    issued_by    TEXT NOT NULL REFERENCES staff (id),
    UNIQUE (number, version)
) STRICT;
INSERT INTO quote_with_terms
SELECT id, project_id, number, version, 'first', valuation_id, frozen, total, to_pay, valid_until, issued_at, issued_by FROM quote;
DROP TRIGGER quote_stays;
DROP TRIGGER quote_keeps;
DROP TABLE quote;
ALTER TABLE quote_with_terms RENAME TO quote;
CREATE INDEX quote_of_project ON quote (project_id);
CREATE TRIGGER quote_keeps BEFORE UPDATE ON quote BEGIN SELECT RAISE(ABORT, 'an issued quote is frozen'); END;
CREATE TRIGGER quote_stays BEFORE DELETE ON quote BEGIN SELECT RAISE(ABORT, 'an issued quote is frozen'); END;

-- An after-sales dossier: what was sold, and the facts as they were when it was opened, as a question of the desk.
CREATE TABLE aftersales_case (
    id         TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,
    number     TEXT NOT NULL UNIQUE,
    client_id  TEXT NOT NULL REFERENCES client (id),
    project_id TEXT REFERENCES project (id),
    item       TEXT NOT NULL CHECK (item <> ''),
    terms_id   TEXT NOT NULL REFERENCES terms (id),
    facts      TEXT NOT NULL,
    opened     TEXT NOT NULL,
    opened_at  TEXT NOT NULL,
    opened_by  TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX case_of_client ON aftersales_case (client_id);

-- A paper belongs to a project, to a case, or to neither: an answer given at the desk.
CREATE TABLE paper_anywhere (
    id         TEXT PRIMARY KEY,
    project_id TEXT REFERENCES project (id),
    case_id    TEXT REFERENCES aftersales_case (id),
    kind       TEXT NOT NULL,
    number     TEXT NOT NULL,
    language   TEXT NOT NULL,
    issued_at  TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT;
INSERT INTO paper_anywhere SELECT id, project_id, NULL, kind, number, language, issued_at, sha256, bytes FROM paper;
DROP TRIGGER paper_stays;
DROP TRIGGER paper_keeps;
DROP TABLE paper;
ALTER TABLE paper_anywhere RENAME TO paper;
CREATE INDEX paper_of_project ON paper (project_id);
CREATE INDEX paper_of_case ON paper (case_id);
CREATE TRIGGER paper_keeps BEFORE UPDATE ON paper BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END;
CREATE TRIGGER paper_stays BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END;
