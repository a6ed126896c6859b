-- A text without addresses and mentions: what is left of a description names nobody by their account.
create macro core.masked_text(value) as
    case
        -- Nearly no text has either, and to look for a sign is cheaper than for a pattern.
        when contains(value, '@') or contains(value, '[~') then
            regexp_replace(
                regexp_replace(value, '\[~[^\]]*\]', '[~person]', 'g'),
                '[\pL\pM\pN._%+''-]+@[\pL\pM\pN.-]+\.[\pL\pM]{2,}', '(address)', 'g'
            )
        else value
    end;
