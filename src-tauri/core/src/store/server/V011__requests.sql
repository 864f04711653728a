-- A payment in a bank's statement finds the request it answers, however many there were.
CREATE INDEX happening_by_ogm ON happening ((body ->> 'ogm')) WHERE what = 'requested';

-- What is due follows from other rules now: everything is looked at again.
UPDATE standing SET changes_on = '';
