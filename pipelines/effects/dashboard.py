"""What a dashboard would have said: opened and finished since the change, against before.

It takes the mean of what both began and was completed before the change, and of what both began and
was completed since; of a share, of what had ended either way. Slow work that began since has not
ended, so it is not in the mean, and any change looks like an improvement soon after it. The ratio
stands beside the estimate so that the difference is seen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.judged import Judged
from pipelines.histories.spans import DAY_US

_ENDED = pl.Schema(
    {
        "changed_on": pl.Date(),
        "team": pl.String(),
        "is_since": pl.Boolean(),
        "subjects": pl.Int64(),
        "total": pl.Float64(),
    }
)


def with_naive_ratios(judged: Sequence[Judged], ended: Mapping[str, pl.DataFrame]) -> list[Judged]:
    """What was judged, each with the ratio that a dashboard would show of the same teams.

    Args:
        judged: what was judged.
        ended: of each metric by its name what had ended around each change (:func:`ended_around`).
    """
    return [
        replace(
            one,
            naive=naive_ratio(
                ended[one.metric.name],
                teams=[team for part in one.contrasts for team in part.design.concerned],
                on=one.change.effective_on,
            ),
        )
        for one in judged
    ]


def ended_around(
    cohort: pl.DataFrame, metric: Metric, on: Collection[date], *, zone: str
) -> pl.DataFrame:
    """What began and ended before a day, and what did so since.

    Args:
        cohort: as in :mod:`pipelines.cohorts.cohorts`.
        metric: its kind.
        on: days of the changes.
        zone: of the organisation.

    Returns:
        changed_on, team, is_since, subjects, total: their number, and the sum of what they gave.
    """
    ended_at = pl.col("entered_at") + pl.duration(
        microseconds=(pl.col("followed_days") * DAY_US).cast(pl.Int64)
    )
    first, last = (
        moment.dt.convert_time_zone(zone).dt.date() for moment in (pl.col("entered_at"), ended_at)
    )
    is_mean = metric.kind == "mean"
    value = pl.col("followed_days") if is_mean else (pl.col("end") == 1)
    # What was dropped was never completed; no dashboard has it in its lead time.
    ended = cohort.filter((pl.col("end") == 1) if is_mean else (pl.col("end") > 0)).select(
        pl.col("team").fill_null(""), first=first, last=last, value=value.cast(pl.Float64)
    )
    return pl.concat([_ENDED.to_frame(), *(_around(ended, day) for day in sorted(set(on)))])


def _around(ended: pl.DataFrame, day: date) -> pl.DataFrame:
    is_since = pl.col("first") >= day
    return (
        ended.filter(is_since | (pl.col("last") < day))
        .group_by("team", is_since=is_since)
        .agg(subjects=pl.len(), total=pl.col("value").sum())
        .with_columns(changed_on=pl.lit(day))
        .select(_ENDED.names())
        .cast(_ENDED)
        .sort("team", "is_since")
    )


def naive_ratio(ended: pl.DataFrame, *, teams: Collection[str], on: date) -> float | None:
    """The mean since a change over that before it, of what had ended; None without either.

    Args:
        ended: as :func:`ended_around` tells it.
        teams: the concerned.
        on: day of the change.
    """
    concerned = ended.filter((pl.col("changed_on") == on) & pl.col("team").is_in(teams))
    before, since = (_mean(concerned.filter(is_since=is_since)) for is_since in (False, True))
    if before is None or since is None or before == 0:
        return None
    return since / before


def _mean(ended: pl.DataFrame) -> float | None:
    subjects = int(ended["subjects"].sum())
    return float(ended["total"].sum()) / subjects if subjects else None
