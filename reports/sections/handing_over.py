"""What becomes of work that is handed over: verdicts, rejection rates, the longest reworks."""

import polars as pl

from reports import format as words
from reports.charts import handoff_edges, handoff_matrix, rejection_rates
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.section import Section
from reports.table import Cell, Table, Tracker, figures, named
from reports.tickets import MOST, item_cells

_HOURS = 24


def handing_over(data: ReportData) -> Section:
    """Each handoff with its verdicts and rates, and the rejections that took longest to repair."""
    rates = data.in_scope(data.handoff_rates)
    return Section(
        key="handoffs",
        heading="What happens at handoffs",
        lead=_lead(rates),
        finding=None if rates.is_empty() else handoff_matrix.finding(rates),
        figures=(_matrix(data, rates), _rejections(data, rates)),
        folded=(_longest_rework(data),),
    )


def _matrix(data: ReportData, rates: pl.DataFrame) -> Figure:
    stages = data.in_scope(data.stage_durations)
    return figure(
        handoff_matrix,
        title=handoff_matrix.finding(rates),
        chart=handoff_matrix.handoff_matrix(rates, stages),
        table=handoff_matrix.table(rates),
        origin=data.rows_in_scope("handoff_rates", data.rows_in_scope("stage_durations")),
        keys=handoff_matrix.KEYS,
        notes=handoff_matrix.notes(rates),
    )


def _rejections(data: ReportData, rates: pl.DataFrame) -> Figure:
    return figure(
        rejection_rates,
        title=rejection_rates.finding(rates),
        chart=rejection_rates.rejection_rates(rates),
        table=rejection_rates.table(rates),
        origin=data.rows_in_scope("handoff_rates"),
        keys=rejection_rates.KEYS,
        notes=handoff_edges.notes(rates),
    )


def _lead(rates: pl.DataFrame) -> tuple[str, ...]:
    if rates.is_empty():
        return (
            (
                "No work was handed from one owner to another. To see handoffs, Roadworthy needs "
                "stages with an owner each: [[stages]] in roadworthy.toml."
            ),
        )
    return ()


def _longest_rework(data: ReportData) -> Table:
    reworked = data.handoffs.filter(
        pl.col("verdict") == "rejected", pl.col("rework_hours").is_not_null()
    )
    order = ["rework_hours", "handoff_id"]
    longest = reworked.sort(order, descending=[True, False]).head(MOST)
    items = data.items_by_id(longest["item_id"])
    rows: list[tuple[Cell, ...]] = []
    for handoff in longest.iter_rows(named=True):
        so_far = "at least " if handoff["is_rework_open"] else ""
        rows.append(
            (
                *item_cells(items, handoff["item_id"]),
                Tracker(handoff_edges.edge(handoff)),
                words.whole(handoff["attempt"]),
                f"{so_far}{words.day_number(handoff['rework_hours'] / _HOURS)}",
            )
        )
    return Table(
        caption=f"The rejections that took longest to repair, at most {MOST}",
        columns=(*named("Work item", "Title", "Handoff"), *figures("Attempt", "Days to repair")),
        rows=tuple(rows),
    )
