-- Landing files of before 2026-11-28 know that a sync did not come to its end, and not why; later ones do.
alter table raw.syncs add column if not exists error varchar;
