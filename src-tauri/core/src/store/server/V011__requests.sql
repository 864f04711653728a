-- A payment in a bank's statement finds the request it answers, however many there were.
CREATE INDEX happening_by_ogm ON happening ((body ->> 'ogm')) WHERE what = 'requested';
