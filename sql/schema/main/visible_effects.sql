-- What could be seen of a change that is yet to be made.
-- Grain: one row per metric, scope, with and without comparison teams, and weeks of follow-up.
create table main.visible_effects (
    metric varchar not null,
    scope varchar not null,
    has_comparison boolean not null,
    weeks_after integer not null check (weeks_after > 0),
    bucket varchar not null check (bucket in ('week', 'month')),
    unit varchar not null check (unit in ('days', 'share')),
    level double not null,
    smallest_visible_effect double not null check (smallest_visible_effect >= 0),
    smallest_visible_ratio double check (smallest_visible_ratio >= 0),
    items_per_week double not null check (items_per_week >= 0),
    days_to_maturity double check (days_to_maturity >= 0),
    primary key (metric, scope, has_comparison, weeks_after)
);

comment on table main.visible_effects is 'How small an effect of a future change could be seen: the smallest improvement whose interval would exclude 0 with a probability of 80 %. One row per metric, scope, with and without comparison teams, and weeks of follow-up.';
comment on column main.visible_effects.metric is 'As in weekly_metrics.';
comment on column main.visible_effects.scope is 'Whom the change would concern: organisation or team:<team>.';
comment on column main.visible_effects.has_comparison is 'Whether the other teams serve as comparison.';
comment on column main.visible_effects.weeks_after is 'Weeks of entry that are mature after the introduction of the change.';
comment on column main.visible_effects.bucket is 'Length of the buckets of entry: week, or month where a week has too few items; weeks_after are then the nearest number of whole months.';
comment on column main.visible_effects.unit is 'Of level and smallest_visible_effect: days, or share (0 to 1).';
comment on column main.visible_effects.level is 'Mean over the last 13 mature buckets, in days or as a share (unit).';
comment on column main.visible_effects.smallest_visible_effect is 'Smallest improvement that would be seen, in days or as a share (unit).';
comment on column main.visible_effects.smallest_visible_ratio is 'The level with that improvement in that without; null where no share can change by so much.';
comment on column main.visible_effects.items_per_week is 'Items (attempts, requests, promises) that entered per week, over the last 13 mature buckets.';
comment on column main.visible_effects.days_to_maturity is 'Days for which an item is followed before its week is mature; null where its outcome is known when it is.';
