"""Promises: kept or not, how far they moved, and how dates are moved."""

import polars as pl

from reports import format as words
from reports.charts import date_moves, on_time, slip_curves
from reports.charts.slip_paths import When
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.reading import reading
from reports.section import Section


def slips(data: ReportData) -> Section:
    """On time against both dates, the furthest moves, and the kinds of move."""
    summaries = data.in_scope(data.metric_summaries)
    original = reading(summaries, "on_time_rate")
    last = reading(summaries, "on_time_rate_current")
    commitments = data.of_whole_items(data.commitments, "subject_id")
    kept = figure(
        on_time,
        title=on_time.finding(original, last),
        chart=on_time.on_time(original, last),
        table=on_time.table(original, last),
        origin=data.rows_in_scope("metric_summaries"),
        keys=on_time.KEYS,
    )
    return Section(
        key="promises",
        heading="What became of promises",
        lead=_lead(commitments),
        finding=on_time.finding(original, last) if original.is_told else None,
        figures=(kept, _curves(data, commitments), _moves(data)),
    )


def _curves(data: ReportData, commitments: pl.DataFrame) -> Figure:
    zone = data.facts.timezone
    until = When(until=words.day_in_zone(data.facts.as_of, zone), timezone=zone)
    items = data.items_by_id(commitments["subject_id"])
    return figure(
        slip_curves,
        title=slip_curves.finding(commitments),
        chart=slip_curves.slip_curves(commitments, data.date_moves, until),
        table=slip_curves.table(commitments, items, zone),
        origin=data.rows_of_items(
            "commitments", data.rows_of_items("date_moves", key="subject_id"), key="subject_id"
        ),
        keys=slip_curves.KEYS,
        notes=slip_curves.notes(commitments),
    )


def _moves(data: ReportData) -> Figure:
    moves = data.of_whole_items(data.date_moves, "subject_id")
    return figure(
        date_moves,
        title=date_moves.finding(moves),
        chart=date_moves.date_moves(moves),
        table=date_moves.table(moves),
        origin=data.rows_of_items("date_moves", key="subject_id"),
        keys=date_moves.KEYS,
    )


def _lead(commitments: pl.DataFrame) -> tuple[str, ...]:
    promised = commitments.filter(pl.col("original_on").is_not_null())
    if promised.is_empty():
        return (
            (
                "Nothing was promised by a date. Promises are read from due dates, a target date "
                "field or release dates; none of them was ever set on committed work."
            ),
        )
    slipped = promised.filter(pl.col("slip_count") > 0).height
    silent = promised.filter(pl.col("is_silent_miss")).height
    return (
        (
            f"Of {words.counted(promised.height, 'commitment')}, {words.whole(slipped)} slipped at "
            f"least once and {words.whole(silent)} passed their date in silence."
        ),
        *_lower_bounds(promised),
    )


def _lower_bounds(promised: pl.DataFrame) -> tuple[str, ...]:
    bounds = promised.filter(pl.col("is_lower_bound")).height
    if not bounds:
        return ()
    return (
        (
            f"For {words.whole(bounds)} of them the moves before the first snapshot cannot be "
            "known: trackers keep no history of release dates, so their slips are at least these."
        ),
    )
