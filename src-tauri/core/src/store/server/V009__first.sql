-- The whole schema on PostgreSQL, as it stands after V009 on SQLite. Money in cents, metal in milligrams, stones in thousandths of
-- a carat, days and instants as ISO text. The columns stand in the order they have there: seals are of rows from left to right.

CREATE TABLE house (
    id       TEXT PRIMARY KEY CHECK (id = 'house'),
    profile  TEXT NOT NULL,
    identity TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nl', 'fr', 'en', 'de')),
    deduction_pct TEXT NOT NULL,
    version  BIGINT NOT NULL
);

CREATE TABLE staff (
    id     TEXT PRIMARY KEY,
    name   TEXT NOT NULL CHECK (name <> ''),
    role   TEXT NOT NULL DEFAULT 'manager' CHECK (role IN ('counter', 'designer', 'manager')),
    pin    TEXT,
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);

CREATE TABLE client (
    id             TEXT PRIMARY KEY,
    version        BIGINT NOT NULL,
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
    fold           TEXT NOT NULL,
    sizes          TEXT NOT NULL DEFAULT '',
    preferences    TEXT NOT NULL DEFAULT '',
    dates          TEXT NOT NULL DEFAULT '',
    merged_into    TEXT REFERENCES client (id),
    former_names   TEXT NOT NULL DEFAULT ''
);

CREATE TABLE project (
    id          TEXT PRIMARY KEY,
    version     BIGINT NOT NULL,
    number      TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('tailor-made', 'redesign', 'made-to-order', 'stock')),
    client_id   TEXT NOT NULL REFERENCES client (id),
    wish        TEXT NOT NULL,
    opened      TEXT NOT NULL,
    taken_in_at TEXT NOT NULL,
    taken_in_by TEXT NOT NULL REFERENCES staff (id),
    fee         BIGINT NOT NULL CHECK (fee >= 0),
    fold        TEXT NOT NULL
);

CREATE TABLE piece (
    id             TEXT PRIMARY KEY,
    project_id     TEXT NOT NULL REFERENCES project (id),
    position       BIGINT NOT NULL,
    description    TEXT NOT NULL CHECK (description <> ''),
    condition      TEXT NOT NULL,
    envelope       TEXT NOT NULL CHECK (envelope <> ''),
    declared_value BIGINT CHECK (declared_value >= 0)
);

CREATE TABLE stone (
    id       TEXT PRIMARY KEY,
    piece_id TEXT NOT NULL REFERENCES piece (id),
    position BIGINT NOT NULL,
    role     TEXT NOT NULL CHECK (role IN ('central', 'accent')),
    gem      TEXT NOT NULL,
    gravity  TEXT,
    cut      TEXT,
    length   TEXT,
    width    TEXT,
    depth    TEXT,
    girdle   TEXT,
    weighed  BIGINT CHECK (weighed > 0),
    note     TEXT NOT NULL,
    CHECK (weighed IS NOT NULL OR (cut IS NOT NULL AND length IS NOT NULL AND width IS NOT NULL AND depth IS NOT NULL))
);

CREATE TABLE metal (
    id       TEXT PRIMARY KEY,
    piece_id TEXT NOT NULL REFERENCES piece (id),
    position BIGINT NOT NULL,
    name     TEXT NOT NULL,
    stamp    TEXT NOT NULL,
    title    BIGINT NOT NULL CHECK (title BETWEEN 1 AND 999),
    tested   TEXT NOT NULL,
    gross    BIGINT NOT NULL CHECK (gross > 0),
    mounted  BIGINT NOT NULL CHECK (mounted >= 0),
    other    BIGINT NOT NULL CHECK (other >= 0)
);

-- What a metal part weighs out of its settings; what was written down at intake stays on record.
CREATE TABLE metal_weighing (
    id       TEXT PRIMARY KEY,
    seq      BIGINT NOT NULL UNIQUE,
    metal_id TEXT NOT NULL REFERENCES metal (id),
    gross    BIGINT NOT NULL CHECK (gross > 0),
    at       TEXT NOT NULL,
    by       TEXT NOT NULL REFERENCES staff (id)
);

