-- An instant as a tracker may write it: ISO 8601 with any offset, or epoch milliseconds.
create macro staging.instant(written) as
    case
        when regexp_full_match(written, '-?\d{11,}') then make_timestamptz(written::bigint * 1000)
        else try_cast(written as timestamptz)
    end;
