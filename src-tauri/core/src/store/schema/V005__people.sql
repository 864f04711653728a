-- People: what they may do, the hash of their PIN, and whether they still work here. Who worked here so far may do everything.
ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'manager' CHECK (role IN ('counter', 'designer', 'manager'));
ALTER TABLE staff ADD COLUMN pin TEXT;
ALTER TABLE staff ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));

-- The store's own clock and the head of the journal: ids never go back in time, and an entry dropped from the end is missed.
CREATE TABLE clock (
    id     TEXT PRIMARY KEY CHECK (id = 'clock'),
    millis INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    chain  TEXT NOT NULL
) STRICT;
INSERT INTO clock (id, millis, seq, chain) SELECT 'clock', 0, COALESCE(MAX(seq), 0), '' FROM journal;
