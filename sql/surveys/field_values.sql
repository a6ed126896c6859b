-- The present values that a survey of all items looks at: those of some fields.
-- Parameter: the fields in lower case.
-- Reads: core.field_values.
select *
from core.field_values
where list_contains($1, lower(field)) or list_contains($1, lower(field_id))
