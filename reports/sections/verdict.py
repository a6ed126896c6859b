"""The verdict in one sentence: the system or the people, where, how many days, how sure."""

from typing import Any

import polars as pl

from reports import format as words
from reports.causes import beyond, cause_in_prose, first_cause, without_first
from reports.data import ReportData

CALLED = {
    "structural": "It is the system",
    "individual": "An individual part is there",
    "mixed": "It is the system, and an individual part is there as well",
    "none": "No rule, seat or person stands out",
    "not_identifiable": "Whether it is a seat or a person cannot be told from these data",
    "insufficient_data": "Too little was handed over to tell the system from people",
}
"""What each verdict on rules, seats and people is called."""


def verdict(data: ReportData) -> str | None:
    """The verdict and the constraint in one sentence; None where neither can be told."""
    causes, found = data.in_scope(data.constraints), data.in_scope(data.attribution)
    row = found.row(0, named=True) if not found.is_empty() else None
    where = _where(causes)
    if row is None or row["verdict"] == "insufficient_data":
        return words.sentence(where) if where else None
    told = CALLED[row["verdict"]]
    return f"{told}: {where}" if where else told


def _where(causes: pl.DataFrame) -> str:
    """The constraint, or what may be it, with days, interval, normal and how sure."""
    first = first_cause(causes)
    if first is None:
        return without_first(causes)
    if first["verdict"] == "constraint":
        return _constraint(first)
    if first["verdict"] == "depends_on_what_is_normal":
        return f"{_constraint(first)}, if that is what you regard as normal"
    several = causes.filter(pl.col("verdict") == "one_of_several").sort("rank")
    names = [cause_in_prose(cause, limit=30) for cause in several["cause"].head(3)]
    likeliest = "likeliest is" if len(names) == 1 else "likeliest are"
    return f"no single cause can be named; the {likeliest} {words.listed(names)}"


def _constraint(row: dict[str, Any]) -> str:
    interval = words.signed_interval(row["excess_low"], row["excess_high"])
    return (
        f"of {words.day_number(row['latency_days'])} days an item takes, "
        f"{words.signed(row['excess_days'])} ({interval}) go to "
        f"{cause_in_prose(row['cause'])} beyond {beyond(row)}"
    )
