"""Work that was done, and whether it was opened again.

One row for each stay in a stage of kind *done*. Edge cases: work done twice has two rows; a stay
that still lasts is open, not proof that it holds; done work that is dropped is not reopened.
"""

import polars as pl

from pipelines.cohorts.subjects import subjects
from pipelines.histories.spans import days
from pipelines.policy import OPEN_KINDS


def reopenings(visits: pl.DataFrame) -> pl.DataFrame:
    """The columns of ``main.reopenings``, sorted."""
    return (
        _done(visits)
        .select(
            "item_id",
            "visit_number",
            "team",
            done_at="entered_at",
            reopened_at=pl.when("is_reopened").then("left_at"),
            days_to_reopening=pl.when("is_reopened").then(
                days(pl.col("left_at") - pl.col("entered_at"))
            ),
        )
        .sort("item_id", "visit_number")
    )


def reopened(visits: pl.DataFrame) -> pl.DataFrame:
    """The cohort of ``reopening_rate``: stays in done; the end that counts is being reopened."""
    return subjects(
        _done(visits),
        pl.concat_str("item_id", "visit_number", separator="/"),
        entered_at="entered_at",
        followed_days=days(pl.coalesce("left_at", "until") - pl.col("entered_at")),
        end=pl.when("is_reopened")
        .then(1)
        .when(pl.col("left_at").is_not_null())
        .then(2)
        .otherwise(0),
    )


def _done(visits: pl.DataFrame) -> pl.DataFrame:
    following = pl.col("stage_kind").shift(-1).over("item_id")
    return (
        visits.sort("item_id", "visit_number")
        .with_columns(is_reopened=following.is_in(OPEN_KINDS).fill_null(value=False))
        .filter(pl.col("stage_kind") == "done")
    )
