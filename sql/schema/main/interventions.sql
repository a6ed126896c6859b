-- The changes to the system that were declared, as the configuration states them.
-- Grain: one row per intervention.
create table main.interventions (
    intervention varchar primary key,
    intervention_kind varchar not null check (
        intervention_kind in (
            'governance', 'coaching', 'team_building', 'replacement', 'process', 'tool', 'reorganisation'
        )
    ),
    effective_on date not null,
    washout_days integer not null check (washout_days >= 0),
    teams varchar[],
    is_randomised boolean not null,
    primary_metric varchar,
    placebo_metric varchar,
    useful_effect double not null check (useful_effect > 0 and useful_effect < 1),
    cost double check (cost >= 0)
);

comment on table main.interventions is 'The dated changes declared in roadworthy.toml. One row per intervention.';
comment on column main.interventions.intervention is 'Name of the change.';
comment on column main.interventions.intervention_kind is 'governance, coaching, team_building, replacement, process, tool or reorganisation.';
comment on column main.interventions.effective_on is 'Day from which it was in force; for a staggered roll-out, of the first team.';
comment on column main.interventions.washout_days is 'Days after it in which neither the old nor the new state holds.';
comment on column main.interventions.teams is 'Teams it applied to; null: all of them.';
comment on column main.interventions.primary_metric is 'The one metric by which it is to be judged, declared beforehand.';
comment on column main.interventions.is_randomised is 'Whether the teams, or the order in which it came to them, were drawn by lot.';
comment on column main.interventions.placebo_metric is 'A metric that it should not touch: if that moves as well, something else happened.';
comment on column main.interventions.useful_effect is 'The smallest improvement worth having, as a share of the level before, in (0, 1).';
comment on column main.interventions.cost is 'What it cost, in the declared currency.';
