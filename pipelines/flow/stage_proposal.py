"""Stages where nobody has declared any: one per status, its kind from what the tracker knows.

A status takes its kind from the key of its category (never its translated name): ``new`` is
a queue, ``indeterminate`` active, ``done`` done. A status that only old histories mention has no
category any more; it is done if most entries into it set a resolution, a queue if it was only ever
a beginning, else active. Within a category the order is that of :mod:`pipelines.flow.flow_order`:
the stage that items mostly enter first comes first. No owners are proposed: nothing in a tracker
says who owns a status, and a handoff between guessed owners would be a guess.

Where statuses follow from a protocol it is :mod:`pipelines.flow.pull_request_protocol` that tells.
"""

from collections.abc import Mapping

import polars as pl

from pipelines.flow.flow_order import flow_order
from pipelines.flow.stage_map import STAGE_MAP

_KIND_OF_CATEGORY = {
    "new": "queue",
    "undefined": "queue",
    "indeterminate": "active",
    "done": "done",
}
_ORDER_OF_KIND = {"queue": 0, "active": 1, "done": 2}


def propose_by_category(
    source: str, moves: pl.DataFrame, categories: Mapping[str, str]
) -> pl.DataFrame:
    """The stages of a source whose statuses somebody set up.

    Args:
        source: its name.
        moves: item_id, sequence, from_text, to_text, sets_resolution of every status change;
            from_text is null for the status of an item that never moved.
        categories: category key by status name.
    """
    names = sorted({*moves["to_text"].drop_nulls(), *moves["from_text"].drop_nulls()})
    kinds = {name: _kind(name, moves, categories) for name in names}
    places = dict(flow_order(_visits(source, moves, kinds)).select("stage", "place").iter_rows())
    # One that a broken history leaves, and nothing ever entered, comes last of its kind.
    placed = {name: places.get(name, len(places)) for name in names}
    ordered = sorted(names, key=lambda name: (_ORDER_OF_KIND[kinds[name]], placed[name], name))
    rows = [
        (source, "ticket", None, name.strip().lower(), name, kinds[name], None, rank, True)
        for rank, name in enumerate(ordered)
    ]
    return pl.DataFrame(rows, schema=STAGE_MAP, orient="row")


def _kind(name: str, moves: pl.DataFrame, categories: Mapping[str, str]) -> str:
    if name in categories:
        return _KIND_OF_CATEGORY.get(categories[name], "active")
    entries = moves.filter((pl.col("to_text") == name) & pl.col("from_text").is_not_null())
    if entries.is_empty():
        return "queue"
    resolving = entries["sets_resolution"].sum()
    return "done" if 2 * resolving > entries.height else "active"


def _visits(source: str, moves: pl.DataFrame, kinds: Mapping[str, str]) -> pl.DataFrame:
    """Which status each item was in, one after the other, as :func:`flow_order` takes it."""
    begun = moves.drop_nulls("from_text").sort("sequence").unique("item_id", keep="first")
    visits = pl.concat(
        [
            begun.select("item_id", visit_number=pl.col("sequence") - 1, stage="from_text"),
            moves.select("item_id", visit_number="sequence", stage="to_text"),
        ]
    )
    kind = pl.col("stage").replace_strict(kinds, return_dtype=pl.String)
    return visits.drop_nulls("stage").with_columns(
        source=pl.lit(source), kind=pl.lit("ticket"), stage_kind=kind
    )