CREATE TABLE photo (
    id       TEXT PRIMARY KEY,
    sha256   TEXT NOT NULL,
    name     TEXT NOT NULL,
    width    BIGINT NOT NULL,
    height   BIGINT NOT NULL,
    original BYTEA NOT NULL,
    picture  BYTEA NOT NULL,
    printed  BYTEA NOT NULL,
    thumb    BYTEA NOT NULL
);

CREATE TABLE piece_photo (
    piece_id TEXT NOT NULL REFERENCES piece (id),
    photo_id TEXT NOT NULL REFERENCES photo (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (piece_id, photo_id)
);

CREATE TABLE consent (
    project_id TEXT NOT NULL REFERENCES project (id),
    consent    TEXT NOT NULL,
    given_at   TEXT NOT NULL,
    PRIMARY KEY (project_id, consent)
);

-- A signature drawn on the screen keeps its strokes; one on paper keeps none.
CREATE TABLE signature (
    project_id TEXT NOT NULL REFERENCES project (id),
    subject    TEXT NOT NULL CHECK (subject IN ('intake')),
    signer     TEXT NOT NULL,
    strokes    TEXT,
    signed_at  TEXT NOT NULL,
    PRIMARY KEY (project_id, subject)
);

-- The jeweller's own decisions on a piece; the last one holds.
CREATE TABLE decision (
    id         TEXT PRIMARY KEY,
    piece_id   TEXT NOT NULL REFERENCES piece (id),
    accepted   BIGINT NOT NULL CHECK (accepted IN (0, 1)),
    reason     TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL REFERENCES staff (id)
);

CREATE TABLE gold_price (
    id       TEXT PRIMARY KEY,
    day      TEXT NOT NULL,
    unit     TEXT NOT NULL CHECK (unit IN ('ounce', 'gram')),
    euro     TEXT NOT NULL,
    source   TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    noted_by TEXT NOT NULL REFERENCES staff (id)
);

-- A valuation keeps the price it was made at and the worksheet as it was; it is never changed, only followed.
CREATE TABLE valuation (
    id            TEXT PRIMARY KEY,
    project_id    TEXT NOT NULL REFERENCES project (id),
    number        TEXT NOT NULL UNIQUE,
    gold_price_id TEXT REFERENCES gold_price (id),
    worksheet     TEXT NOT NULL,
    credit        BIGINT NOT NULL CHECK (credit >= 0),
    issued_at     TEXT NOT NULL,
    issued_by     TEXT NOT NULL REFERENCES staff (id)
);

-- The house's terms by the day they come into force; the first version always was, and has no day.
CREATE TABLE terms (
    id       TEXT PRIMARY KEY,
    in_force TEXT,
    body     TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT REFERENCES staff (id)
);

-- A quote keeps the terms it was offered under.
CREATE TABLE quote (
    id           TEXT PRIMARY KEY,
    project_id   TEXT NOT NULL REFERENCES project (id),
    number       TEXT NOT NULL,
    version      BIGINT NOT NULL CHECK (version > 0),
    terms_id     TEXT NOT NULL REFERENCES terms (id),
    valuation_id TEXT REFERENCES valuation (id),
    frozen       TEXT NOT NULL,
    total        BIGINT NOT NULL,
    to_pay       BIGINT NOT NULL,
    valid_until  TEXT NOT NULL,
    issued_at    TEXT NOT NULL,
    issued_by    TEXT NOT NULL REFERENCES staff (id),
    UNIQUE (number, version)
);

-- An after-sales dossier: what was sold, and the facts as they were when it was opened, as a question of the desk.
CREATE TABLE aftersales_case (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    number     TEXT NOT NULL UNIQUE,
    client_id  TEXT NOT NULL REFERENCES client (id),
    project_id TEXT REFERENCES project (id),
    item       TEXT NOT NULL CHECK (item <> ''),
    terms_id   TEXT NOT NULL REFERENCES terms (id),
    facts      TEXT NOT NULL,
    opened     TEXT NOT NULL,
    opened_at  TEXT NOT NULL,
    opened_by  TEXT NOT NULL REFERENCES staff (id),
    kind       TEXT NOT NULL DEFAULT 'return' CHECK (kind IN
      ('withdrawal', 'return', 'exchange', 'cancellation', 'warranty', 'transport-damage', 'wrong-item', 'repair', 'resizing')),
    lines      TEXT NOT NULL DEFAULT '[]',
    fold       TEXT NOT NULL DEFAULT ''
);

-- A paper belongs to a project, to a case, or to neither: an answer given at the desk.
CREATE TABLE paper (
    id         TEXT PRIMARY KEY,
    project_id TEXT REFERENCES project (id),
    case_id    TEXT REFERENCES aftersales_case (id),
    kind       TEXT NOT NULL,
    number     TEXT NOT NULL,
    language   TEXT NOT NULL,
    issued_at  TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    bytes      BYTEA NOT NULL,
    client_id  TEXT REFERENCES client (id)
);

-- Every euro of a project, of a case, or of a case on a project. `seq` is the order it was booked in. A correction undoes the one
-- entry it names. `amount` is what is settled, `rounding` what cash moved it by.
CREATE TABLE ledger (
    id         TEXT PRIMARY KEY,
    seq        BIGINT NOT NULL UNIQUE,
    project_id TEXT REFERENCES project (id),
    case_id    TEXT REFERENCES aftersales_case (id),
    kind       TEXT NOT NULL CHECK (kind IN ('valuation-fee', 'payment', 'refund', 'correction')),
    corrects   TEXT REFERENCES ledger (id),
    method     TEXT NOT NULL CHECK (method <> ''),
    amount     BIGINT NOT NULL CHECK (amount > 0),
    rounding   BIGINT NOT NULL CHECK (rounding BETWEEN -2 AND 2),
    day        TEXT NOT NULL,
    reference  TEXT NOT NULL,
    note       TEXT NOT NULL,
    at         TEXT NOT NULL,
    by         TEXT REFERENCES staff (id),
    place      TEXT NOT NULL DEFAULT '',
    CHECK (project_id IS NOT NULL OR case_id IS NOT NULL),
    CHECK ((corrects IS NOT NULL) = (kind = 'correction'))
);

-- What happened to projects, cases and clients, one row each, never changed. Words and signatures of people stand apart in
-- `personal`, the only column that can be emptied. `seq` is the order things were written down in, whatever the clock says.
CREATE TABLE happening (
    id       TEXT PRIMARY KEY,
    seq      BIGINT NOT NULL UNIQUE,
    of_id    TEXT NOT NULL REFERENCES project (id),
    what     TEXT NOT NULL,
    day      TEXT NOT NULL,
    body     TEXT NOT NULL,
    personal TEXT,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL REFERENCES staff (id)
);

CREATE TABLE case_happening (
    id       TEXT PRIMARY KEY,
    seq      BIGINT NOT NULL UNIQUE,
    of_id    TEXT NOT NULL REFERENCES aftersales_case (id),
    what     TEXT NOT NULL,
    day      TEXT NOT NULL,
    body     TEXT NOT NULL,
    personal TEXT,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL REFERENCES staff (id)
);

CREATE TABLE client_happening (
    id       TEXT PRIMARY KEY,
    seq      BIGINT NOT NULL UNIQUE,
    of_id    TEXT NOT NULL REFERENCES client (id),
    what     TEXT NOT NULL,
    day      TEXT NOT NULL,
    body     TEXT NOT NULL,
    personal TEXT,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL REFERENCES staff (id)
);

-- Days the house is closed.
CREATE TABLE closing (
    id     TEXT PRIMARY KEY,
    first  TEXT NOT NULL,
    last   TEXT NOT NULL,
    reason TEXT NOT NULL,
    CHECK (first <= last)
);

-- A file a client sent, kept as it came.
CREATE TABLE attachment (
    id     TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name   TEXT NOT NULL,
    bytes  BYTEA NOT NULL
);

-- Invoices as they were issued: both parties, lines and VAT as they stood on the day.
CREATE TABLE invoice (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project (id),
    paper_id   TEXT NOT NULL UNIQUE REFERENCES paper (id),
    number     TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('deposit', 'fee', 'final', 'credit')),
    day        TEXT NOT NULL,
    total      BIGINT NOT NULL,
    reference  TEXT NOT NULL,
    frozen     TEXT NOT NULL,
    issued_at  TEXT NOT NULL,
    issued_by  TEXT NOT NULL REFERENCES staff (id)
);

