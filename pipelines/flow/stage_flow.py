"""Arrivals, departures and work in progress of each stage (M23): is the stage in balance.

Over a finite window mean work in progress is arrivals per unit of time x mean residence, whatever
happens in the stage (Little 1961; for finite windows Kim and Whitt 2013). The two sides are
computed on different ways, the left one by a sweep over entries and exits, the right one stay by
stay: if they differ, something was read wrongly. Edge cases:

* What stands in the stage when the window opens has arrived with it, for the time that is left.
* A stay that is still open at the snapshot of its source has not departed.
* A pull request opened ready for review was never a draft: that visit of no length is no stay.
* Whether as many leave as arrive is asked of the stays that begin in the window alone: a queue that
  is only worked off is as little in balance as one that only grows.
"""

from datetime import datetime

import polars as pl

from pipelines.cohorts import metric_cohorts
from pipelines.policy import OPEN_KINDS

_DAY_US = 86_400_000_000
_WEEK_DAYS = 7
_STEADY = (0.9, 1.1)

STAGE_FLOW = pl.Schema(
    {
        "stage": pl.String(),
        "stage_kind": pl.String(),
        "window_from": pl.Datetime("us", "UTC"),
        "window_to": pl.Datetime("us", "UTC"),
        "arrivals": pl.Int32(),
        "departures": pl.Int32(),
        "mean_work_in_progress": pl.Float64(),
        "arrivals_per_week": pl.Float64(),
        "mean_residence_days": pl.Float64(),
        "departure_ratio": pl.Float64(),
        "is_stationary": pl.Boolean(),
    }
)


def stage_flow(visits: pl.DataFrame, *, window_from: datetime | None) -> pl.DataFrame:
    """Measure the flow through each stage: the columns of ``main.stage_flow``, sorted by stage.

    Args:
        visits: of whole items: kind, visit_number, stage, stage_kind, entered_at, until (left, or
            the snapshot), is_open, observed_until; ``watched_from`` where a source was not watched
            from the beginning.
        window_from: when the window opens; None: with the first entry. It opens no sooner than
            every source was watched, and closes at the latest snapshot.
    """
    stays = metric_cohorts.seen_stays(visits).filter(
        pl.col("stage_kind").is_null() | pl.col("stage_kind").is_in(OPEN_KINDS)
    )
    window = _window(visits, stays, window_from)
    inside = _inside(stays.join(window, how="cross"))
    flow = (
        stays.sort("stage", "entered_at")
        .group_by("stage", maintain_order=True)
        .agg(pl.col("stage_kind").first())
        .join(window, how="cross")
        .join(_in_progress(inside), on="stage", how="left")
        .join(_resident(inside), on="stage", how="left")
        .with_columns(pl.col("arrivals", "departures", "begun", "level_us").fill_null(0))
    )
    return flow.select("stage", "stage_kind", *_rates()).cast(STAGE_FLOW).sort("stage")


def _window(
    visits: pl.DataFrame, stays: pl.DataFrame, window_from: datetime | None
) -> pl.DataFrame:
    """One row with the beginning and the end, or none where there is nothing between them."""
    instant = STAGE_FLOW["window_from"]
    opens = pl.col("entered_at").min() if window_from is None else pl.lit(window_from, instant)
    if "watched_from" in stays.columns:
        opens = pl.max_horizontal(opens, pl.col("watched_from").max())
    closes = pl.lit(visits["observed_until"].max(), instant)
    window = stays.select(window_from=opens, window_to=closes)
    return window.filter(pl.col("window_from") < pl.col("window_to"))


def _inside(stays: pl.DataFrame) -> pl.DataFrame:
    """The parts of the stays that lie in the window: since, to, whether they began or ended in it.

    No stay is known beyond the latest snapshot, with which the window closes.
    """
    opens = pl.col("window_from")
    begun = pl.col("entered_at") >= opens
    return stays.filter(begun | (pl.col("until") > opens)).select(
        "stage",
        since=pl.max_horizontal("entered_at", opens),
        to="until",
        has_begun=begun,
        has_ended=~pl.col("is_open"),
    )


def _in_progress(inside: pl.DataFrame) -> pl.DataFrame:
    """The sum over time of the items in each stage, by a sweep: stage, level_us."""
    steps = pl.concat(
        [
            inside.select("stage", at="since", step=pl.lit(1, pl.Int64)),
            inside.select("stage", at="to", step=pl.lit(-1, pl.Int64)),
        ]
    )
    levels = (
        steps.group_by("stage", "at")
        .agg(pl.col("step").sum())
        .sort("stage", "at")
        .with_columns(
            level=pl.col("step").cum_sum().over("stage").cast(pl.Float64),
            lasts=pl.col("at").shift(-1).over("stage") - pl.col("at"),
        )
    )
    spans = pl.col("level") * pl.col("lasts").dt.total_microseconds()
    return levels.group_by("stage", maintain_order=True).agg(level_us=spans.sum())


def _resident(inside: pl.DataFrame) -> pl.DataFrame:
    """Stays and their time in the window, stay by stay."""
    stayed = (pl.col("to") - pl.col("since")).dt.total_microseconds().cast(pl.Float64)
    return inside.group_by("stage").agg(
        arrivals=pl.len().cast(pl.Int64),
        departures=pl.col("has_ended").sum().cast(pl.Int64),
        begun=pl.col("has_begun").sum().cast(pl.Int64),
        stayed_us=stayed.sum(),
    )


def _rates() -> list[pl.Expr]:
    """The columns from the window on."""
    span_us = (pl.col("window_to") - pl.col("window_from")).dt.total_microseconds()
    ratio = pl.when(pl.col("begun") > 0).then(pl.col("departures") / pl.col("begun"))
    residence = pl.col("stayed_us") / pl.col("arrivals") / _DAY_US
    return [
        *map(pl.col, ("window_from", "window_to", "arrivals", "departures")),
        (pl.col("level_us") / span_us).alias("mean_work_in_progress"),
        (pl.col("arrivals") / (span_us / (_WEEK_DAYS * _DAY_US))).alias("arrivals_per_week"),
        pl.when(pl.col("arrivals") > 0).then(residence).alias("mean_residence_days"),
        ratio.alias("departure_ratio"),
        ratio.is_between(*_STEADY).alias("is_stationary"),
    ]
