-- Whoever began to write with an older program ends first, and no other begins.
LOCK TABLE clock IN EXCLUSIVE MODE;
-- The words that something is found by bear its kind: `_client anna peeters` becomes `canna cpeeters`.
UPDATE standing SET words = CASE kind WHEN 'client' THEN 'c' || replace(substr(words, 9), ' ', ' c')
                                      WHEN 'project' THEN 'p' || replace(substr(words, 10), ' ', ' p')
                                      ELSE 'a' || replace(substr(words, 7), ' ', ' a') END
WHERE words <> '';