-- Whose structured file was given to the accounting package or the access point.
CREATE TABLE invoice_sent (
    paper_id TEXT PRIMARY KEY REFERENCES paper (id),
    at       TEXT NOT NULL
);

-- Old gold that was bought from a client with an order: who sold it is kept as long as the law asks, and then emptied.
CREATE TABLE purchase (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL UNIQUE REFERENCES project (id),
    number     TEXT NOT NULL UNIQUE,
    day        TEXT NOT NULL,
    credit     BIGINT NOT NULL,
    body       TEXT NOT NULL,
    at         TEXT NOT NULL,
    by         TEXT NOT NULL REFERENCES staff (id)
);

-- What the house writes in its mails, where that is not the usual text.
CREATE TABLE mail_text (
    kind     TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nl', 'fr', 'en', 'de')),
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL CHECK (body <> ''),
    PRIMARY KEY (kind, language)
);

-- The last number given of a series in a year.
CREATE TABLE series (
    series TEXT NOT NULL,
    year   BIGINT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (series, year)
);

-- Drafts are no actions: they live beside the journal and go when the action is done.
CREATE TABLE draft (
    id       TEXT PRIMARY KEY,
    body     TEXT NOT NULL,
    saved_at TEXT NOT NULL
);

-- Wrong PINs in a row: each makes the next one wait longer, also after the program was started again.
CREATE TABLE attempt (
    who   TEXT PRIMARY KEY REFERENCES staff (id),
    wrong BIGINT NOT NULL CHECK (wrong > 0)
);

