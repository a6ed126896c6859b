"""Requests for approval on tickets: stays in an approval stage (M14).

The request is made by entering the stage and answered by leaving it: forward or done is *approved*,
backward *changes_requested*. Edge cases:

* Parked stages are looked through: put aside and taken up again in the stage is one request.
* Dropped, moved in bulk, or moved to a stage nobody placed in the flow: *withdrawn*, for nobody
  said yes or no.
* A pull request is approved by its reviews and has no such stays.
"""

import polars as pl

_NEXT = {
    "next_kind": "stage_kind",
    "next_rank": "stage_rank",
    "next_by": "entered_by",
    "next_bulk": "is_bulk",
    "next_end": "group_end",
    "ended_at": "entered_at",
}


def approval_stays(visits: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Find every stay of a ticket in an approval stage.

    Args:
        visits: item_id, kind, visit_number, stage, stage_kind, owner_role, stage_rank, entered_at,
            group_end, entered_by, is_bulk.
        changes: item_id, group_end, change_group.

    Returns:
        The columns of :data:`pipelines.approvals.review_requests.REVIEW_REQUESTS`, sorted by item
        and instant; ``asked_by`` is stage, ``reviewer`` the stage, ``decider`` and ``review_id``
        are null.
    """
    groups = changes.select("item_id", "change_group", next_end="group_end").unique()
    is_decided = pl.col("verdict").is_in(["approved", "changes_requested"])
    nothing = pl.lit(None, pl.String)
    return (
        _walk(visits)
        .filter((pl.col("stage_kind") == "approval").fill_null(value=False))
        .with_columns(verdict=_verdict())
        .join(groups, on=["item_id", "next_end"], how="left")
        .sort("item_id", "entered_at", "visit_number")
        .select(
            "item_id",
            step="stage",
            requested_at="entered_at",
            ended_at="ended_at",
            verdict="verdict",
            asked_role="owner_role",
            decided_by_role=pl.when(is_decided).then("next_by"),
            reviewer="stage",
            decider=nothing,
            asked_by=pl.lit("stage"),
            change_group=pl.when(is_decided).then("change_group"),
            review_id=nothing,
            dismissed_at=pl.lit(None, pl.Datetime("us", "UTC")),
        )
    )


def _walk(visits: pl.DataFrame) -> pl.DataFrame:
    """The stays of tickets that are not parked, a pause being no end of one, with their next."""
    return (
        visits.filter((pl.col("kind") == "ticket") & pl.col("stage_kind").ne_missing("parked"))
        .sort("item_id", "visit_number")
        .with_columns(_run=pl.struct("item_id", "stage", "stage_kind").rle_id())
        .unique("_run", keep="first", maintain_order=True)
        .with_columns(
            pl.col(column).shift(-1).over("item_id").alias(name) for name, column in _NEXT.items()
        )
    )


def _verdict() -> pl.Expr:
    return (
        pl.when(pl.col("ended_at").is_null())
        .then(pl.lit("open"))
        .when((pl.col("next_kind") == "dropped").fill_null(value=False) | pl.col("next_bulk"))
        .then(pl.lit("withdrawn"))
        .when((pl.col("next_kind") == "done") | (pl.col("next_rank") > pl.col("stage_rank")))
        .then(pl.lit("approved"))
        .when(pl.col("next_rank") < pl.col("stage_rank"))
        .then(pl.lit("changes_requested"))
        .otherwise(pl.lit("withdrawn"))
    )
