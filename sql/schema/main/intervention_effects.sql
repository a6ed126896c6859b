-- What every declared change did to every metric that has a weekly series.
-- Grain: one row per change and metric.
create table main.intervention_effects (
    intervention varchar not null,
    intervention_kind varchar not null,
    metric varchar not null,
    is_primary boolean not null,
    unit varchar not null check (unit in ('days', 'share')),
    estimate double,
    low double,
    high double,
    counterfactual_level double,
    ratio double check (ratio >= 0),
    ratio_low double check (ratio_low >= 0),
    ratio_high double check (ratio_high >= 0),
    probability_improved double check (probability_improved between 0 and 1),
    probability_useful double check (probability_useful between 0 and 1),
    verdict varchar not null check (
        verdict in ('improved', 'worsened', 'shown_not_to_help', 'not_shown', 'not_enough_data')
    ),
    design_grade varchar not null check (design_grade in ('A', 'B', 'C', 'D')),
    false_discovery_rate double,
    bucket varchar check (bucket in ('week', 'month')),
    buckets_before integer not null check (buckets_before >= 0),
    buckets_after integer not null check (buckets_after >= 0),
    buckets_immature integer not null check (buckets_immature >= 0),
    items_before integer not null check (items_before >= 0),
    items_after integer not null check (items_after >= 0),
    teams varchar[],
    comparison_teams varchar[] not null,
    naive_ratio double check (naive_ratio >= 0),
    smallest_visible_effect double check (smallest_visible_effect >= 0),
    caveats varchar[] not null,
    primary key (intervention, metric)
);

comment on table main.intervention_effects is 'What every declared change did to every metric that has a weekly series, against what would have been without it. One row per change and metric.';
comment on column main.intervention_effects.intervention is 'Name of the change.';
comment on column main.intervention_effects.intervention_kind is 'governance, coaching, team_building, replacement, process, tool or reorganisation.';
comment on column main.intervention_effects.metric is 'As in weekly_metrics.';
comment on column main.intervention_effects.is_primary is 'Whether it is the one metric by which the change was declared to be judged.';
comment on column main.intervention_effects.unit is 'Of estimate, low, high, counterfactual_level and smallest_visible_effect: days, or share (0 to 1).';
comment on column main.intervention_effects.estimate is 'Effect of the change, in days or as a share (unit): what came after it minus what would have been without it; null where there is not enough data.';
comment on column main.intervention_effects.low is 'Lower end of its 95 % interval.';
comment on column main.intervention_effects.high is 'Upper end of its 95 % interval.';
comment on column main.intervention_effects.counterfactual_level is 'What would have been after the change without it, in days or as a share (unit).';
comment on column main.intervention_effects.ratio is 'Ratio of what came after the change to what would have been without it: 0.8 is a fifth less.';
comment on column main.intervention_effects.ratio_low is 'Lower end of its 95 % interval.';
comment on column main.intervention_effects.ratio_high is 'Upper end of its 95 % interval.';
comment on column main.intervention_effects.probability_improved is 'Probability that the metric is better for the change, in [0, 1].';
comment on column main.intervention_effects.probability_useful is 'Probability that it is better by an amount worth having (interventions.useful_effect), in [0, 1].';
comment on column main.intervention_effects.verdict is 'improved, worsened, shown_not_to_help (what is left of an improvement is too small to be worth having), not_shown (an improvement worth having is neither shown nor excluded, or the design carries no statement) or not_enough_data.';
comment on column main.intervention_effects.design_grade is 'How far the comparison carries a statement of cause: A drawn by lot, B comparison teams and long enough on either side, C half a year before and either comparison teams or neither the season nor a bad quarter to explain it, D a description and no evidence.';
comment on column main.intervention_effects.false_discovery_rate is 'Lowest rate of false discoveries, among all metrics but the primary ones, at which this one would still be a discovery, in [0, 1]; null for the primary metric.';
comment on column main.intervention_effects.bucket is 'Length of the buckets of entry: week, or month where a week has too few items.';
comment on column main.intervention_effects.buckets_before is 'Mature buckets before the change.';
comment on column main.intervention_effects.buckets_after is 'Mature buckets after its introduction.';
comment on column main.intervention_effects.buckets_immature is 'Buckets whose items could not be followed long enough yet: counted, never guessed.';
comment on column main.intervention_effects.items_before is 'Items (attempts, requests, promises) in the mature buckets before, open ones included.';
comment on column main.intervention_effects.items_after is 'Those in the mature buckets after, open ones included.';
comment on column main.intervention_effects.teams is 'Teams it concerned that have anything of the metric; empty where none may be shown or nothing is measured.';
comment on column main.intervention_effects.comparison_teams is 'Teams that were not changed, with which they are compared; none: there are none.';
comment on column main.intervention_effects.naive_ratio is 'What a dashboard would have shown: mean of what was begun and ended since the change divided by that of what was begun and ended before it.';
comment on column main.intervention_effects.smallest_visible_effect is 'The smallest improvement that these data would have shown in four of five cases, in days or as a share (unit).';
comment on column main.intervention_effects.caveats is 'What speaks against the estimate or limits it, one word each; docs/metrics.md explains each.';
