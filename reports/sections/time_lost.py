"""Where the time of an item goes: its ledger, what of it is beyond normal, the stages, the age."""

import polars as pl

from reports import format as words
from reports.causes import cause_in_words, first_cause
from reports.charts import aging_work, excess_days, latency_ledger, time_in_stage
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.section import Section
from reports.table import Cell, Table, Tracker, figures, named
from reports.tickets import MOST, item_cells
from reports.tracker_text import readable

_HOURS = 24
_ENDS = ("done", "dropped")


def time_lost(data: ReportData) -> Section:
    """What owns the time, which cause costs most beyond normal, and what waits longest now."""
    causes, stages = data.in_scope(data.constraints), data.in_scope(data.stage_durations)
    parts = data.in_scope(data.latency_shares)
    return Section(
        key="time",
        heading="Where the time goes",
        lead=_lead(data, stages),
        finding=None if parts.is_empty() else latency_ledger.finding(parts),
        figures=(
            _ledger(data, parts),
            _excess(data, causes),
            _stages(data, stages),
            _aging(data, stages),
        ),
        folded=(*_items_of_the_first(data, causes), _open_stays(data)),
    )


def _ledger(data: ReportData, parts: pl.DataFrame) -> Figure:
    return figure(
        latency_ledger,
        title=latency_ledger.finding(parts),
        chart=latency_ledger.latency_ledger(parts),
        table=latency_ledger.table(parts),
        origin=data.rows_in_scope("latency_shares"),
        keys=latency_ledger.keys(parts),
        notes=latency_ledger.notes(parts),
    )


def _excess(data: ReportData, causes: pl.DataFrame) -> Figure:
    return figure(
        excess_days,
        title=excess_days.finding(causes),
        chart=excess_days.excess_days(causes),
        table=excess_days.table(causes),
        origin=data.rows_in_scope("constraints"),
        keys=excess_days.KEYS,
        notes=excess_days.notes(causes),
    )


def _stages(data: ReportData, stages: pl.DataFrame) -> Figure:
    return figure(
        time_in_stage,
        title=time_in_stage.finding(stages),
        chart=time_in_stage.time_in_stage(stages),
        table=time_in_stage.table(stages),
        origin=data.rows_in_scope("stage_durations"),
        keys=time_in_stage.keys(stages),
        notes=time_in_stage.notes(stages),
    )


def _aging(data: ReportData, stages: pl.DataFrame) -> Figure:
    work = data.of_whole_items(data.aging_work)
    items = data.items_by_id(work["item_id"])
    return figure(
        aging_work,
        title=aging_work.finding(work),
        chart=aging_work.aging_work(work, stages, items),
        table=aging_work.table(work, stages, items),
        origin=data.rows_of_items("aging_work", data.rows_in_scope("stage_durations")),
        keys=aging_work.KEYS,
        notes=aging_work.notes(work),
    )


def _lead(data: ReportData, stages: pl.DataFrame) -> tuple[str, ...]:
    if stages.is_empty():
        return ("No work was seen in a stage before its end, so there is nothing to measure here.",)
    if data.facts.has_stages:
        return ()
    return (
        (
            "The configuration names no stages: these are the tracker's own statuses, their kinds "
            "proposed from the tracker's categories. Declare [[stages]] in roadworthy.toml to have "
            "them your way."
        ),
    )


def _items_of_the_first(data: ReportData, causes: pl.DataFrame) -> tuple[Table, ...]:
    """The items that lost most days to the cause which costs most; none where none can be named."""
    first = first_cause(causes)
    if first is None:
        return ()
    cause = first["cause"]
    owned = data.latency_components.filter(pl.col("component") == cause)
    lost = owned.sort("days", "item_id", descending=[True, False]).head(MOST)
    items = data.items_by_id(lost["item_id"])
    rows = tuple(
        (*item_cells(items, item_id), words.day_number(days))
        for item_id, days in lost.select("item_id", "days").iter_rows()
    )
    return (
        Table(
            caption=f"The items with most days in it: {cause_in_words(cause)}, at most {MOST}",
            columns=(*named("Work item", "Title"), *figures("Days")),
            rows=rows,
        ),
    )


def _open_stays(data: ReportData) -> Table:
    open_stays = data.visits.filter(
        pl.col("is_open"), ~pl.col("stage_kind").fill_null("").is_in(_ENDS)
    )
    longest = open_stays.sort("elapsed_hours", "item_id", descending=[True, False]).head(MOST)
    items = data.items_by_id(longest["item_id"])
    rows: list[tuple[Cell, ...]] = [
        (
            *item_cells(items, stay["item_id"]),
            Tracker(readable(stay["stage"], limit=60)),
            words.local_day(stay["entered_at"], data.facts.timezone),
            words.day_number(stay["elapsed_hours"] / _HOURS),
        )
        for stay in longest.iter_rows(named=True)
    ]
    return Table(
        caption=f"The longest stays still open, at most {MOST}",
        columns=(*named("Work item", "Title", "Stage", "Since"), *figures("Days so far")),
        rows=tuple(rows),
    )
