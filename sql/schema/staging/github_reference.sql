-- Repository and number of an item that another one names, as in acme/web#7.
create macro staging.github_reference(item) as
    (item ->> '$.repository.full_name') || '#' || (item ->> '$.number');
