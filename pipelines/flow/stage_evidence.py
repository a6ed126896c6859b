"""What the histories tell of each stage: how much time, how many stays, and who ends them.

The time is that of open work: an item that is done spends the rest of its life in a done stage and
would drown everything else. The role that ends most stays in a stage is taken for its owner, where
it ends clearly most and there are enough stays to say so; bots, bulk edits and people whose role
nobody knows have no say in which role that is, but unknown people count against its share.

A stage in which any item was done is a done one: that another was given up there is told of that
item, by its resolution, and not of the stage.
"""

from typing import Final

import polars as pl

from pipelines.flow.flow_order import flow_order
from pipelines.histories.actor_roles import BOT, UNKNOWN

STAGE_EVIDENCE = pl.Schema(
    {
        "source": pl.String,
        "kind": pl.String,
        "stage": pl.String,
        "stage_kind": pl.String,
        "owner_role": pl.String,
        "stage_rank": pl.Int32,
        "place": pl.Int32,
        "stays": pl.Int64,
        "items": pl.Int64,
        "time_share": pl.Float64,
        "ends": pl.Int64,
        "ending_role": pl.String,
        "ending_share": pl.Float64,
    }
)
_STAGE: Final = ("source", "kind", "stage")
_ENOUGH_ENDS: Final = 10
_CLEARLY_MOST: Final = 0.7
_CLOSED: Final = ("done", "dropped")


def stage_evidence(visits: pl.DataFrame) -> pl.DataFrame:
    """Count the stays in each stage of each flow, in the order of the flow.

    Args:
        visits: source, kind, item_id, visit_number, stage, stage_kind, owner_role, stage_rank,
            elapsed_hours, entered_by, is_bulk.
    """
    is_open = ~pl.col("stage_kind").is_in(_CLOSED).fill_null(value=False)
    hours = pl.col("elapsed_hours").filter(is_open).sum()
    stages = visits.group_by(*_STAGE, maintain_order=True).agg(
        _kind(),
        pl.col("owner_role", "stage_rank").first(),
        stays=pl.len().cast(pl.Int64),
        items=pl.col("item_id").n_unique().cast(pl.Int64),
        hours=hours,
    )
    whole = pl.col("hours").sum().over("source", "kind")
    return (
        stages.with_columns(
            time_share=pl.when(whole > 0).then(pl.col("hours") / whole).otherwise(0.0)
        )
        .join(_ends(visits), on=_STAGE, how="left")
        .join(flow_order(visits), on=_STAGE)
        .with_columns(pl.col("ends").fill_null(0))
        .select(*STAGE_EVIDENCE)
        .cast(STAGE_EVIDENCE)
        .sort("source", "kind", "place")
    )


def with_all_of_protocol(evidence: pl.DataFrame, stages: pl.DataFrame) -> pl.DataFrame:
    """The evidence of a source with a row for every stage of its protocol, also where none was in.

    The kinds are those of the protocol: of issues that were all given up, none tells that the
    stage they lie in is where others will be done.
    """
    known = stages.select(
        *_STAGE,
        "stage_kind",
        "owner_role",
        "stage_rank",
        place="stage_rank",
        stays=pl.lit(0, pl.Int64),
        items=pl.lit(0, pl.Int64),
        time_share=pl.lit(0.0),
        ends=pl.lit(0, pl.Int64),
    )
    unseen = known.join(evidence, on=_STAGE, how="anti")
    seen = evidence.update(known.select(*_STAGE, "stage_kind"), on=list(_STAGE))
    return pl.concat([seen, unseen], how="diagonal").sort("source", "kind", "stage_rank", "stage")


def owner_of(role: str | None, ends: int, share: float | None) -> str | None:
    """The role to propose as owner; None where the evidence is not clear."""
    is_clear = ends >= _ENOUGH_ENDS and (share or 0.0) >= _CLEARLY_MOST
    return role if is_clear else None


def _kind() -> pl.Expr:
    """The kind of a stage, of the kinds of the stays in it."""
    kinds = pl.col("stage_kind")
    return (
        pl.when((kinds == "done").any())
        .then(pl.lit("done"))
        .otherwise(kinds.first())
        .alias("stage_kind")
    )


def _ends(visits: pl.DataFrame) -> pl.DataFrame:
    """The role that ends most stays in each stage: ends, ending_role, ending_share."""
    ordered = visits.sort("item_id", "visit_number").with_columns(
        ended_by=pl.col("entered_by").shift(-1).over("item_id"),
        in_bulk=pl.col("is_bulk").shift(-1).over("item_id"),
    )
    ended = ordered.filter(
        pl.col("ended_by").is_not_null() & (pl.col("ended_by") != BOT) & ~pl.col("in_bulk")
    )
    by_role = ended.group_by(*_STAGE, "ended_by").agg(count=pl.len().cast(pl.Int64))
    known = pl.col("ended_by") != UNKNOWN
    return (
        by_role.sort(*_STAGE, -pl.col("count"), "ended_by")
        .group_by(*_STAGE, maintain_order=True)
        .agg(
            ends=pl.col("count").sum(),
            ending_role=pl.col("ended_by").filter(known).first(),
            most=pl.col("count").filter(known).first(),
        )
        .with_columns(ending_share=pl.col("most") / pl.col("ends"))
        .drop("most")
    )
