-- What must I know before I trust these numbers?
-- Reads: main.data_audit.
-- in words: {severity} of {source}, {finding}: {detail}
-- on the demo: info of *, bulk_changes: Part of bulk edits: 64 changes, kept in effect and counted as no handoff, rejection or slip.
select
    severity,
    source,
    finding,
    subject,
    found,
    expected,
    detail
from data_audit
order by case severity when 'error' then 1 when 'warning' then 2 else 3 end, source, finding, subject;
