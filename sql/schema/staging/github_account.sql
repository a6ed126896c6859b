-- The account behind a person object, as a text: the id, on records cut short the login.
-- GitHub shows whoever deleted the account as one shared user, which is nobody's account.
create macro staging.github_account(person) as
    case when person.login is distinct from 'ghost' then coalesce(person.id, person.login) end;
