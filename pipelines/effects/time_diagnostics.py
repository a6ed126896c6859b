"""Diagnostics along the time axis: was it moving before, and does another date do as well?"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipelines.effects.before import Before
from pipelines.effects.contrasts import Contrast, observe
from pipelines.effects.diagnostics import Diagnostic, not_evaluable
from pipelines.effects.effects import Effect
from pipelines.effects.explanations import explanations
from pipelines.effects.step_fits import Fitted, priors_of, step_model
from pipelines.statistics.estimate import Z
from pipelines.statistics.normal_mixture import NormalMixture
from pipelines.statistics.step_series import Observed

Floats = NDArray[np.float64]

_BEFORE_PLACEBO, _AFTER_PLACEBO = 8, 4
_CHANCE = 0.05
_MANY = 0.15
"""Share of placebo dates that seem to have had an effect, from which on the model is in doubt."""
_SECOND_OPINION = 0.10


def in_time(one: Contrast, model: Fitted, effect: Effect, metric: str) -> Iterator[Diagnostic]:
    """All of them."""
    yield pre_trend(one)
    yield from placebo_dates(one, effect)
    yield from explanations(one, effect, metric)
    yield conformal(model)


def pre_trend(one: Contrast) -> Diagnostic:
    """Drift of the concerned before the change, against the comparison if there is one.

    Over the length of the whole window, so that it compares with the drift that the model allows
    for. It speaks against the effect where its interval excludes nothing and it is larger than the
    model allows.
    """
    name = "pre_trend"
    before = Before.of(one)
    observed = before.observed
    whole, _ = observe(one)
    path = (observed.times - observed.times.mean()) / max(1.0, float(np.ptp(whole.times)))
    columns = before.with_others(np.where(observed.is_comparison, 0.0, path))
    if columns is None:
        return not_evaluable(name)
    usual = priors_of(one)
    allowed = Z * (usual.own_drift if one.comparison is not None else usual.drift)
    free = replace(usual, own_drift=0.0, drift=usual.drift if observed.has_comparison() else 0.0)
    belief = step_model(one, observed, priors=free).fit(columns).step(0)
    low, high = belief.interval()
    against = not low <= 0 <= high and abs(belief.mean()) > allowed
    return Diagnostic(
        name,
        "caveat" if against else "clear",
        belief.mean(),
        low,
        high,
        allowed,
        "pre_trend" if against else None,
    )


def placebo_dates(one: Contrast, effect: Effect) -> Iterator[Diagnostic]:
    """The same estimate at every date before the change at which nothing was changed.

    About one date in twenty may seem to have had an effect; and the real date should stand out.
    """
    before = Before.of(one)
    own = before.observed.times[~before.observed.is_comparison]
    dates = own[_BEFORE_PLACEBO : len(own) - _AFTER_PLACEBO + 1]
    columns = [before.with_others(_step(before.observed, day)) for day in dates]
    # On a date that cannot be told from another change something was changed.
    unchanged = [column for column in columns if column is not None]
    if len(unchanged) < _AFTER_PLACEBO:
        yield not_evaluable("placebo_dates")
        yield not_evaluable("rank_among_placebo_dates")
        return
    model = step_model(one, before.observed)
    ratios = np.array([abs(_ratio(fit.step(0))) for fit in model.fits(unchanged)])
    share = float(np.mean(ratios > Z))
    yield Diagnostic(
        "placebo_dates",
        "caveat" if share > _MANY else "clear",
        share,
        expected=_CHANCE,
        caveat="placebo_dates" if share > _MANY else None,
    )
    above = float(np.mean(ratios >= abs(_ratio(effect.belief))))
    yield Diagnostic("rank_among_placebo_dates", "clear", above, expected=_CHANCE)


def _step(observed: Observed, since: float) -> Floats:
    after = (observed.times >= since) & ~observed.is_comparison
    return after.astype(np.float64)


def _ratio(belief: NormalMixture) -> float:
    return belief.mean() / belief.deviation()


def conformal(model: Fitted) -> Diagnostic:
    """A second opinion with hardly an assumption: moving-block permutation of the residuals.

    What other changes are seen to do is taken off. Under no effect the residuals of the buckets
    after the change are as those of any other stretch of that length (Chernozhukov, Wüthrich and
    Zhu 2021). The value is the share of stretches that are as extreme.
    """
    own = ~model.observed.is_comparison
    values = model.without_others().apart()
    after = model.steps[own, 0] > 0
    if len(values) != len(after) or after.all() or not after.any():
        return not_evaluable("conformal")
    rest = np.abs(np.array([_stretch(values, after, shift) for shift in range(len(values))]))
    share = float(np.mean(rest >= rest[0] - 1e-12))
    against = model.fit.step(0).excludes(0.0) and share > _SECOND_OPINION
    return Diagnostic(
        "conformal",
        "caveat" if against else "clear",
        share,
        expected=_CHANCE,
        caveat="second_opinion_disagrees" if against else None,
    )


def _stretch(values: Floats, after: NDArray[np.bool_], shift: int) -> float:
    shifted = np.roll(values - values.mean(), shift)
    return float(shifted[after].sum())
