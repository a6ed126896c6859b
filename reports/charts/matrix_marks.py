"""The marks of the matrix of handoffs: its stages in the order of the flow, and its cells."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from reports import format as words
from reports.charts.handoff_edges import edge
from reports.reading import FEWEST
from reports.tracker_text import readable

Row = dict[str, Any]

#: Stages drawn: as many columns as a telephone has room for.
MOST = 9

#: Pixels above the first row, of a row, of one from which nothing is handed on, and what stands in
#: a row from its top.
HEAD = 40
_ROW = 72
_IDLE = 26
_NAME_AT = 10
_DISC_AT = 36
_SHARE_AT = 63
#: How far from the middle of its column an arrow ends, in columns.
_ASIDE = 0.3


def drawn_handoffs(rates: pl.DataFrame) -> pl.DataFrame:
    """The handoffs with most attempts, as long as no more stages take part than may be drawn."""
    taking_part: set[str] = set()
    kept = []
    order = ["attempts", "from_stage", "to_stage"]
    for handoff in rates.sort(order, descending=[True, False, False]).iter_rows(named=True):
        both = taking_part | {handoff["from_stage"], handoff["to_stage"]}
        if len(both) <= MOST:
            taking_part = both
            kept.append(handoff)
    return pl.DataFrame(kept, schema=rates.schema, orient="row")


def order_of_flow(drawn: pl.DataFrame, stages: pl.DataFrame) -> list[str]:
    """The stages that take part, in the order of the flow; those of no known place come last."""
    known = dict(stages.select("stage", "stage_rank").iter_rows())
    taking_part = {*drawn["from_stage"], *drawn["to_stage"]}
    last = max(known.values(), default=0) + 1
    return sorted(taking_part, key=lambda stage: (known.get(stage, last), stage))


def row_tops(drawn: pl.DataFrame, order: list[str]) -> tuple[dict[str, int], int]:
    """Where the row of each stage begins, and where the last one ends."""
    senders = set(drawn["from_stage"])
    below, tops = HEAD, {}
    for stage in order:
        tops[stage] = below
        below += _ROW if stage in senders else _IDLE
    return tops, below


def stage_marks(drawn: pl.DataFrame, tops: dict[str, int]) -> Iterator[Row]:
    """Name and number of each stage."""
    totals = drawn.group_by("from_stage").agg(pl.col("attempts").sum())
    senders = dict(totals.iter_rows())
    for place, (stage, top) in enumerate(tops.items()):
        yield {
            "kind": "sender" if stage in senders else "stage",
            "name": f"{place + 1}  {readable(stage, limit=36)}",
            "value": words.counted(senders[stage], "attempt") if stage in senders else "",
            "number": str(place + 1),
            "column": place + 0.5,
            "name_at": top + _NAME_AT,
            "disc_at": top + _DISC_AT,
            "line_at": top,
        }


def cell_marks(drawn: pl.DataFrame, tops: dict[str, int]) -> Iterator[Row]:
    """The cell of each handoff: its disc, its figure and its way back."""
    places = {stage: place for place, stage in enumerate(tops)}
    for handoff in drawn.iter_rows(named=True):
        sender, receiver = places[handoff["from_stage"]], places[handoff["to_stage"]]
        top, rate = tops[handoff["from_stage"]], handoff["rejection_rate"]
        is_told = handoff["attempts"] >= FEWEST and rate is not None
        attempts = words.counted(handoff["attempts"], "attempt")
        aside = _ASIDE if sender < receiver else -_ASIDE
        yield {
            "kind": "handoff",
            "share": words.share(rate) if is_told else "",
            "tip": f"{edge(handoff)}: {words.whole(handoff['rejected'])} of {attempts} sent back",
            "head": "back" if sender < receiver else "on",
            "column": receiver + 0.5,
            "back_to": sender + 0.5 + aside,
            "disc_at": top + _DISC_AT,
            "share_at": top + _SHARE_AT,
            "attempts": float(handoff["attempts"]),
            "rejected": float(handoff["rejected"]),
            "rate": rate if is_told and rate > 0 else None,
        }
