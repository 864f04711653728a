-- A form half typed belongs to whoever typed it; one from before is anybody's.
CREATE TABLE draft_of_someone (
    id       TEXT COLLATE "C" NOT NULL,
    maker    TEXT COLLATE "C" NOT NULL,
    body     TEXT COLLATE "C" NOT NULL,
    saved_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id, maker)
);
INSERT INTO draft_of_someone (id, maker, body, saved_at) SELECT id, '', body, saved_at FROM draft;
DROP TABLE draft;
ALTER TABLE draft_of_someone RENAME TO draft;
ALTER TABLE draft RENAME CONSTRAINT draft_of_someone_pkey TO draft_pkey;

-- Who is at which dossier, by workstation. One that was not heard of for half a minute is gone.
CREATE UNLOGGED TABLE presence (
    station TEXT COLLATE "C" PRIMARY KEY,
    who     TEXT COLLATE "C" NOT NULL,
    dossier TEXT COLLATE "C" NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL
);

-- What the backups that workstations make are encrypted with. Whoever reads it reads everything else here too.
CREATE TABLE backup_key (
    told TEXT COLLATE "C" NOT NULL
);

-- Every workstation hears of what the others do, and where they are.
CREATE FUNCTION tells() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('atelier', TG_TABLE_NAME::TEXT);
    RETURN NULL;
END $$;
CREATE TRIGGER tells AFTER INSERT ON journal FOR EACH STATEMENT EXECUTE FUNCTION tells();
CREATE TRIGGER tells AFTER INSERT OR DELETE OR UPDATE OF who, dossier ON presence FOR EACH STATEMENT EXECUTE FUNCTION tells();

-- Whether a task has grounds, which are worked out for whoever asks: everything is looked at again for it.
ALTER TABLE due ADD COLUMN has_grounds BIGINT NOT NULL DEFAULT 0;
UPDATE standing SET changes_on = '';
