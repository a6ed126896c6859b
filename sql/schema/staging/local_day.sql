-- The day of an organisation on which an instant lies. What names no hour or no offset is a day as it is written.
create macro staging.local_day(written, zone) as
    case
        when regexp_matches(written, '[T ]\d.*([Zz]|[+-]\d\d:?(\d\d)?)\s*$')
            then cast(timezone(zone, staging.instant(trim(written))) as date)
        else staging.calendar_day(written)
    end;
