"""Where work waits: time in stage, and the stays that are open longest."""

import polars as pl

from reports import format as words
from reports.charts import time_in_stage
from reports.data import ReportData
from reports.figure import figure
from reports.section import Section
from reports.table import Cell, Link, Table, Tracker, figures, named
from reports.tracker_text import readable, safe_address

_LONGEST = 15
_HOURS = 24
_ENDS = ("done", "dropped")


def waiting(data: ReportData) -> Section:
    """The stages in the order of the flow, and the longest open stays."""
    stages = data.in_scope(data.stage_durations)
    return Section(
        key="waiting",
        heading="Where work waits",
        lead=_lead(data, stages),
        finding=None if stages.is_empty() else time_in_stage.finding(stages),
        figures=(
            figure(
                time_in_stage,
                title=time_in_stage.finding(stages),
                chart=time_in_stage.time_in_stage(stages),
                table=time_in_stage.table(stages),
                keys=time_in_stage.keys(stages),
                notes=time_in_stage.notes(stages),
            ),
        ),
        folded=(_open_stays(data),),
    )


def _lead(data: ReportData, stages: pl.DataFrame) -> tuple[str, ...]:
    if stages.is_empty():
        return ("No work has been in any stage yet, so there is nothing to measure here.",)
    if data.facts.has_stages:
        return ()
    return (
        (
            "The configuration names no stages: these are the tracker's own statuses, their kinds "
            "proposed from the tracker's categories. Declare [[stages]] in roadworthy.toml to have "
            "them your way."
        ),
    )


def _open_stays(data: ReportData) -> Table:
    open_stays = data.visits.filter(
        pl.col("is_open"), ~pl.col("stage_kind").fill_null("").is_in(_ENDS)
    )
    longest = open_stays.sort("elapsed_hours", "item_id", descending=[True, False]).head(_LONGEST)
    items = data.items_by_id(longest["item_id"])
    rows: list[tuple[Cell, ...]] = []
    for stay in longest.iter_rows(named=True):
        item = items.get(stay["item_id"], {})
        rows.append(
            (
                Link(
                    readable(item.get("key") or stay["item_id"], limit=60),
                    safe_address(item.get("url")),
                ),
                Tracker(readable(item.get("title"), limit=90)),
                Tracker(readable(stay["stage"], limit=60)),
                words.local_day(stay["entered_at"], data.facts.timezone),
                words.day_number(stay["elapsed_hours"] / _HOURS),
            )
        )
    return Table(
        caption=f"The longest stays still open, at most {_LONGEST}",
        columns=(*named("Work item", "Title", "Stage", "Since"), *figures("Days so far")),
        rows=tuple(rows),
    )