-- Each action with the context that makes a replay give the same rows. The program numbers the entries itself. Personal data is
-- not in it: it stands in journal_personal under its salted hash, and can be erased there without breaking the journal.
CREATE TABLE journal (
    seq    BIGINT PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    seed   TEXT NOT NULL,
    action TEXT NOT NULL,
    chain  TEXT NOT NULL,
    sealed TEXT NOT NULL DEFAULT ''
);

CREATE TABLE journal_personal (
    hash    TEXT PRIMARY KEY,
    salt    TEXT NOT NULL,
    body    TEXT NOT NULL,
    subject TEXT REFERENCES client (id),
    project TEXT REFERENCES project (id)
);

-- The store's own clock and the head of the journal. Whoever writes locks it first, and so is alone.
CREATE TABLE clock (
    id          TEXT PRIMARY KEY CHECK (id = 'clock'),
    millis      BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    chain       TEXT NOT NULL,
    sealed_anew BIGINT NOT NULL DEFAULT -1,
    moved       BIGINT NOT NULL DEFAULT 0 CHECK (moved IN (0, 1))
);

-- What each table held after the last action: how many rows, and the sum of their hashes.
CREATE TABLE seal (
    of_table TEXT PRIMARY KEY,
    rows     BIGINT NOT NULL,
    sum      TEXT NOT NULL
);

-- Of a file: whether a program has it open. A server knows that itself; here it only stands so that both have the same tables.
CREATE TABLE in_use (
    id    TEXT PRIMARY KEY CHECK (id = 'in-use'),
    is_so BIGINT NOT NULL CHECK (is_so IN (0, 1))
);

-- Where each dossier stands as of a day. It follows from everything else and is renewed with each action.
CREATE TABLE standing (
    seq        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('project', 'case', 'client')),
    noted_on   TEXT NOT NULL,
    changes_on TEXT NOT NULL,
    stage      TEXT NOT NULL,
    name       TEXT NOT NULL,
    due_on     TEXT NOT NULL,
    owed       BIGINT NOT NULL,
    holds      BIGINT NOT NULL CHECK (holds IN (0, 1)),
    declared   BIGINT NOT NULL,
    words      TEXT NOT NULL
);

