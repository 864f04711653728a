-- A form half typed belongs to whoever typed it; one from before is anybody's.
CREATE TABLE draft_of_someone (
    id       TEXT NOT NULL,
    maker    TEXT NOT NULL,
    body     TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (id, maker)
) STRICT;
INSERT INTO draft_of_someone (id, maker, body, saved_at) SELECT id, '', body, saved_at FROM draft;
DROP TABLE draft;
ALTER TABLE draft_of_someone RENAME TO draft;

-- Whether a task has grounds, which are worked out for whoever asks: everything is looked at again for it.
ALTER TABLE due ADD COLUMN has_grounds INTEGER NOT NULL DEFAULT 0;
UPDATE standing SET changes_on = '';
