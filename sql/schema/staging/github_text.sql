-- A text of GitHub without mentions: what is left names nobody by their login.
-- `@types/node` is a package and `@acme/engineers` a team: their signs are put aside meanwhile.
create macro staging.github_text(written) as
    case
        when contains(written, '@') then
            replace(
                regexp_replace(
                    regexp_replace(written, '@([A-Za-z0-9-]+[/_@])', chr(1) || '\1', 'g'),
                    '(^|[^A-Za-z0-9_/.`@-])@[A-Za-z0-9][A-Za-z0-9-]*', '\1@person', 'g'
                ),
                chr(1), '@'
            )
        else written
    end;
