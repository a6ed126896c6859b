"""Arrivals, departures and work in progress of each stage: is the stage in balance.

Over a finite window mean work in progress is arrivals per unit of time x mean residence, whatever
happens in the stage (Little 1961; for finite windows Kim and Whitt 2013). The two sides are
computed independently, the left one by a sweep over entries and exits, the right one stay by
stay: if they differ, something was computed wrongly. Edge cases:

* The window of a stage is that in which every source that has the stage was watched; where there is
  none, for one of them ended before another began, it spans both.
* What stands in the stage when the window opens has arrived with it, for the time that is left.
* A stay that is still open when the window closes has not departed.
* A pull request opened ready for review was never a draft: that visit of no length is no stay.
* Whether as many leave as arrive is asked of the stays that begin in the window alone: a queue that
  is only worked off is as little in balance as one that only grows.
"""

from datetime import datetime

import numpy as np
import polars as pl

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.subjects import GROUPS
from pipelines.histories.spans import DAY_US
from pipelines.histories.waits import watched_from
from pipelines.policy import OPEN_KINDS

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
        visits: of whole items: source, kind, visit_number, stage, stage_kind, entered_at, until
            (left, or the snapshot), is_open, observed_until; ``watched_from`` where a source was
            not watched from the beginning.
        window_from: when the windows open; None: with the first entry in the sources that have the
            stage. A window opens no sooner than all of these were watched, and closes with the
            first of their snapshots.
    """
    visits = metric_cohorts.stays(visits, "source", "stage_kind").drop(
        "item_id", *GROUPS, strict=False
    )
    stays = metric_cohorts.seen_stays(visits).filter(
        pl.col("stage_kind").is_null() | pl.col("stage_kind").is_in(OPEN_KINDS)
    )
    windows = _windows(visits, stays, window_from)
    inside = _inside(stays.join(windows, on="stage"))
    flow = (
        stays.group_by("stage")
        .agg(pl.col("stage_kind").get(pl.col("entered_at").arg_min()))
        .join(windows, on="stage")
        .join(_in_progress(inside), on="stage", how="left")
        .join(_resident(inside), on="stage", how="left")
        .with_columns(pl.col("arrivals", "departures", "begun", "level_us").fill_null(0))
    )
    return flow.select("stage", "stage_kind", *_rates()).cast(STAGE_FLOW).sort("stage")


def _windows(
    visits: pl.DataFrame, stays: pl.DataFrame, window_from: datetime | None
) -> pl.DataFrame:
    """The window of each stage, in which all sources that have it were watched: stage, from, to.

    Sources that were never watched at one time have the whole span of them.
    """
    opens = (
        pl.col("opens") if window_from is None else pl.lit(window_from, STAGE_FLOW["window_from"])
    )
    sources = visits.group_by("source").agg(
        opens=pl.col("entered_at").min(),
        watched=watched_from(visits).max(),
        closes=pl.col("observed_until").max(),
    )
    windows = (
        stays.select("stage", "source")
        .unique()
        .join(sources, on="source")
        .group_by("stage")
        .agg(
            window_from=pl.max_horizontal(opens.min(), pl.col("watched").max()),
            last_began=pl.max_horizontal("opens", "watched").max(),
            soonest=pl.col("closes").min(),
            latest=pl.col("closes").max(),
        )
    )
    shared = pl.col("last_began") < pl.col("soonest")
    return windows.select(
        "stage", "window_from", window_to=pl.when(shared).then("soonest").otherwise("latest")
    ).filter(pl.col("window_from") < pl.col("window_to"))


def _inside(stays: pl.DataFrame) -> pl.DataFrame:
    """The parts of the stays in the windows: since, to, whether they began and ended in them."""
    opens, closes = pl.col("window_from"), pl.col("window_to")
    begun = pl.col("entered_at") >= opens
    return stays.filter(
        (begun | (pl.col("until") > opens)) & (pl.col("entered_at") <= closes)
    ).select(
        "stage",
        since=pl.max_horizontal("entered_at", opens),
        to=pl.min_horizontal("until", closes),
        has_begun=begun,
        has_ended=~pl.col("is_open") & (pl.col("until") <= closes),
    )


def _in_progress(inside: pl.DataFrame) -> pl.DataFrame:
    """The sum over time of the items in each stage, by a sweep: stage, level_us."""
    spans = inside.select("stage", pl.col("since", "to").to_physical())
    stages = spans.partition_by("stage", as_dict=True, include_key=False)
    levels = [(stage, _level(part)) for (stage,), part in stages.items()]
    return pl.DataFrame(levels, {"stage": pl.String, "level_us": pl.Float64}, orient="row")


def _level(spans: pl.DataFrame) -> float:
    """How many were there, summed over time: from each instant to the next, who came and stays."""
    came, went = (np.sort(spans[name].to_numpy()) for name in ("since", "to"))
    instants = np.concatenate([came, went])
    order = np.argsort(instants, kind="stable")
    there = np.cumsum(np.where(order < len(came), 1, -1)[:-1])
    return float(there.astype(np.float64) @ np.diff(instants[order]).astype(np.float64))


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
    residence = pl.col("stayed_us") / pl.col("arrivals") / DAY_US
    return [
        *map(pl.col, ("window_from", "window_to", "arrivals", "departures")),
        (pl.col("level_us") / span_us).alias("mean_work_in_progress"),
        (pl.col("arrivals") / (span_us / (_WEEK_DAYS * DAY_US))).alias("arrivals_per_week"),
        pl.when(pl.col("arrivals") > 0).then(residence).alias("mean_residence_days"),
        ratio.alias("departure_ratio"),
        ratio.is_between(*_STEADY).alias("is_stationary"),
    ]
