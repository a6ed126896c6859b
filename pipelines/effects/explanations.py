"""What else could explain an effect: a bad time before that was passing anyway, or the season."""

from collections.abc import Iterator

import numpy as np

from pipelines.effects.before import Before
from pipelines.effects.bucket_sums import YEAR
from pipelines.effects.contrasts import Contrast, observe, only_before
from pipelines.effects.designs import Phase
from pipelines.effects.diagnostics import Diagnostic, not_evaluable
from pipelines.effects.effects import Effect, improvement
from pipelines.effects.step_fits import SEASONS, fitted
from pipelines.statistics.step_model import COARSE

_SEASON = {True: 0.15, False: 0.05}
"""Standard deviation of a yearly wave that is thought possible: of logarithms, and of shares."""
_LAST = 8
"""Buckets before a change in which a bad quarter would lie."""
_BAD = 0.8
"""Standard deviations by which they lie off the rest, for a quarter to be bad."""
_ALIKE = 1e-9
"""Standard deviation below which buckets differ by rounding alone, on either scale."""


def explanations(one: Contrast, effect: Effect, metric: str) -> Iterator[Diagnostic]:
    """All of them."""
    bad = bad_quarter(one, metric)
    yield bad
    yield from donut(one, effect, after_bad_quarter=bad.outcome == "caveat")
    yield season(one, effect)


def bad_quarter(one: Contrast, metric: str) -> Diagnostic:
    """Whether the last eight buckets before the change were unusually bad.

    Changes are made when things are bad, and what is unusually bad gets better by itself
    (regression to the mean).
    """
    name = "acted_on_bad_quarter"
    values = Before.of(one).apart(one)
    earlier, last = values[:-_LAST], values[-_LAST:]
    if len(earlier) < _LAST or np.std(earlier) < _ALIKE:
        return not_evaluable(name)
    distance = float((last.mean() - earlier.mean()) / np.std(earlier, ddof=1))
    bad = improvement(metric, distance) > _BAD
    return Diagnostic(
        name,
        "caveat" if bad else "clear",
        distance,
        expected=_BAD,
        caveat=name if bad else None,
    )


def donut(one: Contrast, effect: Effect, *, after_bad_quarter: bool) -> Iterator[Diagnostic]:
    """The estimate without the last eight buckets before: it should be the same to one error.

    Where it is not, or those buckets were bad, what followed may be a regression to the mean; it
    explains the effect unless that stands against the time before those buckets as well.
    """
    name = "donut"
    observed, _ = observe(one, keep=only_before)
    if int((~observed.is_comparison).sum()) < 2 * _LAST:
        yield not_evaluable(name)
        return

    def far(phase: Phase, still_to_come: int) -> bool:
        return phase != "before" or still_to_come >= _LAST

    belief = fitted(one, grid=COARSE, keep=far).fit.step(0)
    apart = belief.mean() - effect.belief.mean()
    against = abs(apart) > effect.belief.deviation()
    low, high = belief.interval()
    yield Diagnostic(
        name,
        "caveat" if against else "clear",
        belief.mean(),
        low,
        high,
        effect.belief.mean(),
        "regression_to_the_mean" if against else None,
    )
    explained = (against or after_bad_quarter) and low <= 0 <= high
    yield Diagnostic(
        "regression_to_the_mean",
        "caveat" if explained else "clear",
        belief.mean(),
        low,
        high,
        0.0,
        "regression_could_explain_it" if explained else None,
    )


def season(one: Contrast, effect: Effect) -> Diagnostic:
    """The estimate if a yearly wave of a usual size is allowed for, where the data cannot tell.

    Against a comparison the season of both is gone; of two years it is known. Otherwise a change
    and a season look alike, and only what a usual season could not make up is a finding.
    """
    name = "season"
    observed, _ = observe(one)
    if one.comparison is not None or np.ptp(observed.times) >= SEASONS * YEAR[one.unit]:
        return Diagnostic(name, "clear")
    belief = fitted(one, grid=COARSE, season=_SEASON[one.is_log]).fit.step(0)
    low, high = belief.interval()
    explained = effect.belief.excludes(0.0) and low <= 0 <= high
    return Diagnostic(
        name,
        "caveat",
        belief.mean(),
        low,
        high,
        0.0,
        "season_could_explain_it" if explained else "season_not_ruled_out",
    )
