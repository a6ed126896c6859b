-- A day as a tracker may write it. A date is a date: it is never shifted by a zone.
create macro staging.calendar_day(written) as
    case when written is not null then try_cast(left(trim(written), 10) as date) end;
