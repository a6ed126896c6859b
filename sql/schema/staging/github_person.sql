-- A person of GraphQL as REST shows one: there the login of an application says that it is one.
create macro staging.github_person(person) as
    case
        when person.login is not null then {
            'id': person.id,
            'login': person.login
            || case when person.type = 'Bot' and not ends_with(person.login, '[bot]') then '[bot]' else '' end,
            'type': person.type
        }
    end;
