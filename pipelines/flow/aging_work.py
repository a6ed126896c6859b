"""Aging work: every item open at its snapshot, how old its stay is, how long such stays last.

The measure of a stay is the curve of all stays in the same stage that began before the first
intervention, so that what an intervention changed is seen against what was usual. The ages of open
work are not to be compared with the lengths of finished stays: what is open is more often long.
Edge cases:

* Sub-tasks are listed and measured by the curve of their stage, which is that of whole items only.
* A percentile the curve does not reach is null, and so is whether a stay is overdue. So is what
  remains of a stay that has lasted as long as any that was seen.
* A curve that does not reach 0 makes the rest a lower bound.
"""

from datetime import datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.cohorts import Outcomes
from pipelines.histories.spans import days
from pipelines.statistics.kaplan_meier import Survival

Floats = NDArray[np.float64]

_OVERDUE = 0.85

AGING_WORK = pl.Schema(
    {
        "item_id": pl.String(),
        "team": pl.String(),
        "item_type": pl.String(),
        "stage": pl.String(),
        "stage_kind": pl.String(),
        "entered_at": pl.Datetime("us", "UTC"),
        "age_days": pl.Float64(),
        "item_age_days": pl.Float64(),
        "p85_days": pl.Float64(),
        "is_overdue": pl.Boolean(),
        "expected_remaining_days": pl.Float64(),
    }
)


def aging_work(
    visits: pl.DataFrame, items: pl.DataFrame, *, before: datetime | None
) -> pl.DataFrame:
    """List the open items: the columns of ``main.aging_work``, sorted by item.

    Args:
        visits: item_id, kind, visit_number, team, item_type, stage, stage_kind, entered_at, until
            (left, or the snapshot), is_open; ``watched_from`` where a source was not watched from
            the beginning.
        items: item_id, is_subtask, born_at, is_done, is_dropped.
        before: the first intervention: only stays that began before it make the curves; None: all.
    """
    open_items = items.filter(~pl.col("is_done") & ~pl.col("is_dropped"))
    standing = (
        visits.filter("is_open")
        .join(open_items.select("item_id", "born_at"), on="item_id")
        .with_columns(
            age_days=days(pl.col("until") - pl.col("entered_at")),
            item_age_days=days(pl.col("until") - pl.col("born_at")),
        )
    )
    usual = _usual_stays(visits, items, before)
    measured = [
        _measured(part, usual[str(stage)])
        for (stage,), part in standing.partition_by("stage", as_dict=True).items()
    ]
    return pl.concat([pl.DataFrame(schema=AGING_WORK), *measured]).sort("item_id")


def _usual_stays(
    visits: pl.DataFrame, items: pl.DataFrame, before: datetime | None
) -> dict[str, Outcomes]:
    """How long the stays of whole items lasted, by stage."""
    whole = items.filter(~pl.col("is_subtask")).select("item_id")
    is_early = pl.lit(value=True) if before is None else pl.col("entered_at") < before
    stays = metric_cohorts.stays(visits)
    found = {}
    for stage in visits["stage"].unique():
        early = stays.filter((pl.col("stage") == stage) & is_early)
        made = metric_cohorts.stage_stays(early.join(whole, on="item_id", how="semi"))
        found[stage] = Outcomes.of(made)
    return found


def _measured(standing: pl.DataFrame, usual: Outcomes) -> pl.DataFrame:
    """The open stays of one stage, held against its curve."""
    curve = usual.survival() if len(usual) else None
    limit = pl.lit(curve.quantile(_OVERDUE) if curve is not None else None, pl.Float64)
    ages = standing["age_days"].to_numpy()
    remaining = remaining_days(curve, ages) if curve is not None else np.full(len(ages), np.nan)
    return standing.with_columns(
        p85_days=limit,
        is_overdue=pl.col("age_days") > limit,
        expected_remaining_days=pl.Series(remaining).fill_nan(None),
    ).select(AGING_WORK.names())


def remaining_days(curve: Survival, ages: Floats) -> Floats:
    """Mean residual life at many ages: what lies under the curve beyond each, by its height there.

    A curve that does not come down to 0 makes it a lower bound. NaN where nobody is left, or nobody
    was followed for longer.
    """
    heights = np.append(1.0, curve.survival)
    ends = np.append(curve.ages, curve.largest_age)
    areas = np.diff(ends) * curve.survival
    beyond = np.append(np.cumsum(areas[::-1])[::-1], 0.0)
    step = np.searchsorted(curve.ages, ages, side="right")
    under = (ends[step] - ages) * heights[step] + beyond[step]
    is_known = (ages < curve.largest_age) & (heights[step] > 0)
    remaining: Floats = np.full_like(ages, np.nan)
    np.divide(under, heights[step], out=remaining, where=is_known)
    return remaining
