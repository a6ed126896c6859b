"""Time in stage: Kaplan-Meier over all stays, those still open counted as censored.

First stays of an item in a stage and repeated ones are told apart as well: a repeat is work that
came back. Edge cases:

* A pull request opened ready for review was never a draft: that visit of no length is no stay.
* What was left before its source was watched counts nowhere.
* All means of a stage are within one horizon, the same for all scopes and for
  ``time_in_stage_days``. Where first or repeated stays were not followed that far, theirs is
  unknown.
"""

from collections.abc import Mapping
from dataclasses import astuple

import polars as pl

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.cohort_estimates import ITEM, blocked_estimate, estimate, in_order
from pipelines.cohorts.cohorts import Metric, Outcomes, within_follow_up
from pipelines.cohorts.scopes import Scopes, in_each_scope
from pipelines.policy import OPEN_KINDS

STAGE_DURATIONS = pl.Schema(
    {
        "scope": pl.String,
        "stage": pl.String,
        "stage_rank": pl.Int32,
        "stage_kind": pl.String,
        "owner_role": pl.String,
        "visits": pl.Int32,
        "open_visits": pl.Int32,
        "repeat_visits": pl.Int32,
        "items": pl.Int32,
        "total_days": pl.Float64,
        "p50_days": pl.Float64,
        "p85_days": pl.Float64,
        "mean_days": pl.Float64,
        "mean_low": pl.Float64,
        "mean_high": pl.Float64,
        "first_p50_days": pl.Float64,
        "first_p85_days": pl.Float64,
        "first_mean_days": pl.Float64,
        "repeat_p50_days": pl.Float64,
        "repeat_p85_days": pl.Float64,
        "repeat_mean_days": pl.Float64,
        "horizon_days": pl.Float64,
    }
)


def stage_durations(
    visits: pl.DataFrame, scopes: Scopes, *, horizons: Mapping[str, float]
) -> pl.DataFrame:
    """Estimate how long work stays in each stage.

    Args:
        visits: item_id, kind, visit_number, team, item_type, stage, stage_kind, stage_rank,
            owner_role, entered_at, until (left, or the snapshot), is_open, is_repeat;
            ``watched_from`` where a source was not watched from the beginning.
        scopes: the groups that may be shown.
        horizons: by stage, how long its stays are followed, in days.

    Returns:
        The columns of ``main.stage_durations``, in the order of the flow.
    """
    stays = metric_cohorts.stays(visits, "stage_kind", "stage_rank", "owner_role", "is_repeat")
    waiting = pl.col("stage_kind").is_null() | pl.col("stage_kind").is_in(OPEN_KINDS)
    rows = [
        (scope, *_row(part, stage, horizons.get(stage)))
        for stage in visits["stage"].unique().sort()
        for scope, part in in_each_scope(
            _in_order(stays.filter(waiting & (pl.col("stage") == stage))), scopes, by_type=False
        )
    ]
    frame = pl.DataFrame(rows, schema=STAGE_DURATIONS, orient="row")
    return frame.sort("scope", "stage_rank", "stage")


def _in_order(stays: pl.DataFrame) -> pl.DataFrame:
    """The cohort of the stays in one stage, ordered once for all scopes, and what each is."""
    names = pl.col("stage_kind", "owner_role").cast(pl.Categorical)
    seen = metric_cohorts.seen_stays(stays)
    told = seen.select("is_repeat", "stage_rank", names)
    return in_order(metric_cohorts.stage_stays(seen).hstack(told))


def _row(part: pl.DataFrame, stage: str, horizon: float | None) -> tuple[object, ...]:
    # One horizon for all scopes, so that their means can be compared; less where nobody was
    # followed that far, and none where nobody was watched from the beginning.
    metric = within_follow_up(part, Metric("time_in_stage_days", "mean", horizon))
    mean = blocked_estimate(part, metric)
    first = part.row(0, named=True)
    rank = first["stage_rank"]
    return (
        stage,
        # A stage nobody mapped stands behind those somebody did.
        rank if rank is not None else 10_000,
        first["stage_kind"],
        first["owner_role"],
        part.height,
        int((part["end"] == 0).sum()),
        int(part["is_repeat"].sum()),
        part[ITEM].n_unique(),
        float(part["followed_days"].sum()),
        *_percentiles(part),
        *astuple(mean),
        *_of_part(part.filter(~pl.col("is_repeat")), metric),
        *_of_part(part.filter("is_repeat"), metric),
        metric.horizon_days,
    )


def _of_part(stays: pl.DataFrame, metric: Metric) -> tuple[float | None, ...]:
    """Percentiles and mean of the first or of the repeated stays."""
    is_followed = within_follow_up(stays, metric) == metric
    mean = estimate(Outcomes.of(stays), metric).value if is_followed else None
    return *_percentiles(stays), mean


def _percentiles(stays: pl.DataFrame) -> tuple[float | None, float | None]:
    curve = Outcomes.of(stays).survival()
    return curve.quantile(0.50), curve.quantile(0.85)
