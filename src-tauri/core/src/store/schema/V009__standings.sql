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
