-- An instant as a tracker may write it: ISO 8601 with any offset, epoch milliseconds, or epoch seconds (in ten
-- digits, which as milliseconds would be of 1970). The casts are tries, because an engine is free to cast a text before it has asked of what form it is.
-- Of 1900 to 2999, or it is none: a commit may claim any date, and one at the end of time would cost the whole build.
create macro staging.instant(written) as
    case
        when regexp_full_match(written, '(19|2\d)\d\d-\d\d-\d\d([T ]\d.*)?') then try_cast(written as timestamptz)
        when regexp_full_match(written, '\d{11,13}|-\d{11,12}') then make_timestamptz(try_cast(written as bigint) * 1000)
        when regexp_full_match(written, '\d{10}') then make_timestamptz(try_cast(written as bigint) * 1000000)
    end;
