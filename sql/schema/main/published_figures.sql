-- What each build said of the figures a leader reads, so that what changed since can be told.
-- Grain: one row per snapshot_at, scope, figure.
create table main.published_figures (
    snapshot_at timestamptz not null,
    scope varchar not null,
    figure varchar not null,
    said varchar,
    estimate double,
    low double,
    high double,
    items integer check (items >= 0),
    open_items integer check (open_items >= 0),
    config_hash varchar not null,
    primary key (snapshot_at, scope, figure)
);

comment on table main.published_figures is 'What each build said about the figures a leader reads, so that changes can be shown. A later build of the same snapshot replaces an earlier one; 400 days are kept, of groups that may still be shown. One row per snapshot_at, scope, figure.';
comment on column main.published_figures.snapshot_at is 'Snapshot that the build stood for: the latest of its sources, UTC.';
comment on column main.published_figures.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.published_figures.figure is 'A metric of metric_summaries, constraint (its excess in days per item), or verdict (of attribution).';
comment on column main.published_figures.said is 'For constraint the cause that came first, which the page names only if its interval lies above 0; for verdict the word; null for a metric.';
comment on column main.published_figures.estimate is 'The estimate, in days or as a share in 0 to 1 as the name of the figure says; for constraint in days per item; null where there was none.';
comment on column main.published_figures.low is 'Lower end of its 95 % interval.';
comment on column main.published_figures.high is 'Upper end of its 95 % interval.';
comment on column main.published_figures.items is 'Subjects counted then.';
comment on column main.published_figures.open_items is 'Those whose outcome was open then; null where the figure has none.';
comment on column main.published_figures.config_hash is 'Configuration in force: figures under another one were made by other rules.';
