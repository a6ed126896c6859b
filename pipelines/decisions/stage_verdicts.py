"""Requests that are stays in a decision stage, or on tickets in an approval stage (M11).

The request is made on entering and answered on leaving, by whoever moved the item on or sent it
back. Edge cases:

* Parked stages are looked through: put aside and taken up again in the stage is one request.
* Left to be dropped, the item was dropped; moved out in bulk, or moved back by the role that had
  asked where another one is to answer, the request was withdrawn.
* A verdict that sent the item on is reversed when the item comes back to the stage or before it, at
  whose hand ever: a rejection by the receiver too shows that the decision did not hold.
* One that sent it back holds: what comes again is another question.
* A pull request is asked by its reviews and has no approval here.
"""

from datetime import timedelta

import polars as pl

from pipelines.decisions.verdicts import is_human, with_reversals
from pipelines.histories.actor_roles import BOT, UNKNOWN

_NEXT = {"kind": "stage_kind", "rank": "stage_rank", "by": "entered_by", "bulk": "is_bulk"}


def stage_verdicts(visits: pl.DataFrame, *, window: timedelta) -> pl.DataFrame:
    """Find the requests of decision and approval stages, and what became of them.

    Args:
        visits: item_id, kind, visit_number, stage, stage_kind, owner_role, stage_rank, entered_at,
            entered_by (role), is_bulk (the entry was part of a bulk edit).
        window: how long a verdict must hold.

    Returns:
        The columns of :data:`pipelines.decisions.verdicts.VERDICTS`, sorted by item and instant.
    """
    walk = _walk(visits)
    is_asked = (pl.col("stage_kind") == "decision") | (
        (pl.col("stage_kind") == "approval") & (pl.col("kind") == "ticket")
    )
    requests = walk.filter(is_asked.fill_null(value=False)).with_row_index("place")
    told = requests.with_columns(
        channel=pl.when(pl.col("stage_kind") == "decision")
        .then(pl.lit("stage"))
        .otherwise(pl.lit("approval")),
        decision_right="stage",
        question="stage",
        requested_at="entered_at",
        ended_at="next_at",
        outcome=_outcome(),
        asked_role="owner_role",
        decided_by_role=pl.when(_outcome() == "decided").then("next_by"),
    )
    return with_reversals(told, _returns(requests, walk), window=window)


def _walk(visits: pl.DataFrame) -> pl.DataFrame:
    """The stays that are not parked, a pause inside a stage being no end of it, with their next."""
    run = pl.struct("item_id", "stage", "stage_kind").rle_id()
    after = {f"next_{name}": pl.col(column).shift(-1) for name, column in _NEXT.items()}
    return (
        visits.filter(pl.col("stage_kind").ne_missing("parked"))
        .sort("item_id", "visit_number")
        .with_columns(_run=run)
        .unique("_run", keep="first", maintain_order=True)
        .with_columns(
            step=pl.int_range(pl.len()).over("item_id"),
            rank_before=pl.col("stage_rank").shift(1).over("item_id"),
            next_at=pl.col("entered_at").shift(-1).over("item_id"),
            **{name: value.over("item_id") for name, value in after.items()},
        )
    )


def _outcome() -> pl.Expr:
    return (
        pl.when(pl.col("next_at").is_null())
        .then(pl.lit("open"))
        .when(pl.col("next_kind") == "dropped")
        .then(pl.lit("dropped"))
        .when(pl.col("next_bulk") | _is_recalled())
        .then(pl.lit("withdrawn"))
        .otherwise(pl.lit("decided"))
    )


def _is_recalled() -> pl.Expr:
    """Taken back by the role that had asked, where another one is to answer."""
    asked_by, by = pl.col("entered_by"), pl.col("next_by")
    by_who_asked = (by == asked_by) & (by != pl.col("owner_role")) & ~by.is_in([BOT, UNKNOWN])
    return ((pl.col("next_rank") < pl.col("stage_rank")) & by_who_asked).fill_null(value=False)


def _returns(requests: pl.DataFrame, walk: pl.DataFrame) -> pl.DataFrame:
    """Later moves by a person back to the stage or before it, of what it had sent on.

    What it sent back is asked again when it returns: that reverses nothing.
    """
    moves = walk.filter(
        is_human("entered_by", "is_bulk") & pl.col("stage_kind").ne_missing("dropped")
    ).select("item_id", at="entered_at", later="step", rank="stage_rank", before="rank_before")
    was_sent_back = (pl.col("next_rank") < pl.col("stage_rank")).fill_null(value=False)
    # From a stage nobody mapped an item comes from either side.
    came_back = (pl.col("rank") <= pl.col("stage_rank")) & (
        pl.col("before") > pl.col("stage_rank")
    ).fill_null(value=True)
    return (
        requests.select("item_id", "place", "step", "stage_rank", "next_rank")
        .join(moves, on="item_id")
        .filter(pl.col("later") > pl.col("step") + 1)
        .filter(~was_sent_back & came_back)
        .select("place", "at")
    )
