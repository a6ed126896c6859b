"""The order of stages in a flow, by which of two an item usually enters first.

Two stages are compared by the items that were in both: what counts is which of them each entered
first, so that a way back changes nothing and stages without a direct move between them have an
order too. An item that is taken up again once it was done begins anew, so that where it is taken up
stands before the work. A stage stands before another that it mostly precedes; where that goes round
in a circle, the one that precedes more of the others comes first.
"""

import polars as pl

FLOW_ORDER = pl.Schema(
    {"source": pl.String, "kind": pl.String, "stage": pl.String, "place": pl.Int32}
)
_FLOW = ("source", "kind")


def flow_order(visits: pl.DataFrame) -> pl.DataFrame:
    """The place of each stage in its flow, from 0.

    Args:
        visits: source, kind, item_id, visit_number, stage, stage_kind.
    """
    passes = [*_FLOW, "item_id", "passage"]
    first = _with_passage(visits).group_by(*passes, "stage").agg(pl.col("visit_number").min())
    pairs = first.join(first, on=passes, suffix="_of_other").filter(
        pl.col("stage") != pl.col("stage_of_other")
    )
    earlier = (pl.col("visit_number") < pl.col("visit_number_of_other")).sum().cast(pl.Int64)
    compared = pairs.group_by(*_FLOW, "stage", "stage_of_other").agg(
        margin=2 * earlier - pl.len().cast(pl.Int64)
    )
    standing = compared.group_by(*_FLOW, "stage").agg(
        precedes=pl.col("margin").sign().sum(), clarity=pl.col("margin").sum()
    )
    stages = visits.select(*_FLOW, "stage").unique()
    return (
        stages.join(standing, on=[*_FLOW, "stage"], how="left")
        .with_columns(pl.col("precedes", "clarity").fill_null(0))
        .sort(*_FLOW, -pl.col("precedes"), -pl.col("clarity"), "stage")
        .with_columns(place=pl.int_range(pl.len(), dtype=pl.Int32).over(*_FLOW))
        .select(*FLOW_ORDER)
    )


def _with_passage(visits: pl.DataFrame) -> pl.DataFrame:
    """Add which passage through the flow a visit belongs to: a new one begins after each end."""
    is_end = pl.col("stage_kind").is_in(["done", "dropped"]).fill_null(value=False)
    ends_before = is_end.cast(pl.Int32).cum_sum().shift(1, fill_value=0)
    return visits.sort("item_id", "visit_number").with_columns(passage=ends_before.over("item_id"))
