-- Which roles use each decision right, how much, and how they stand to it.
-- Grain: One row per scope, decision_right and role.
create table main.decision_right_shares (
    scope varchar not null,
    decision_right varchar not null,
    role varchar not null,
    standing varchar not null check (standing in ('decides', 'overrides', 'out_of_role', 'undeclared')),
    changes integer not null check (changes > 0),
    share double not null,
    share_low double,
    share_high double,
    primary key (scope, decision_right, role)
);

comment on table main.decision_right_shares is 'Which roles use each decision right, how much, and how they stand to it. One row per scope, decision_right and role.';
comment on column main.decision_right_shares.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.decision_right_shares.decision_right is 'The right; one that is insufficient_data in decision_rights has no row.';
comment on column main.decision_right_shares.role is 'Role of whoever made the changes; never a bot or an unknown actor.';
comment on column main.decision_right_shares.standing is 'decides: declared to decide; overrides: may override; out_of_role: somebody else is declared to decide; undeclared: nobody is.';
comment on column main.decision_right_shares.changes is 'Changes it made, of those that decision_rights counts.';
comment on column main.decision_right_shares.share is 'Its share of these changes; the shares of a right sum to one.';
comment on column main.decision_right_shares.share_low is 'Lower end of its 95 % interval, bootstrap over items; null for a single item.';
comment on column main.decision_right_shares.share_high is 'Upper end of its 95 % interval.';
