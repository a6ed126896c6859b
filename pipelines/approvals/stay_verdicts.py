"""What became of each stay: what a move out of a stage where somebody is asked means.

The request is made by entering the stage and answered by leaving it: forward or done is *approved*,
backward *changes_requested*. Edge cases:

* Parked stages are looked through: put aside and taken up again in the stage is one request.
* Left to be dropped is *dropped*, whoever did it.
* *Withdrawn*, because nobody said yes or no: moved in bulk or by a bot; to a stage without a place
  in the flow, or to another of the same rank; taken back by the role that had asked, where another
  role is to answer.
"""

import polars as pl

from pipelines.histories.actor_roles import BOT, UNKNOWN
from pipelines.histories.unparked import unparked

_NEXT = {
    "next_kind": "stage_kind",
    "next_rank": "stage_rank",
    "next_by": "entered_by",
    "next_bulk": "is_bulk",
    "next_at": "entered_at",
}
VERDICTS = ("approved", "changes_requested")
"""The answers of somebody."""


def stay_verdicts(visits: pl.DataFrame) -> pl.DataFrame:
    """Walk through the stages of each item, and tell how each stay ended.

    Args:
        visits: item_id, visit_number, stage, stage_kind, owner_role, stage_rank, entered_at,
            entered_by (role), is_bulk (the entry was part of a bulk edit), and what else is told.

    Returns:
        The walk of :func:`pipelines.histories.unparked.unparked` with ``verdict`` (open, approved,
        changes_requested, withdrawn, dropped), next_at (when it ended; null while it lasts),
        next_by, next_kind, next_rank and next_bulk of the entry that ended it.
    """
    after = {name: pl.col(column).shift(-1).over("item_id") for name, column in _NEXT.items()}
    return unparked(visits).with_columns(**after).with_columns(verdict=_verdict())


def _verdict() -> pl.Expr:
    is_done = pl.col("next_kind").eq_missing("done")
    is_on = is_done | (pl.col("next_rank") > pl.col("stage_rank"))
    is_back = pl.col("next_rank") < pl.col("stage_rank")
    return (
        pl.when(pl.col("next_at").is_null())
        .then(pl.lit("open"))
        .when(pl.col("next_kind").eq_missing("dropped"))
        .then(pl.lit("dropped"))
        .when(pl.col("next_bulk") | pl.col("next_by").eq_missing(BOT))
        .then(pl.lit("withdrawn"))
        .when(is_on)
        .then(pl.lit("approved"))
        .when(is_back & ~_is_taken_back())
        .then(pl.lit("changes_requested"))
        .otherwise(pl.lit("withdrawn"))
    )


def _is_taken_back() -> pl.Expr:
    """Moved by the role that had asked, where another one is to answer."""
    asked_by, by = pl.col("entered_by"), pl.col("next_by")
    is_same = (by == asked_by) & by.ne_missing(pl.col("owner_role")) & ~by.is_in([BOT, UNKNOWN])
    return is_same.fill_null(value=False)
