-- The changes that a survey of all items looks at: those of some fields.
-- Parameter: the fields in lower case.
-- Reads: core.field_changes.
select *
from core.field_changes
where list_contains($1, lower(field)) or list_contains($1, lower(field_id))
