"""Kinds of time, and the rows of the ledger in which they stand with their parts."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from reports import format as words
from reports.causes import cause_in_words

Row = dict[str, Any]

#: Kind of time -> its name, and the causes it consists of, in the order of the chart.
KINDS = {
    "waiting": ("Waiting", ("decision_wait", "approval_wait", "queue", "external")),
    "rework": ("Done over", ("rework", "scope_rework")),
    "working": ("Work", ("touch",)),
    "parked": ("Paused", ("parked",)),
    "unmapped": ("In no stage", ("unmapped",)),
}

#: Parts of less of the whole than this are drawn together, and so are those beyond the most.
SMALL = 0.02
MOST = 6


def of_kind(parts: pl.DataFrame, kind: str) -> list[Row]:
    """The parts of a kind of time that take any of it, the largest first."""
    chosen = parts.filter(pl.col("cause_kind").is_in(KINDS[kind][1]), pl.col("days_per_item") > 0)
    return chosen.sort("days_per_item", "component", descending=[True, False]).to_dicts()


def days_of(parts: pl.DataFrame, kind: str) -> float:
    """The days of a kind of time."""
    return float(sum(part["days_per_item"] for part in of_kind(parts, kind)))


def split(parts: pl.DataFrame, kind: str) -> tuple[list[Row], list[Row]]:
    """The parts drawn one by one, and the small ones drawn together; a single one stays."""
    every = of_kind(parts, kind)
    large = [part for part in every if part["days_per_item"] >= SMALL * part["latency_days"]]
    shown = len(large[:MOST])
    return (every, []) if len(every) == shown + 1 else (every[:shown], every[shown:])


def ledger(parts: pl.DataFrame) -> Iterator[Row]:
    """The rows of the chart from the top; each begins where the one of its level before ended."""
    at = 0.0
    for kind in (one for one in KINDS if of_kind(parts, one)):
        if at == 0:
            yield from _whole(parts)
        yield from _kind(parts, kind, at)
        at += days_of(parts, kind)


def _whole(parts: pl.DataFrame) -> Iterator[Row]:
    """The bar at the top, a piece for each kind; the first one carries the words."""
    at = 0.0
    for kind in (one for one in KINDS if of_kind(parts, one)):
        days = days_of(parts, kind)
        yield _row("whole", kind, "" if at else "The average item", at, days)
        at += days


def _kind(parts: pl.DataFrame, kind: str, at: float) -> Iterator[Row]:
    """A kind of time and its parts, where it has more than one of any size."""
    single, small = split(parts, kind)
    if not single or len(single) + len(small) == 1:
        alone = _ends(at, single[0]) if single else {}
        yield _row("kind", kind, KINDS[kind][0], at, days_of(parts, kind)) | alone
        return
    yield _row("kind", kind, KINDS[kind][0], at, days_of(parts, kind))
    for part in single:
        yield _row("part", kind, _name(part), at, part["days_per_item"]) | _ends(at, part)
        at += part["days_per_item"]
    if small:
        days = sum(part["days_per_item"] for part in small)
        name = words.counted(len(small), "smaller part")
        yield _row("part", kind, name, at, days)


def _row(level: str, kind: str, name: str, at: float, days: float) -> Row:
    return {"level": level, "kind": kind, "name": name, "begin": at, "end": at + days}


def _ends(at: float, part: Row) -> Row:
    if part["low"] is None or part["high"] is None:
        return {}
    return {"low": at + part["low"], "high": at + part["high"]}


def _name(part: Row) -> str:
    """The cause in words; the kind it stands under is not said again."""
    told = cause_in_words(part["component"])
    return told.partition(": ")[2] if part["cause_kind"] in ("touch", "rework") else told
