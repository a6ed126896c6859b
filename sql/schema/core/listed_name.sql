-- The first (1) or the last (-1) of the names that a text may list; null of a text too long to be a list of people.
create macro core.listed_name(value, place) as
    case
        when length(value) <= 1000 then trim(string_split(replace(trim(value, '[] '), ';', ','), ',')[place])
    end;
