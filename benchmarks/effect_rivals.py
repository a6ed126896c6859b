"""What others do with the same organisation: dashboards, t tests, segmented regressions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats

from benchmarks.effect_worlds import World

Floats = NDArray[np.float64]
_Z = 1.96
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """An estimate with its 95 % interval, on the scale of the truth."""

    estimate: float
    low: float
    high: float


Rival = Callable[[World, float], Judgement | None]


def naive_t(one: World, horizon_days: float) -> Judgement | None:
    """The means of what has ended, before the change and since, as if items were independent."""
    del horizon_days
    ended = _with_values(one).filter(pl.col("end") > 0)
    before, since = (ended.filter(phase)["value"].to_numpy() for phase in _phases(one))
    return _of_means(one, before, since)


def dashboard(one: World, horizon_days: float) -> Judgement | None:
    """Thirty days after the change: begun and ended since, against begun and ended before."""
    del horizon_days
    changed = pl.lit(one.changed_on).cast(pl.Datetime("us", "UTC"))
    looked = changed + pl.duration(days=30)
    told = _with_values(one).filter(pl.col("ended_at") < looked)
    before = told.filter(pl.col("ended_at") < changed)["value"].to_numpy()
    since = told.filter(pl.col("entered_at") >= changed)["value"].to_numpy()
    return _of_means(one, before, since)


def segmented(one: World, horizon_days: float) -> Judgement | None:
    """Level and slope on weekly values, Newey-West errors with three lags."""
    week, values, after = _weekly(one, horizon_days)
    design = np.column_stack(
        [np.ones_like(week), week, after, after * (week - week[after > 0].min())]
    )
    fit = sm.OLS(values, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3})
    # The effect in the middle of the time after, as the level and the slope make it.
    at = np.array([0, 0, 1, (week[after > 0] - week[after > 0].min()).mean()])
    error = float(np.sqrt(at @ fit.cov_params() @ at))
    middle = float(at @ fit.params)
    return Judgement(middle, middle - _Z * error, middle + _Z * error)


def prais_winsten(one: World, horizon_days: float) -> Judgement | None:
    """A shift of the mean of weekly values with autoregressive errors, their memory estimated."""
    week, values, after = _weekly(one, horizon_days)
    fit = sm.GLSAR(values, np.column_stack([np.ones_like(week), after]), rho=1).iterative_fit(20)
    low, high = fit.conf_int()[1]
    return Judgement(float(fit.params[1]), float(low), float(high))


RIVALS: dict[str, Rival] = {
    "naive t": naive_t,
    "dashboard at 30 days": dashboard,
    "segmented, Newey-West": segmented,
    "Prais-Winsten": prais_winsten,
}


def _with_values(one: World) -> pl.DataFrame:
    """The items of the changed teams with what each gave."""
    days = (pl.col("ended_at") - pl.col("entered_at")).dt.total_seconds() / 86_400
    value = days if one.cell.kind == "mean" else (pl.col("end") == 1).cast(pl.Float64)
    return one.items.filter(pl.col("team").is_in(one.treated)).with_columns(value=value)


def _phases(one: World) -> tuple[pl.Expr, pl.Expr]:
    entered = pl.col("entered_at").dt.date()
    settled = pl.lit(one.changed_on) + pl.duration(weeks=one.cell.washout_weeks)
    return entered < one.changed_on, entered >= settled


def _of_means(one: World, before: Floats, since: Floats) -> Judgement | None:
    if min(len(before), len(since)) < _FEWEST:
        return None
    means, errors = (
        np.array([function(side) for side in (before, since)]) for function in (np.mean, stats.sem)
    )
    if one.cell.kind == "share":
        apart, error = means[1] - means[0], np.hypot(*errors)
    else:
        apart, error = np.log(means[1] / means[0]), np.hypot(*(errors / means))
    return Judgement(float(apart), float(apart - _Z * error), float(apart + _Z * error))


def _weekly(one: World, horizon_days: float) -> tuple[Floats, Floats, Floats]:
    """Weeks outside the roll-out, their values less those of a comparison, and which are after."""
    sides = [_of_weeks(one, one.treated, horizon_days)]
    if one.comparison:
        sides.append(_of_weeks(one, one.comparison, horizon_days))
    shared = sorted(set.intersection(*(set(side) for side in sides)))
    values = np.array(
        [sides[0][week] - (sides[1][week] if len(sides) > 1 else 0) for week in shared]
    )
    week = np.array(shared, dtype=np.float64)
    washout = (week >= one.cell.weeks_before) & (
        week < one.cell.weeks_before + one.cell.washout_weeks
    )
    return week[~washout], values[~washout], (week[~washout] >= one.cell.weeks_before).astype(float)


def _of_weeks(one: World, teams: tuple[str, ...], horizon_days: float) -> dict[int, float]:
    first = one.items["entered_at"].dt.truncate("1w").min()
    lived = (
        pl.coalesce("ended_at", pl.lit(one.as_of)) - pl.col("entered_at")
    ).dt.total_seconds() / 86_400
    value = (
        (pl.col("end") == 1).cast(pl.Float64)
        if one.cell.kind == "share"
        else lived.clip(upper_bound=horizon_days)
    )
    weekly = (
        one.items.filter(pl.col("team").is_in(teams))
        .group_by(((pl.col("entered_at") - first).dt.total_days() // 7).alias("week"))
        .agg(value.mean().alias("mean"))
        .sort("week")
    )
    told = weekly["mean"] if one.cell.kind == "share" else weekly["mean"].log()
    return dict(zip(weekly["week"].to_list(), told.to_list(), strict=True))
