-- Finds the records of a page among all that are stored, whatever their number.
-- Only the landing file has it: the published one is never asked for a key of the tracker.
create index if not exists records_by_key on raw.records (key);
