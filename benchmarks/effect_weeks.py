"""Weekly series as an analyst would take them from a tracker: by entry, of mature weeks."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from benchmarks.effect_shocks import Floats
from benchmarks.effect_worlds import World

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Weekly:
    """Weeks outside the roll-out, in order."""

    number: Floats
    value: Floats
    """Of the changed teams, less that of those to compare with if there are any: the logarithm of
    the restricted mean, or a share."""
    is_after: Floats
    """1 or 0."""


def weekly(one: World) -> Weekly:
    """The series of a world; weeks in which nothing began are left out."""
    sides = [teams for teams in (one.treated, one.comparison) if teams]
    tables = [_of_teams(one, teams) for teams in sides]
    joined = tables[0] if len(tables) == 1 else tables[0].join(tables[1], on="week", suffix="_of")
    value = pl.col("value") - pl.col("value_of") if len(tables) > 1 else pl.col("value")
    changed = pl.lit(one.changed_on)
    kept = joined.with_columns(
        value=value, since=(pl.col("week") - changed).dt.total_days()
    ).filter((pl.col("since") <= -_WEEK) | (pl.col("since") >= one.washout_days))
    days = kept.sort("week")["since"].to_numpy().astype(np.float64)
    values = kept.sort("week")["value"].to_numpy().astype(np.float64)
    return Weekly(days / _WEEK, values, (days >= 0).astype(np.float64))


def _of_teams(one: World, teams: tuple[str, ...]) -> pl.DataFrame:
    mature = one.as_of - timedelta(days=one.horizon_days)
    lasted = (
        pl.coalesce("ended_at", pl.lit(one.as_of)) - pl.col("entered_at")
    ).dt.total_seconds() / 86_400
    if one.kind == "share":
        # An attempt without a verdict counts on neither side: this is what is usually done.
        value = pl.when(pl.col("end") > 0).then((pl.col("end") == 1).cast(pl.Float64)).mean()
    else:
        value = lasted.clip(upper_bound=one.horizon_days).mean().log()
    return (
        one.items.filter(pl.col("team").is_in(teams))
        .group_by(week=pl.col("entered_at").dt.truncate("1w").dt.date())
        .agg(value=value)
        .filter(
            pl.col("week") + pl.duration(days=_WEEK) <= mature.date(), pl.col("value").is_not_null()
        )
        .sort("week")
    )
