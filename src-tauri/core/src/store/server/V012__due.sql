-- What is due follows from other rules now: everything is looked at again.
UPDATE standing SET changes_on = '';
