"""What others do with the same organisation: dashboards, t tests, segmented regressions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np
import polars as pl
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from benchmarks.effect_cells import Kind
from benchmarks.effect_shocks import Floats
from benchmarks.effect_weeks import weekly
from benchmarks.effect_worlds import World

_Z = 1.96
_FEWEST = 3
_QUARTER = timedelta(days=90)
_ROUNDS = 20
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Judgement:
    """An estimate with its 95 % interval, on the scale of the truth."""

    estimate: float
    low: float
    high: float
    p_value: float | None = None
    """Of a test that is not that of the interval."""

    @property
    def claims(self) -> bool:
        """Whether it says that there was an effect."""
        return not self.low <= 0 <= self.high if self.p_value is None else self.p_value < 1 - 0.95


Rival = Callable[[World], Judgement | None]


def naive_t(one: World) -> Judgement | None:
    """Whatever began before and has ended, against whatever began since and has ended."""
    ended, changed = _ended(one), _change(one)
    return _of_means(
        ended.filter(pl.col("entered_at") < changed), ended.filter(pl.col("entered_at") >= changed)
    )


def naive_quarters(one: World) -> Judgement | None:
    """The same, of the 90 days before and the 90 days since."""
    ended, changed = _ended(one), _change(one)
    begun = pl.col("entered_at")
    return _of_means(
        ended.filter(begun.is_between(changed - _QUARTER, changed, closed="left")),
        ended.filter(begun.is_between(changed, changed + _QUARTER, closed="left")),
    )


def dashboard(one: World) -> Judgement | None:
    """Begun and ended since, against ended before."""
    ended, changed = _ended(one), _change(one)
    return _of_means(
        ended.filter(pl.col("ended_at") < changed), ended.filter(pl.col("entered_at") >= changed)
    )


def completed(one: World) -> Judgement | None:
    """Ended in the 90 days since, whenever begun, against ended in the 90 days before."""
    ended, changed = _ended(one), _change(one)
    at = pl.col("ended_at")
    return _of_means(
        ended.filter(at.is_between(changed - _QUARTER, changed, closed="left")),
        ended.filter(at.is_between(changed, changed + _QUARTER, closed="left")),
    )


def segmented(one: World) -> Judgement | None:
    """Level and slope on weekly values, Newey-West errors with three lags; halfway through."""
    told = weekly(one)
    after = told.number[told.is_after > 0]
    if len(after) < _FEWEST:
        return None
    slope = told.is_after * (told.number - after.mean())
    design = np.column_stack([np.ones_like(told.number), told.number, told.is_after, slope])
    return _newey_west(told.value, design, 2)


def mean_shift(one: World) -> Judgement | None:
    """A shift of the mean of weekly values, Newey-West errors with three lags."""
    told = weekly(one)
    if told.is_after.sum() < _FEWEST:
        return None
    return _newey_west(told.value, np.column_stack([np.ones_like(told.value), told.is_after]), 1)


def prais_winsten(one: World) -> Judgement | None:
    """A shift of the mean of weekly values with errors whose memory is estimated."""
    told = weekly(one)
    if told.is_after.sum() < _FEWEST:
        return None
    design = np.column_stack([np.ones_like(told.value), told.is_after])
    fit, rho = sm.OLS(told.value, design).fit(), 0.0
    for _ in range(_ROUNDS):
        left = told.value - design @ fit.params
        before, rho = rho, float(np.clip(left[1:] @ left[:-1] / (left @ left), -0.99, 0.99))
        fit = sm.OLS(_whitened(told.value, rho), _whitened(design, rho)).fit()
        if abs(rho - before) < _CLOSE:
            break
    low, high = fit.conf_int()[1]
    return Judgement(float(fit.params[1]), float(low), float(high))


def fisher(one: World) -> Judgement | None:
    """All attempts with a verdict, before and since: Fisher's test, Newcombe's interval."""
    ended, changed = _ended(one), _change(one)
    sides = (
        ended.filter(pl.col("entered_at") >= changed),
        ended.filter(pl.col("entered_at") < changed),
    )
    of = [len(side) for side in sides]
    if min(of) < _FEWEST:
        return None
    hits = [int((side["end"] == 1).sum()) for side in sides]
    table = [[hit, many - hit] for hit, many in zip(hits, of, strict=True)]
    low, high = confint_proportions_2indep(hits[0], of[0], hits[1], of[1], method="newcomb")
    apart = hits[0] / of[0] - hits[1] / of[1]
    return Judgement(apart, float(low), float(high), float(stats.fisher_exact(table)[1]))


RIVALS: dict[Kind, dict[str, Rival]] = {
    "mean": {
        "naive t": naive_t,
        "naive t, 90 d": naive_quarters,
        "begun+done since": dashboard,
        "done in 90 d": completed,
        "segmented, NW": segmented,
        "Prais-Winsten": prais_winsten,
    },
    "share": {"Fisher": fisher, "mean shift, NW": mean_shift},
}


def _ended(one: World) -> pl.DataFrame:
    """What has ended in the changed teams: nobody else is looked at."""
    days = (pl.col("ended_at") - pl.col("entered_at")).dt.total_seconds() / 86_400
    ended = pl.col("team").is_in(one.treated) & (pl.col("end") > 0)
    return one.items.filter(ended).with_columns(days=days)


def _change(one: World) -> datetime:
    return datetime.combine(one.changed_on, time(), UTC)


def _of_means(before: pl.DataFrame, since: pl.DataFrame) -> Judgement | None:
    """Logarithm of the ratio of two means, as if items were independent."""
    if min(len(before), len(since)) < _FEWEST:
        return None
    sides = [side["days"].to_numpy() for side in (since, before)]
    apart = float(np.log(sides[0].mean() / sides[1].mean()))
    error = float(np.hypot(*(stats.sem(side) / side.mean() for side in sides)))
    return Judgement(apart, apart - _Z * error, apart + _Z * error)


def _newey_west(values: Floats, design: Floats, place: int) -> Judgement:
    fit = sm.OLS(values, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3})
    low, high = fit.conf_int()[place]
    return Judgement(float(fit.params[place]), float(low), float(high))


def _whitened(values: Floats, rho: float) -> Floats:
    """Each week less what it has of the one before; the first one is kept, to its scale."""
    first = np.sqrt(1 - rho**2) * values[:1]
    whitened: Floats = np.concatenate([first, values[1:] - rho * values[:-1]])
    return whitened
