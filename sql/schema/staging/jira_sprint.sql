-- A sprint as an issue shows it: an object or, on a Server, one text with the members in it, the name before the dates.
-- Null where it is neither.
create macro staging.jira_sprint(shown) as
    case
        when json_type(shown) = 'OBJECT' then {
            'id': shown ->> '$.id',
            'name': shown ->> '$.name',
            'state': shown ->> '$.state',
            'starts': shown ->> '$.startDate',
            'ends': shown ->> '$.endDate'
        }
        when contains(shown ->> '$', '.sprint.Sprint@') then {
            'id': nullif(regexp_extract(shown ->> '$', '\bid=(\d+)', 1), ''),
            'name': nullif(regexp_extract(shown ->> '$', '\bname=(.*?),(?:goal|startDate)=', 1), ''),
            'state': nullif(regexp_extract(shown ->> '$', '\bstate=(\w+)', 1), ''),
            'starts': nullif(regexp_extract(shown ->> '$', '\bstartDate=([^,\]]+)', 1), ''),
            'ends': nullif(regexp_extract(shown ->> '$', '\bendDate=([^,\]]+)', 1), '')
        }
    end;
