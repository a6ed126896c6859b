"""Latency shares: mean days per item in each component, open items counted.

State occupation: the mean time within the horizon that an item spends in a component, from the
share of the items still running at each age that are in it. The days of the components sum to the
mean latency, the restricted mean of lead time. Intervals are those of a bootstrap over clusters:
team by week in which the clock started. Edge cases:

* A dropped item has left, as in ``lead_time_days``.
* One horizon for all scopes; less where nobody of a scope was followed that far.
* A scope of which no item was watched from its beginning has no row.
"""

from collections.abc import Iterator

import polars as pl

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.cohort_occupation import cohort_occupation
from pipelines.cohorts.cohorts import horizon_of
from pipelines.cohorts.scopes import Scopes, together_in_each_scope
from pipelines.cohorts.subjects import GROUPS
from pipelines.latency.latency_layers import cause_kind

_HORIZON_QUANTILE = 0.90

LATENCY_SHARES = pl.Schema(
    {
        "scope": pl.String(),
        "component": pl.String(),
        "cause_kind": pl.String(),
        "days_per_item": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "share": pl.Float64(),
        "share_low": pl.Float64(),
        "share_high": pl.Float64(),
        "latency_days": pl.Float64(),
        "items": pl.Int32(),
        "open_items": pl.Int32(),
        "horizon_days": pl.Float64(),
    }
)


def latency_shares(
    segments: pl.DataFrame, items: pl.DataFrame, scopes: Scopes, *, horizon: float | None
) -> pl.DataFrame:
    """Estimate the mean time in each component: the columns of ``main.latency_shares``, sorted.

    Args:
        segments: item_id, component, from_age, to_age in days, of
            :func:`pipelines.latency.latency_components.component_segments`.
        items: as :func:`pipelines.cohorts.metric_cohorts.lead_time` reads them; sub-tasks are left
            out.
        scopes: the groups that may be shown.
        horizon: days from the start of the clock up to which to look; None: the age by which 90 %
            have ended.
    """
    cohort = metric_cohorts.lead_time(items)
    reach = horizon if horizon is not None else horizon_of(cohort, _HORIZON_QUANTILE)
    rows = [
        {"scope": scope, **row}
        for scope, (part, spent) in together_in_each_scope(
            _numbered(cohort, segments), scopes, by_release=True
        )
        for row in _components(part, spent, reach)
    ]
    return (
        pl.DataFrame(rows, schema=LATENCY_SHARES, orient="row")
        .with_columns(cause_kind=cause_kind())
        .sort("scope", "component")
    )


def _numbered(cohort: pl.DataFrame, segments: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The subjects, and their stays, under numbers: every scope looks millions of them up."""
    named = cohort.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("subject_id"),
        pl.col(GROUPS).cast(pl.Categorical),
        pl.exclude("subject_id", "item_id", *GROUPS),
        name="subject_id",
    )
    components = pl.Enum(segments["component"].unique().sort())
    stays = segments.select(
        "from_age", "to_age", name="item_id", state=pl.col("component").cast(components)
    )
    known = named.select("subject_id", "name", *GROUPS)
    return named.drop("name"), stays.join(known, on="name", maintain_order="left").drop("name")


def _components(
    part: pl.DataFrame, stays: pl.DataFrame, horizon: float | None
) -> Iterator[dict[str, object]]:
    """One row per component in which an item of the part ever was."""
    if horizon is None:
        return
    components = stays["state"].unique().sort().to_list()
    found = cohort_occupation(part, stays, states=components, horizon=horizon)
    if found is None:
        return
    for component, days, share in zip(components, found.in_states, found.shares, strict=True):
        yield {
            "component": component,
            "days_per_item": days.value,
            "low": days.low,
            "high": days.high,
            "share": share.value,
            "share_low": share.low,
            "share_high": share.high,
            "latency_days": found.mean,
            "items": part.height,
            "open_items": int((part["end"] == 0).sum()),
            "horizon_days": found.horizon,
        }
