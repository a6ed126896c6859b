-- A day as a tracker may write it. A date is a date: it is never shifted by a zone.
-- Of 1900 to 9999, or it is none: some write 9999-12-31 for never, and nothing is due in the year 1, or at infinity.
create macro staging.calendar_day(written) as
    case
        when regexp_matches(written, '^\s*(19|[2-9]\d)\d\d-\d\d-\d\d') then try_cast(left(trim(written), 10) as date)
    end;
