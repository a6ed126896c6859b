-- Landing files of before 2026-11-25 know no key of what was refused; the next sync that meets it adds it.
alter table raw.quarantine add column if not exists key varchar;