-- What is due of it, the first day first.
CREATE TABLE due (
    seq      BIGINT NOT NULL,
    position BIGINT NOT NULL,
    day      TEXT NOT NULL,
    about    TEXT NOT NULL,
    begun_by TEXT NOT NULL,
    task     TEXT NOT NULL,
    amount   BIGINT,
    PRIMARY KEY (seq, position)
);

-- Every word that a standing is found by, and in how many.
CREATE TABLE found_word (
    term  TEXT PRIMARY KEY,
    times BIGINT NOT NULL CHECK (times > 0)
);

INSERT INTO clock (id, millis, seq, chain) VALUES ('clock', 0, 0, '');
INSERT INTO in_use (id, is_so) VALUES ('in-use', 0);

-- Texts are compared byte by byte, as by the other engine, whatever the database was made for; capitals are those of ASCII.
DO $$
DECLARE c RECORD;
BEGIN
    FOR c IN SELECT table_name, column_name FROM information_schema.columns
             WHERE table_schema = current_schema() AND data_type = 'text' AND table_name <> 'refinery_schema_history' LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE TEXT COLLATE "C"', c.table_name, c.column_name);
    END LOOP;
END $$;

CREATE INDEX client_merged ON client (merged_into);
CREATE INDEX project_of_client ON project (client_id);
CREATE INDEX piece_of_project ON piece (project_id);
CREATE INDEX piece_by_envelope ON piece (upper(envelope));
CREATE INDEX stone_of_piece ON stone (piece_id);
CREATE INDEX metal_of_piece ON metal (piece_id);
CREATE INDEX weighing_of_metal ON metal_weighing (metal_id);
CREATE INDEX piece_of_photo ON piece_photo (photo_id);
CREATE INDEX signature_of_project ON signature (project_id);
CREATE INDEX decision_of_piece ON decision (piece_id);
CREATE INDEX gold_price_by_day ON gold_price (day);
CREATE INDEX valuation_of_project ON valuation (project_id);
CREATE INDEX terms_by_day ON terms (in_force);
CREATE INDEX quote_of_project ON quote (project_id);
CREATE INDEX case_of_client ON aftersales_case (client_id);
CREATE INDEX case_of_project ON aftersales_case (project_id);
CREATE INDEX paper_of_project ON paper (project_id);
CREATE INDEX paper_of_case ON paper (case_id);
CREATE INDEX paper_of_client ON paper (client_id);
CREATE INDEX paper_by_number ON paper (number);
CREATE INDEX ledger_of_project ON ledger (project_id);
CREATE INDEX ledger_of_case ON ledger (case_id);
CREATE INDEX ledger_of_corrected ON ledger (corrects);
CREATE INDEX ledger_by_corrects ON ledger (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ledger_by_place ON ledger (place) WHERE place <> '';
CREATE INDEX ledger_by_moment ON ledger (at);
CREATE INDEX happening_of_project ON happening (of_id);
CREATE INDEX happening_by_what ON happening (what, of_id);
CREATE INDEX happening_of_kind_by_moment ON happening (what, at);
CREATE INDEX happening_of_case ON case_happening (of_id);
CREATE INDEX case_happening_by_what ON case_happening (what, of_id);
CREATE INDEX happening_of_client ON client_happening (of_id);
CREATE INDEX client_happening_by_what ON client_happening (what, of_id);
CREATE INDEX invoice_of_project ON invoice (project_id);
CREATE INDEX invoice_by_day ON invoice (day, id);
CREATE INDEX invoice_by_reference ON invoice (reference) WHERE reference > '';
CREATE INDEX purchase_by_day ON purchase (day, id);
CREATE INDEX journal_of_subject ON journal_personal (subject);
CREATE INDEX journal_of_project ON journal_personal (project);
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
CREATE INDEX due_by_day ON due (day, seq, position);
CREATE INDEX due_about ON due (about, day, seq, position);
CREATE INDEX due_of_someone ON due (begun_by, about, day, seq, position);

-- What is never changed, or only in the columns that may be emptied.
CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal FOR EACH ROW
WHEN (OLD.chain <> '' OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.who <> OLD.who OR NEW.seed <> OLD.seed OR NEW.action <> OLD.action
  OR NEW.sealed <> OLD.sealed)
EXECUTE FUNCTION refuse('the journal is never changed');
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger FOR EACH ROW
WHEN (NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.project_id IS DISTINCT FROM OLD.project_id OR NEW.case_id IS DISTINCT FROM OLD.case_id
  OR NEW.kind <> OLD.kind OR NEW.corrects IS DISTINCT FROM OLD.corrects OR NEW.method <> OLD.method OR NEW.amount <> OLD.amount
  OR NEW.rounding <> OLD.rounding OR NEW.day <> OLD.day OR NEW.at <> OLD.at OR NEW.by IS DISTINCT FROM OLD.by OR NEW.place <> OLD.place
  OR NEW.note NOT IN (OLD.note, '') OR NEW.reference NOT IN (OLD.reference, ''))
EXECUTE FUNCTION refuse('the ledger is never changed');
CREATE TRIGGER paper_keeps BEFORE UPDATE ON paper FOR EACH ROW
WHEN ((NEW.bytes <> OLD.bytes AND length(NEW.bytes) > 0) OR NEW.id <> OLD.id OR NEW.project_id IS DISTINCT FROM OLD.project_id
  OR NEW.case_id IS DISTINCT FROM OLD.case_id OR NEW.kind <> OLD.kind OR NEW.number <> OLD.number OR NEW.language <> OLD.language
  OR NEW.issued_at <> OLD.issued_at OR NEW.sha256 <> OLD.sha256)
EXECUTE FUNCTION refuse('a paper is never changed');
CREATE TRIGGER quote_keeps BEFORE UPDATE ON quote FOR EACH ROW
WHEN (NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.number <> OLD.number OR NEW.version <> OLD.version
  OR NEW.terms_id <> OLD.terms_id OR NEW.valuation_id IS DISTINCT FROM OLD.valuation_id OR NEW.total <> OLD.total OR NEW.to_pay <> OLD.to_pay
  OR NEW.valid_until <> OLD.valid_until OR NEW.issued_at <> OLD.issued_at OR NEW.issued_by <> OLD.issued_by
  OR (NEW.frozen::jsonb ->> 'intro') IS DISTINCT FROM ''
  OR jsonb_array_length(NEW.frozen::jsonb -> 'lines') IS DISTINCT FROM jsonb_array_length(OLD.frozen::jsonb -> 'lines'))
EXECUTE FUNCTION refuse('an issued quote is frozen');
CREATE TRIGGER valuation_keeps BEFORE UPDATE ON valuation FOR EACH ROW EXECUTE FUNCTION refuse('an issued valuation is frozen');
CREATE TRIGGER terms_keep BEFORE UPDATE ON terms FOR EACH ROW WHEN (OLD.body <> '')
EXECUTE FUNCTION refuse('a version of the terms is never changed');
CREATE TRIGGER happening_keeps BEFORE UPDATE ON happening FOR EACH ROW
WHEN (NEW.personal IS NOT NULL OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.of_id <> OLD.of_id OR NEW.what <> OLD.what OR NEW.day <> OLD.day
  OR NEW.body <> OLD.body OR NEW.at <> OLD.at OR NEW.by <> OLD.by)
EXECUTE FUNCTION refuse('what happened is never changed');
CREATE TRIGGER case_happening_keeps BEFORE UPDATE ON case_happening FOR EACH ROW
WHEN (NEW.personal IS NOT NULL OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.of_id <> OLD.of_id OR NEW.what <> OLD.what OR NEW.day <> OLD.day
  OR NEW.body <> OLD.body OR NEW.at <> OLD.at OR NEW.by <> OLD.by)
EXECUTE FUNCTION refuse('what happened is never changed');
CREATE TRIGGER client_happening_keeps BEFORE UPDATE ON client_happening FOR EACH ROW
WHEN (NEW.personal IS NOT NULL OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.of_id <> OLD.of_id OR NEW.what <> OLD.what OR NEW.day <> OLD.day
  OR NEW.body <> OLD.body OR NEW.at <> OLD.at OR NEW.by <> OLD.by)
EXECUTE FUNCTION refuse('what happened is never changed');
-- Once accounting need not keep it any more, who bought may be emptied, and nothing else.
CREATE TRIGGER invoice_keeps BEFORE UPDATE ON invoice FOR EACH ROW
WHEN (NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.paper_id <> OLD.paper_id OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind
  OR NEW.day <> OLD.day OR NEW.total <> OLD.total OR NEW.reference <> OLD.reference OR NEW.issued_at <> OLD.issued_at
  OR NEW.issued_by <> OLD.issued_by OR (NEW.frozen::jsonb #>> '{buyer,name}') IS DISTINCT FROM '–'
  OR (NEW.frozen::jsonb -> 'total') IS DISTINCT FROM (OLD.frozen::jsonb -> 'total')
  OR (NEW.frozen::jsonb -> 'shares') IS DISTINCT FROM (OLD.frozen::jsonb -> 'shares')
  OR jsonb_array_length(NEW.frozen::jsonb -> 'lines') IS DISTINCT FROM jsonb_array_length(OLD.frozen::jsonb -> 'lines'))
EXECUTE FUNCTION refuse('an invoice is never changed');
CREATE TRIGGER purchase_keeps BEFORE UPDATE ON purchase FOR EACH ROW
WHEN (NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id OR NEW.number <> OLD.number OR NEW.day <> OLD.day
  OR NEW.credit <> OLD.credit OR NEW.at <> OLD.at OR NEW.by <> OLD.by OR (NEW.body::jsonb ->> 'seller') IS NOT NULL
  OR (NEW.body::jsonb -> 'parts') IS DISTINCT FROM (OLD.body::jsonb -> 'parts'))
EXECUTE FUNCTION refuse('the register of purchases is never changed');

CREATE TRIGGER journal_stays BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse('the journal is never changed');
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse('the ledger is never changed');
CREATE TRIGGER paper_stays BEFORE DELETE ON paper FOR EACH ROW EXECUTE FUNCTION refuse('a paper is never changed');
CREATE TRIGGER quote_stays BEFORE DELETE ON quote FOR EACH ROW EXECUTE FUNCTION refuse('an issued quote is frozen');
CREATE TRIGGER valuation_stays BEFORE DELETE ON valuation FOR EACH ROW EXECUTE FUNCTION refuse('an issued valuation is frozen');
CREATE TRIGGER terms_stay BEFORE DELETE ON terms FOR EACH ROW EXECUTE FUNCTION refuse('a version of the terms is never changed');
CREATE TRIGGER happening_stays BEFORE DELETE ON happening FOR EACH ROW EXECUTE FUNCTION refuse('what happened is never changed');
CREATE TRIGGER case_happening_stays BEFORE DELETE ON case_happening FOR EACH ROW EXECUTE FUNCTION refuse('what happened is never changed');
CREATE TRIGGER client_happening_stays BEFORE DELETE ON client_happening FOR EACH ROW EXECUTE FUNCTION refuse('what happened is never changed');
CREATE TRIGGER invoice_stays BEFORE DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse('an invoice is never deleted');
CREATE TRIGGER purchase_stays BEFORE DELETE ON purchase FOR EACH ROW EXECUTE FUNCTION refuse('the register of purchases is never changed');

-- This engine can empty a table without deleting a row.
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['journal', 'ledger', 'paper', 'quote', 'valuation', 'terms', 'happening', 'case_happening', 'client_happening',
                             'invoice', 'purchase'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse(%L)',
                       t || '_is_whole', t, t || ' is never emptied');
    END LOOP;
END $$;

-- The words each is found by, from their beginnings. A word is no longer than the index takes: what is longer it would keep wrong.
CREATE FUNCTION words_of(words TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT COALESCE(array_agg(DISTINCT left(word, 255)), '{}') FROM unnest(string_to_array(words, ' ')) AS word WHERE word <> '' $$;
ALTER TABLE standing ADD COLUMN found TSVECTOR GENERATED ALWAYS AS (array_to_tsvector(words_of(words))) STORED;
CREATE INDEX standing_found ON standing USING gin (found) WITH (fastupdate = off);
-- What the other engine's index is asked (`"_client" AND ("anna"* OR "anne"*)`), as this one is.
CREATE FUNCTION asked(expression TEXT) RETURNS TSQUERY LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT replace(replace(replace(replace(regexp_replace(expression, '"([^"]{255})[^"]*"', '"\1"', 'g'),
          '"*', ''':*'), '"', ''''), ' AND ', ' & '), ' OR ', ' | ')::tsquery $$;

CREATE FUNCTION count_words() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    gone TEXT[] := '{}';
    come TEXT[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN gone := words_of(OLD.words); END IF;
    IF TG_OP <> 'DELETE' THEN come := words_of(NEW.words); END IF;
    INSERT INTO found_word (term, times) SELECT word, 1 FROM unnest(come) AS word WHERE word <> ALL (gone)
    ON CONFLICT (term) DO UPDATE SET times = found_word.times + 1;
    DELETE FROM found_word WHERE term = ANY (gone) AND term <> ALL (come) AND times = 1;
    UPDATE found_word SET times = times - 1 WHERE term = ANY (gone) AND term <> ALL (come);
    RETURN NULL;
END $$;
CREATE TRIGGER found_new AFTER INSERT OR DELETE ON standing FOR EACH ROW EXECUTE FUNCTION count_words();
CREATE TRIGGER found_anew AFTER UPDATE OF words ON standing FOR EACH ROW WHEN (NEW.words <> OLD.words) EXECUTE FUNCTION count_words();

-- What stands in a text of JSON, as the other engine says it.
CREATE FUNCTION json_text(body TEXT, key TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT body::jsonb ->> key $$;
CREATE OPERATOR ->> (LEFTARG = TEXT, RIGHTARG = TEXT, FUNCTION = json_text);

-- The texts of a list, a row each, as the other engine says it.
CREATE FUNCTION json_each(list TEXT) RETURNS TABLE (value TEXT) LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT * FROM jsonb_array_elements_text(list::jsonb) $$;

-- What a value adds to the hash of its row: its kind, its length, its bytes. The same as of the other engine.
CREATE FUNCTION seal_part(value TEXT) RETURNS BYTEA LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN value IS NULL THEN '\x00'::bytea || int8send(0) ELSE '\x02'::bytea || int8send(octet_length(value)) || convert_to(value, 'UTF8') END $$;
CREATE FUNCTION seal_part(value BIGINT) RETURNS BYTEA LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN value IS NULL THEN '\x00'::bytea || int8send(0) ELSE '\x01'::bytea || int8send(8) || int8send(value) END $$;
CREATE FUNCTION seal_part(value BYTEA) RETURNS BYTEA LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN value IS NULL THEN '\x00'::bytea || int8send(0) ELSE '\x03'::bytea || int8send(octet_length(value)) || value END $$;

-- Tells the session that wrote a row of its hash. One that has nowhere to be told is not the program: what it writes is in no
-- seal, and shows.
CREATE FUNCTION row_sealed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    parts TEXT;
BEGIN
    IF to_regclass('pg_temp.unsealed') IS NULL THEN RETURN NULL; END IF;
    SELECT string_agg(format('seal_part(($1).%I)', attname), ' || ' ORDER BY attnum) INTO parts
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE 'INSERT INTO pg_temp.unsealed (of_table, sign, hash) SELECT $2, -1, sha256(' || parts || ')' USING OLD, TG_TABLE_NAME::TEXT;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE 'INSERT INTO pg_temp.unsealed (of_table, sign, hash) SELECT $2, 1, sha256(' || parts || ')' USING NEW, TG_TABLE_NAME::TEXT;
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE t TEXT;
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT IN
             ('attempt', 'clock', 'draft', 'in_use', 'journal', 'refinery_schema_history', 'seal', 'due', 'found_word', 'standing') LOOP
        EXECUTE format('CREATE TRIGGER sealed AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION row_sealed()', t);
    END LOOP;
END $$;

-- A house that moves in brings its rows in no one order.
DO $$
DECLARE c RECORD;
BEGIN
    FOR c IN SELECT conrelid::regclass AS of_table, conname FROM pg_constraint
             WHERE contype = 'f' AND connamespace = current_schema()::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY IMMEDIATE', c.of_table, c.conname);
    END LOOP;
END $$;
