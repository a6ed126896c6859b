-- A value of a field with the person in it replaced: by the pseudonym where the person is known,
-- by a question mark where a field of people names somebody no payload does, and where an app keeps
-- people inside a value of its own.
create macro core.masked_value(value, actor, names_people, is_custom) as
    case
        when value is null then null
        when names_people and starts_with(value, 'team:') then value
        when names_people then coalesce(actor, '?')
        when is_custom and regexp_matches(value, '^\[?\{.*"(accountId|displayName|emailAddress)":', 's') then '?'
        when is_custom then coalesce(actor, core.masked_text(value))
        else core.masked_text(value)
    end;
