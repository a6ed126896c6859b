-- Whether a text is the name of somebody, or a list that begins and ends with one; the names are rows of staging.names_of_people.
create macro core.is_of_names(value, first_is_whole, last_is_whole) as
    first_is_whole is not null
    and last_is_whole is not null
    and (first_is_whole or contains(replace(value, ';', ','), ','));
