"""Who in fact decides, by role, against the right that was declared."""

from typing import Any

import polars as pl

from reports import format as words
from reports.charts import decision_rights
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.section import Section
from reports.table import Cell, Table, Tracker, named
from reports.tickets import MOST, item_cells
from reports.tracker_text import readable

_NONE = (
    "No decision right is declared, so nobody can be out of role. It would need [decision_rights] "
    "in roadworthy.toml: the fields that a right governs and the role that decides them."
)
_NO_CHANGE = "Nothing that a decision right governs was changed after a commitment yet."


def deciding(data: ReportData) -> Section:
    """Each right with the roles that change what it governs, and the changes that were opposed."""
    rights = data.in_scope(data.decision_rights)
    shares = data.in_scope(data.decision_right_shares)
    return Section(
        key="decisions",
        heading="Who in fact decides",
        lead=_lead(rights),
        finding=_finding(rights),
        figures=(_rights(data, rights, shares),),
        folded=(_opposed(data),),
    )


def _rights(data: ReportData, rights: pl.DataFrame, shares: pl.DataFrame) -> Figure:
    return figure(
        decision_rights,
        title=decision_rights.finding(rights),
        chart=decision_rights.decision_rights(rights, shares),
        table=decision_rights.table(rights, shares),
        origin=data.rows_in_scope("decision_rights", data.rows_in_scope("decision_right_shares")),
        keys=decision_rights.keys(shares),
        notes=decision_rights.notes(rights),
    )


def _lead(rights: pl.DataFrame) -> tuple[str, ...]:
    if rights.is_empty():
        return (_NO_CHANGE,)
    return () if rights["decides"].count() else (_NONE,)


def _finding(rights: pl.DataFrame) -> str | None:
    """The right that most roles share in fact, where several do."""
    told = rights.filter(pl.col("verdict") == "measured")
    if told.is_empty():
        return None
    order = ["effective_deciders", "decision_right"]
    most = told.sort(order, descending=[True, False]).row(0, named=True)
    name = readable(most["decision_right"], limit=40)
    if most["effective_deciders"] < _JOINT:
        known = "" if told.height == rights.height else " that can be told"
        return f"No right{known} is held jointly: {name} is shared most, by {_deciders(most)}"
    return f"{words.sentence(name)} is in fact decided by {_deciders(most)}"


_JOINT = 1.5
"""From so many effective deciders on a right is nobody's alone."""


def _deciders(right: dict[str, Any]) -> str:
    ends = (right["effective_low"], right["effective_high"])
    told = [words.counted(right["changes"], "change")]
    if None not in ends:  # of a single item nobody knows how far others are from it
        told.insert(0, f"{ends[0]:.1f} to {ends[1]:.1f}")
    return f"{right['effective_deciders']:.1f} roles ({'; '.join(told)})"


def _opposed(data: ReportData) -> Table:
    """The latest changes that another role opposed, or that came from a role without the right."""
    opposed = data.decision_changes.filter(
        pl.col("is_after_commitment"),
        ~pl.col("is_bulk"),
        pl.col("is_contest") | pl.col("is_out_of_role").fill_null(value=False),
    )
    order = ["changed_at", "item_id", "change_number"]
    latest = opposed.sort(order, descending=[True, False, False]).head(MOST)
    items = data.items_by_id(latest["item_id"])
    rows: list[tuple[Cell, ...]] = [
        (
            *item_cells(items, change["item_id"]),
            Tracker(readable(change["decision_right"], limit=40)),
            words.local_day(change["changed_at"], data.facts.timezone),
            readable(change["actor_role"], limit=40),
            _why(change),
        )
        for change in latest.iter_rows(named=True)
    ]
    return Table(
        caption=f"The latest changes out of role or against another role, at most {MOST}",
        columns=named("Work item", "Title", "Right", "Changed", "By", "Which is"),
        rows=tuple(rows),
    )


def _why(change: dict[str, Any]) -> str:
    told = []
    if change["is_out_of_role"]:
        told.append("out of role")
    if change["is_contest"]:
        told.append("against another role")
    return words.listed(told)
