-- Money in cents, metal in milligrams, stones in thousandths of a carat, days and instants as ISO text.

CREATE TABLE house (
    id       TEXT PRIMARY KEY CHECK (id = 'house'),
    profile  TEXT NOT NULL,
    identity TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nl', 'fr', 'en', 'de')),
    deduction_pct TEXT NOT NULL,
    version  INTEGER NOT NULL
) STRICT;

CREATE TABLE staff (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> '')
) STRICT;

CREATE TABLE client (
    id             TEXT PRIMARY KEY,
    version        INTEGER NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('consumer', 'business')),
    language       TEXT NOT NULL CHECK (language IN ('nl', 'fr', 'en', 'de')),
    name           TEXT NOT NULL CHECK (name <> ''),
    street         TEXT NOT NULL,
    postcode       TEXT NOT NULL,
    city           TEXT NOT NULL,
    country        TEXT NOT NULL,
    phone          TEXT NOT NULL,
    email          TEXT NOT NULL,
    second_contact TEXT NOT NULL,
    vat_number     TEXT NOT NULL,
    fold           TEXT NOT NULL
) STRICT;

CREATE TABLE project (
    id          TEXT PRIMARY KEY,
    version     INTEGER NOT NULL,
    number      TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('tailor-made', 'redesign', 'made-to-order', 'stock')),
    client_id   TEXT NOT NULL REFERENCES client (id),
    wish        TEXT NOT NULL,
    opened      TEXT NOT NULL,
    taken_in_at TEXT NOT NULL,
    taken_in_by TEXT NOT NULL REFERENCES staff (id),
    fee         INTEGER NOT NULL CHECK (fee >= 0),
    fold        TEXT NOT NULL
) STRICT;

CREATE TABLE piece (
    id             TEXT PRIMARY KEY,
    project_id     TEXT NOT NULL REFERENCES project (id),
    position       INTEGER NOT NULL,
    description    TEXT NOT NULL CHECK (description <> ''),
    condition      TEXT NOT NULL,
    envelope       TEXT NOT NULL CHECK (envelope <> ''),
    declared_value INTEGER CHECK (declared_value >= 0)
) STRICT;
CREATE INDEX piece_of_project ON piece (project_id);

CREATE TABLE stone (
    id       TEXT PRIMARY KEY,
    piece_id TEXT NOT NULL REFERENCES piece (id),
    position INTEGER NOT NULL,
    role     TEXT NOT NULL CHECK (role IN ('central', 'accent')),
    gem      TEXT NOT NULL,
    gravity  TEXT,
    cut      TEXT,
    length   TEXT,
    width    TEXT,
    depth    TEXT,
    girdle   TEXT,
    weighed  INTEGER CHECK (weighed > 0),
    note     TEXT NOT NULL,
    CHECK (weighed IS NOT NULL OR (cut IS NOT NULL AND length IS NOT NULL AND width IS NOT NULL AND depth IS NOT NULL))
) STRICT;
CREATE INDEX stone_of_piece ON stone (piece_id);

CREATE TABLE metal (
    id       TEXT PRIMARY KEY,
    piece_id TEXT NOT NULL REFERENCES piece (id),
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    stamp    TEXT NOT NULL,
    title    INTEGER NOT NULL CHECK (title BETWEEN 1 AND 999),
    tested   TEXT NOT NULL,
    gross    INTEGER NOT NULL CHECK (gross > 0),
    mounted  INTEGER NOT NULL CHECK (mounted >= 0),
    other    INTEGER NOT NULL CHECK (other >= 0)
) STRICT;
CREATE INDEX metal_of_piece ON metal (piece_id);

CREATE TABLE photo (
    id       TEXT PRIMARY KEY,
    sha256   TEXT NOT NULL,
    name     TEXT NOT NULL,
    width    INTEGER NOT NULL,
    height   INTEGER NOT NULL,
    original BLOB NOT NULL,
    picture  BLOB NOT NULL,
    printed  BLOB NOT NULL,
    thumb    BLOB NOT NULL
) STRICT;

