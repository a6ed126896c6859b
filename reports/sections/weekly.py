"""Every metric week by week, small and alike, with the declared changes marked."""

import re
from dataclasses import replace

import polars as pl

from reports import format as words
from reports.charts import weekly_series
from reports.charts.dates import Window
from reports.data import ReportData
from reports.figure import Figure, figure, paragraph
from reports.measures import reading_order
from reports.reading import reading
from reports.section import Section
from reports.tracker_text import readable


def weekly(data: ReportData) -> Section:
    """One figure per metric that has a week; the same window and changes on each."""
    weeks = data.in_scope(data.weekly_metrics)
    window = weekly_series.shared_window(weeks)
    stages = data.in_scope(data.stage_durations).sort("stage_rank", "stage")["stage"].to_list()
    metrics = sorted(set(weeks["metric"]), key=lambda metric: reading_order(metric, stages))
    return Section(
        key="weeks",
        heading="Week by week",
        lead=_lead(data, window),
        finding=_finding(metrics) if window else None,
        keys=weekly_series.KEYS if metrics else (),
        figures=tuple(
            _figure(data, weeks, metric, window, number)
            for number, metric in enumerate(metrics)
            if window is not None
        ),
    )


def _figure(
    data: ReportData, weeks: pl.DataFrame, metric: str, window: Window, number: int
) -> Figure:
    shown = weekly_series.series(weeks, metric, window)
    overall = reading(data.in_scope(data.metric_summaries), metric)
    drawn = figure(
        weekly_series,
        title=weekly_series.finding(shown, overall),
        chart=weekly_series.weekly_series(shown, data.interventions),
        table=weekly_series.table(shown),
        origin=data.rows_in_scope("weekly_metrics", metric=metric),
        notes=weekly_series.notes(shown),
    )
    return replace(
        drawn,
        name=f"{drawn.name}-{number + 1:02d}-{_plain(metric)}",
        paragraph="",
        spec=drawn.spec if shown.drawn.height else None,
        is_small=True,
    )


def _finding(metrics: list[str]) -> str:
    return (
        f"{words.sentence(words.counted(len(metrics), 'figure'))} by the week in which work began"
    )


def _plain(metric: str) -> str:
    """A metric as a part of an address; the number before it tells two of one name apart."""
    return re.sub("[^a-z0-9]+", "-", metric.lower()).strip("-")[:60]


def _lead(data: ReportData, window: Window | None) -> tuple[str, ...]:
    if window is None:
        return ("No week has anything to show yet.",)
    return (paragraph(weekly_series), *_changes(data.interventions, window))


def _changes(interventions: pl.DataFrame, window: Window) -> tuple[str, ...]:
    if interventions.is_empty():
        return ("No change to the system is declared ([[interventions]] in roadworthy.toml).",)
    outside = interventions.filter(~pl.col("effective_on").is_between(*window))
    named = [
        f"{readable(change['intervention'], limit=60)} "
        f"({words.calendar_day(change['effective_on'])})"
        for change in outside.sort("effective_on", "intervention").iter_rows(named=True)
    ]
    return (f"Outside these weeks, so not marked: {words.listed(named)}.",) if named else ()
