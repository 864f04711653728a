-- An index for every way a growing table is looked through.
CREATE INDEX project_of_client ON project (client_id);
CREATE INDEX decision_of_piece ON decision (piece_id);
CREATE INDEX signature_of_project ON signature (project_id);
CREATE INDEX paper_by_number ON paper (number);
CREATE INDEX piece_by_envelope ON piece (envelope);
CREATE INDEX ledger_of_corrected ON ledger (corrects);
CREATE INDEX happening_by_what ON happening (what, of_id);
CREATE INDEX case_happening_by_what ON case_happening (what, of_id);
CREATE INDEX client_happening_by_what ON client_happening (what, of_id);

-- Projects and cases that something can still fall due of. It follows from everything else and is renewed with each action;
-- `due` is the hash of what was due of one then, empty where nobody has looked yet.
CREATE TABLE open_dossier (
    id   TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('project', 'case')),
    due  TEXT NOT NULL
) STRICT;
CREATE INDEX open_dossier_unseen ON open_dossier (due) WHERE due = '';
INSERT INTO open_dossier SELECT id, 'project', '' FROM project;
INSERT INTO open_dossier SELECT id, 'case', '' FROM aftersales_case;
