-- Where execution time is lost beyond what is normal, cause by cause.
-- Grain: one row per scope and cause that owns any of its time.
create table main.constraints (
    scope varchar not null,
    rank integer check (rank > 0),
    cause varchar not null,
    cause_kind varchar not null,
    days_per_item double not null check (days_per_item >= 0),
    loop_days double not null check (loop_days >= 0),
    normal double check (normal >= 0),
    benchmark_days double check (benchmark_days >= 0),
    benchmark_source varchar not null check (
        benchmark_source in ('declared', 'best_quartile_team', 'own_best_quarter', 'none')
    ),
    excess_days double,
    excess_low double,
    excess_high double,
    latency_days double,
    share double,
    probability_first double check (probability_first between 0 and 1),
    first_under_other_normals double check (first_under_other_normals between 0 and 1),
    in_rank_set boolean,
    queue_trend varchar check (queue_trend in ('growing', 'steady', 'shrinking')),
    verdict varchar not null check (
        verdict in (
            'constraint',
            'depends_on_what_is_normal',
            'one_of_several',
            'not_the_constraint',
            'no_benchmark',
            'not_compared',
            'not_enough_data'
        )
    ),
    items integer not null check (items >= 0),
    primary key (scope, cause)
);

comment on table main.constraints is 'Where execution time is lost beyond what is normal: days per item that would be saved if a cause took no more than is normal, open items counted. Each answers a what-if of its own; they do not add up. One row per scope and cause that owns any of its time.';
comment on column main.constraints.scope is 'organisation, team:<team> or item_type:<type>.';
comment on column main.constraints.rank is 'By excess, from 1; null for a cause without a normal.';
comment on column main.constraints.cause is 'As component in latency_components.';
comment on column main.constraints.cause_kind is 'The word before the colon.';
comment on column main.constraints.days_per_item is 'Mean days per item that the cause owns: as in latency_shares.';
comment on column main.constraints.loop_days is 'For a queue: days per item waited in it during loops. The loops own them, but they count in the excess of the queue, because more capacity would have saved them, too.';
comment on column main.constraints.normal is 'What is normal: days for each item that comes to it; for a loop the share of attempts sent back, for scope rework the share of items.';
comment on column main.constraints.benchmark_days is 'Days per item that would be left if it were so.';
comment on column main.constraints.benchmark_source is 'Where that comes from: declared, the best quartile of at least four comparable teams, or that of at least four quarters of the same scope; none: it is not ranked.';
comment on column main.constraints.excess_days is 'Days per item beyond normal: days_per_item and loop_days less benchmark_days; negative where it is better than normal.';
comment on column main.constraints.excess_low is 'Lower end of its 95 % interval.';
comment on column main.constraints.excess_high is 'Upper end of its 95 % interval.';
comment on column main.constraints.latency_days is 'Mean days per item from the start of the clock to the end, as in latency_shares.';
comment on column main.constraints.share is 'Excess as a share of latency_days.';
comment on column main.constraints.probability_first is 'Share of draws of other weeks in which this cause has the largest excess.';
comment on column main.constraints.first_under_other_normals is 'Share of draws of other normals, each about two thirds more or less, in which it has.';
comment on column main.constraints.in_rank_set is 'Whether its interval reaches that of the first.';
comment on column main.constraints.queue_trend is 'Of a queue of the scope that was there for half a year: growing says that it wants capacity, steady that it is a delay.';
comment on column main.constraints.verdict is 'constraint: first in nine of ten draws, and under nine of ten other normals; depends_on_what_is_normal: only the former; one_of_several: no single cause can be named, and this may be it; not_the_constraint; no_benchmark: no normal to compare with; not_compared: work and pauses are not a fault of governance; not_enough_data: fewer than 20 items or 10 weeks.';
comment on column main.constraints.items is 'Items of the scope.';
