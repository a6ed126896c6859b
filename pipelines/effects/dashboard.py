"""What a dashboard would have said: opened and finished since the change, against before.

It takes the mean of what both began and ended before the change, and of what both began and ended
since. Slow work that began since has not ended, so it is not in the mean, and any change looks like
an improvement soon after it. The ratio stands beside the estimate so that the difference is seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.judged import Judged
from pipelines.histories.spans import DAY_US


def with_naive_ratios(
    found: Sequence[Judged], cohorts: Mapping[str, pl.DataFrame], *, zone: str
) -> list[Judged]:
    """What was judged, each with the ratio that a dashboard would show of the same teams.

    Args:
        found: what was judged.
        cohorts: the subjects of each metric by its name.
        zone: of the organisation.
    """
    return [
        replace(
            one,
            naive=naive_ratio(
                cohorts[one.metric.name],
                one.metric,
                teams=tuple(team for part in one.contrasts for team in part.design.concerned),
                on=one.change.effective_on,
                zone=zone,
            ),
        )
        for one in found
    ]


def naive_ratio(
    cohort: pl.DataFrame, metric: Metric, *, teams: tuple[str, ...], on: date, zone: str
) -> float | None:
    """The mean since a change over that before it, of what had ended; None without either.

    Args:
        cohort: as in :mod:`pipelines.cohorts.cohorts`.
        metric: its kind.
        teams: the concerned.
        on: day of the change.
        zone: of the organisation.
    """
    ended_at = pl.col("entered_at") + pl.duration(
        microseconds=(pl.col("followed_days") * DAY_US).cast(pl.Int64)
    )
    first, last = (
        moment.dt.convert_time_zone(zone).dt.date() for moment in (pl.col("entered_at"), ended_at)
    )
    value = pl.col("followed_days") if metric.kind == "mean" else (pl.col("end") == 1)
    ended = cohort.filter(pl.col("team").is_in(teams) & (pl.col("end") > 0)).with_columns(
        value=value.cast(pl.Float64)
    )
    before = ended.filter((first < on) & (last < on))["value"].mean()
    since = ended.filter(first >= on)["value"].mean()
    if not isinstance(before, float) or not isinstance(since, float) or before == 0:
        return None
    return since / before
