"""Requests for approval on tickets: stays in an approval stage.

What became of a stay is told by :mod:`pipelines.approvals.stay_verdicts`, as for decisions; a
ticket that was dropped from the stage is *withdrawn* here. A pull request is approved by its
reviews and has no such stays.
"""

import polars as pl

from pipelines.approvals.stay_verdicts import VERDICTS, stay_verdicts


def approval_stays(visits: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Find every stay of a ticket in an approval stage.

    Args:
        visits: item_id, kind, visit_number, stage, stage_kind, owner_role, stage_rank, entered_at,
            group_end, entered_by, is_bulk.
        changes: item_id, group_end, change_group.

    Returns:
        The columns of :data:`pipelines.approvals.review_requests.REVIEW_REQUESTS`, sorted by item
        and place; ``asked_by`` is stage, ``reviewer`` the stage, ``decider`` and ``review_id`` are
        null.
    """
    groups = changes.select("item_id", "change_group", next_end="group_end").unique()
    is_decided = pl.col("verdict").is_in(VERDICTS)
    nothing = pl.lit(None, pl.String)
    walk = stay_verdicts(visits.filter(pl.col("kind") == "ticket")).with_columns(
        next_end=pl.col("group_end").shift(-1).over("item_id")
    )
    return (
        walk.filter(pl.col("stage_kind").eq_missing("approval"))
        .join(groups, on=["item_id", "next_end"], how="left")
        .sort("item_id", "step")
        .select(
            "item_id",
            place="step",
            step="stage",
            requested_at="entered_at",
            ended_at="next_at",
            verdict=pl.col("verdict").replace({"dropped": "withdrawn"}),
            asked_role="owner_role",
            decided_by_role=pl.when(is_decided).then("next_by"),
            reviewer="stage",
            decider=nothing,
            asked_by=pl.lit("stage"),
            named_at=pl.lit(None, pl.Datetime("us", "UTC")),
            change_group=pl.when(is_decided).then("change_group"),
            review_id=nothing,
            dismissed_at=pl.lit(None, pl.Datetime("us", "UTC")),
            is_taken_over=pl.lit(value=False),
        )
    )
