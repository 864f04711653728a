-- The words that something is found by bear its kind, and the index has every beginning of them up to twenty letters as a list of its
-- own: what begins alike is neither gone through nor merged, however many there are.
DROP TRIGGER found_new;
DROP TRIGGER found_gone;
DROP TRIGGER found_anew;
DROP TABLE found_word;
DROP TABLE found;
-- `_client anna peeters` becomes `canna cpeeters`.
UPDATE standing SET words = CASE kind WHEN 'client' THEN 'c' || replace(substr(words, 9), ' ', ' c')
                                      WHEN 'project' THEN 'p' || replace(substr(words, 10), ' ', ' p')
                                      ELSE 'a' || replace(substr(words, 7), ' ', ' a') END
WHERE words <> '';
CREATE VIRTUAL TABLE found USING fts5 (
    words, content = 'standing', content_rowid = 'seq', detail = 'none', columnsize = 0,
    prefix = '2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21', tokenize = "ascii tokenchars '@'"
);
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);
INSERT INTO found (found) VALUES ('rebuild');
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
