-- Who actually decides: concentration, changes out of role, contests and overrides of each right.
-- Grain: One row per scope and decision_right.
create table main.decision_rights (
    scope varchar not null,
    decision_right varchar not null,
    decides varchar,
    changes integer not null check (changes >= 0),
    items integer not null check (items >= 0),
    co_deciders double check (co_deciders >= 1),
    effective_deciders double check (effective_deciders >= 1),
    effective_low double,
    effective_high double,
    entropy_deciders double check (entropy_deciders >= 1),
    out_of_role_share double,
    out_of_role_low double,
    out_of_role_high double,
    contest_rate double,
    contest_low double,
    contest_high double,
    override_share double,
    bulk_changes integer not null check (bulk_changes >= 0),
    unknown_share double,
    verdict varchar not null check (verdict in ('measured', 'insufficient_data')),
    primary key (scope, decision_right)
);

comment on table main.decision_rights is 'Who actually decides: concentration, changes out of role, contests and overrides of each right. One row per scope and decision_right.';
comment on column main.decision_rights.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.decision_rights.decision_right is 'The right.';
comment on column main.decision_rights.decides is 'Role declared to decide it; null where none is.';
comment on column main.decision_rights.changes is 'Changes after commitment by people of a known role, not in bulk; one click is one change.';
comment on column main.decision_rights.items is 'Items with such a change.';
comment on column main.decision_rights.co_deciders is 'Mean number of distinct roles that changed it on an item.';
comment on column main.decision_rights.effective_deciders is '1 / sum of squared shares of the roles, unbiased for small numbers: 1 is a single right, 2 an evenly joint one.';
comment on column main.decision_rights.effective_low is 'Lower end of its 95 % interval, bootstrap over items.';
comment on column main.decision_rights.effective_high is 'Upper end of its 95 % interval.';
comment on column main.decision_rights.entropy_deciders is 'exp of the entropy of the shares (Miller-Madow): the same question, more sensitive to rare deciders.';
comment on column main.decision_rights.out_of_role_share is 'Share made by roles that neither decide nor may override; null where no role is declared to decide.';
comment on column main.decision_rights.out_of_role_low is 'Lower end of its 95 % interval.';
comment on column main.decision_rights.out_of_role_high is 'Upper end of its 95 % interval.';
comment on column main.decision_rights.contest_rate is 'Share that undoes or opposes another role within the window.';
comment on column main.decision_rights.contest_low is 'Lower end of its 95 % interval.';
comment on column main.decision_rights.contest_high is 'Upper end of its 95 % interval.';
comment on column main.decision_rights.override_share is 'Share made by the role entitled to override; null where none is declared.';
comment on column main.decision_rights.bulk_changes is 'Changes made in bulk, not counted above.';
comment on column main.decision_rights.unknown_share is 'Share of the changes by actors whom no role names.';
comment on column main.decision_rights.verdict is 'insufficient_data below ten changes, or where more than 20 % are by unknown actors: the figures are then null.';
