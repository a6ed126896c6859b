-- Whether what a change had improved came back, and how many changes in a row were shown not to help.
-- Grain: one row per change with a primary metric.
create table main.recurrences (
    intervention varchar primary key,
    intervention_kind varchar not null,
    metric varchar not null,
    effective_on date not null,
    verdict varchar not null,
    relapsed_on date,
    failures_in_a_row integer not null check (failures_in_a_row >= 0)
);

comment on table main.recurrences is 'Whether what a change had improved came back, and how many changes in a row were shown not to help. One row per change with a primary metric.';
comment on column main.recurrences.intervention is 'Name of the change.';
comment on column main.recurrences.intervention_kind is 'governance, coaching, team_building, replacement, process, tool or reorganisation.';
comment on column main.recurrences.metric is 'Its primary metric.';
comment on column main.recurrences.effective_on is 'Day from which it was in force.';
comment on column main.recurrences.verdict is 'As in intervention_effects.';
comment on column main.recurrences.relapsed_on is 'First day of the first four weeks in which, with a probability above 0.9, more than half of the improvement was lost; null where it held or nothing had improved.';
comment on column main.recurrences.failures_in_a_row is 'Changes up to and with this one that were shown not to help, since one that did; one that was only not shown to help neither counts nor ends the row.';
