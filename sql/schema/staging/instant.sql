-- An instant as a tracker may write it: ISO 8601 with any offset, epoch milliseconds, or epoch seconds (in ten
-- digits, which as milliseconds would be of 1970). The casts are tries, because an engine is free to cast a text before it has asked of what form it is.
create macro staging.instant(written) as
    case
        when regexp_full_match(written, '-?\d{11,}') then make_timestamptz(try_cast(written as bigint) * 1000)
        when regexp_full_match(written, '\d{10}') then make_timestamptz(try_cast(written as bigint) * 1000000)
        else try_cast(written as timestamptz)
    end;