CREATE TABLE piece_photo (
    piece_id TEXT NOT NULL REFERENCES piece (id),
    photo_id TEXT NOT NULL REFERENCES photo (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (piece_id, photo_id)
) STRICT;

CREATE TABLE consent (
    project_id TEXT NOT NULL REFERENCES project (id),
    consent    TEXT NOT NULL,
    given_at   TEXT NOT NULL,
    PRIMARY KEY (project_id, consent)
) STRICT;

-- A signature drawn on the screen keeps its strokes; one on paper keeps none.
CREATE TABLE signature (
    project_id TEXT NOT NULL REFERENCES project (id),
    subject    TEXT NOT NULL CHECK (subject IN ('intake')),
    signer     TEXT NOT NULL,
    strokes    TEXT,
    signed_at  TEXT NOT NULL,
    PRIMARY KEY (project_id, subject)
) STRICT;

CREATE TABLE ledger (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project (id),
    kind       TEXT NOT NULL CHECK (kind IN ('valuation-fee')),
    method     TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    day        TEXT NOT NULL
) STRICT;

-- The jeweller's own decisions on a piece; the last one holds.
CREATE TABLE decision (
    id         TEXT PRIMARY KEY,
    piece_id   TEXT NOT NULL REFERENCES piece (id),
    accepted   INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    reason     TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL REFERENCES staff (id)
) STRICT;

CREATE TABLE gold_price (
    id       TEXT PRIMARY KEY,
    day      TEXT NOT NULL,
    unit     TEXT NOT NULL CHECK (unit IN ('ounce', 'gram')),
    euro     TEXT NOT NULL,
    source   TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    noted_by TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX gold_price_by_day ON gold_price (day);

-- A valuation keeps the price it was made at and the worksheet as it was; it is never changed, only followed.
CREATE TABLE valuation (
    id            TEXT PRIMARY KEY,
    project_id    TEXT NOT NULL REFERENCES project (id),
    number        TEXT NOT NULL UNIQUE,
    gold_price_id TEXT REFERENCES gold_price (id),
    worksheet     TEXT NOT NULL,
    credit        INTEGER NOT NULL CHECK (credit >= 0),
    issued_at     TEXT NOT NULL,
    issued_by     TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX valuation_of_project ON valuation (project_id);

CREATE TABLE quote (
    id           TEXT PRIMARY KEY,
    project_id   TEXT NOT NULL REFERENCES project (id),
    number       TEXT NOT NULL,
    version      INTEGER NOT NULL CHECK (version > 0),
    valuation_id TEXT REFERENCES valuation (id),
    frozen       TEXT NOT NULL,
    total        INTEGER NOT NULL,
    to_pay       INTEGER NOT NULL,
    valid_until  TEXT NOT NULL,
    issued_at    TEXT NOT NULL,
    issued_by    TEXT NOT NULL REFERENCES staff (id),
    UNIQUE (number, version)
) STRICT;
CREATE INDEX quote_of_project ON quote (project_id);

CREATE TABLE paper (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project (id),
    kind       TEXT NOT NULL,
    number     TEXT NOT NULL,
    language   TEXT NOT NULL,
    issued_at  TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT;
CREATE INDEX paper_of_project ON paper (project_id);

-- The last number given of a series in a year.
CREATE TABLE series (
    series TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (series, year)
) STRICT;

-- Drafts are no actions: they live beside the journal and go when the action is done.
CREATE TABLE draft (
    id       TEXT PRIMARY KEY,
    body     TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;

-- Each action with the context that makes a replay give the same rows. Personal data is not in it: it stands in
-- journal_personal under its salted hash, and can be erased there without breaking the journal.
CREATE TABLE journal (
    seq    INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    seed   TEXT NOT NULL,
    action TEXT NOT NULL
) STRICT;

CREATE TABLE journal_personal (
    hash TEXT PRIMARY KEY,
    salt TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER paper_keeps BEFORE UPDATE ON paper BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END;
CREATE TRIGGER paper_stays BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END;
CREATE TRIGGER quote_keeps BEFORE UPDATE ON quote BEGIN SELECT RAISE(ABORT, 'an issued quote is frozen'); END;
CREATE TRIGGER quote_stays BEFORE DELETE ON quote BEGIN SELECT RAISE(ABORT, 'an issued quote is frozen'); END;
CREATE TRIGGER valuation_keeps BEFORE UPDATE ON valuation BEGIN SELECT RAISE(ABORT, 'an issued valuation is frozen'); END;
CREATE TRIGGER valuation_stays BEFORE DELETE ON valuation BEGIN SELECT RAISE(ABORT, 'an issued valuation is frozen'); END;
