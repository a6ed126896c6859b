-- What delay and rework cost, in two ledgers that are never added, from declared values alone.
-- Grain: One row per scope and ledger.
create table main.cost_of_delay (
    scope varchar not null,
    ledger varchar not null check (ledger in ('delay', 'labour')),
    quantity double,
    quantity_low double,
    quantity_high double,
    quantity_unit varchar not null check (quantity_unit in ('weeks', 'hours')),
    subjects integer not null check (subjects >= 0),
    low double,
    high double,
    currency varchar,
    basis varchar not null,
    primary key (scope, ledger)
);

comment on table main.cost_of_delay is 'What delay and rework cost, in two ledgers that are never added, from declared values alone. One row per scope and ledger.';
comment on column main.cost_of_delay.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.cost_of_delay.ledger is 'delay: weeks by which releases slipped; labour: hours of work spent again.';
comment on column main.cost_of_delay.quantity is 'Weeks of net slip, or hours of rework in active stages (business hours).';
comment on column main.cost_of_delay.quantity_low is 'Lower end of its 95 % interval, bootstrap over releases or items.';
comment on column main.cost_of_delay.quantity_high is 'Upper end of its 95 % interval.';
comment on column main.cost_of_delay.quantity_unit is 'weeks or hours.';
comment on column main.cost_of_delay.subjects is 'Releases, or items with rework, behind it.';
comment on column main.cost_of_delay.low is 'Lower end of the cost in the declared currency, two significant digits; null where no value is declared, no release was seen to move, or nothing was handed over.';
comment on column main.cost_of_delay.high is 'Upper end of the cost, in the same currency.';
comment on column main.cost_of_delay.currency is 'Currency of the declared values; null where none is declared.';
comment on column main.cost_of_delay.basis is 'In words: what was counted, at which declared value, and what it leaves out.';
