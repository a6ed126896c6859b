"""Requests that are stays in a decision stage, or on tickets in an approval stage.

The request is made on entering and answered on leaving, by whoever moved the item on or sent it
back; what became of it is told by :mod:`pipelines.approvals.stay_verdicts`. Edge cases:

* A verdict that sent the item on is reversed when the item comes back to the stage or before it,
  whoever sends it: a rejection by the receiver too shows that the decision did not hold.
* One that sent it back holds: what comes again is another question.
* A pull request is asked by its reviews and has no approval here.
"""

from datetime import timedelta

import polars as pl

from pipelines.approvals.stay_verdicts import VERDICTS, stay_verdicts
from pipelines.decisions.verdicts import is_human, with_reversals
from pipelines.histories.neighbours import first_after


def stage_verdicts(visits: pl.DataFrame, *, window: timedelta) -> pl.DataFrame:
    """Find the requests of decision and approval stages, and what became of them.

    Args:
        visits: item_id, kind, visit_number, stage, stage_kind, owner_role, stage_rank, entered_at,
            entered_by (role), is_bulk (the entry was part of a bulk edit).
        window: how long a verdict must hold.

    Returns:
        The columns of :data:`pipelines.decisions.verdicts.VERDICTS`, sorted by item and instant.
    """
    walk = stay_verdicts(visits).with_columns(
        rank_before=pl.col("stage_rank").shift(1).over("item_id")
    )
    is_asked = (pl.col("stage_kind") == "decision") | (
        (pl.col("stage_kind") == "approval") & (pl.col("kind") == "ticket")
    )
    requests = walk.filter(is_asked.fill_null(value=False)).with_row_index("place")
    is_decided = pl.col("verdict").is_in(VERDICTS)
    told = requests.with_columns(
        channel=pl.when(pl.col("stage_kind") == "decision")
        .then(pl.lit("stage"))
        .otherwise(pl.lit("approval")),
        decision_right="stage",
        question="stage",
        requested_at="entered_at",
        ended_at="next_at",
        outcome=pl.when(is_decided).then(pl.lit("decided")).otherwise("verdict"),
        asked_role="owner_role",
        decided_by_role=pl.when(is_decided).then("next_by"),
    )
    return with_reversals(told, _returns(requests, walk), window=window)


def _returns(requests: pl.DataFrame, walk: pl.DataFrame) -> pl.DataFrame:
    """The first move by a person back to the stage or before it, of what it had sent on."""
    sent_on = requests.filter(pl.col("verdict") == "approved").select(
        "item_id", "place", "stage_rank", next_step=pl.col("step") + 1
    )
    moves = walk.filter(
        is_human("entered_by", "is_bulk") & pl.col("stage_kind").ne_missing("dropped")
    ).select("item_id", "step", at="entered_at", rank="stage_rank", before="rank_before")
    # From a stage nobody mapped an item comes from either side.
    came_back = (pl.col("rank") <= pl.col("stage_rank")) & (
        pl.col("before") > pl.col("stage_rank")
    ).fill_null(value=True)
    back = (
        sent_on.select("item_id", "stage_rank")
        .unique()
        .join(moves, on="item_id")
        .filter(came_back)
        .select("item_id", "stage_rank", "step", "at")
    )
    found = first_after(sent_on, "next_step", back, "step", by=["item_id", "stage_rank"])
    return found.drop_nulls("at").select("place", "at")
