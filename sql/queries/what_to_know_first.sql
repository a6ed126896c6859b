-- What must I know before I trust these numbers?
-- Reads: main.data_audit.
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
