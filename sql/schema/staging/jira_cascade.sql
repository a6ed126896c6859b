-- What a history writes of a choice in two steps, as the two values that the issue shows: their names or, on request, their
-- ids, with a comma between them. Anything else is left as it is.
create macro staging.jira_cascade(written, wanted) as
    case
        when starts_with(written, 'Parent values: ') then
            regexp_replace(
                regexp_replace(
                    written,
                    '^Parent values: (.*?)\((\d+)\)(?:Level 1 values: (.*)\((\d+)\))?$',
                    case wanted when 'id' then '\2,\4' else '\1,\3' end
                ),
                ',$',
                ''
            )
        else written
    end;
