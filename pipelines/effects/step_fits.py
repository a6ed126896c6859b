"""The step model of a contrast: what is thought beforehand, and what came of fitting it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipelines.effects.bucket_sums import YEAR
from pipelines.effects.contrasts import Contrast, independent, observe
from pipelines.effects.designs import Phase
from pipelines.statistics.step_model import COARSE, FINE, StepFit, StepModel
from pipelines.statistics.step_series import Observed, Priors

Floats = NDArray[np.float64]

OF_LOGARITHMS = Priors(drift=0.35, own_drift=0.12, shock=0.5, common_shock=0.25, common_step=0.35)
OF_SHARES = Priors(drift=0.08, own_drift=0.04, shock=0.16, common_shock=0.10, common_step=0.15)
"""What is thought of the nuisances before the data are seen, tuned on the public benchmark."""
SEASONS = 2
"""Years of buckets from which a yearly wave can be told from a step."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the model was fitted to, and what came of it."""

    observed: Observed
    steps: Floats
    fit: StepFit
    smoothed: Floats
    """The series of what was observed, without its sampling noise."""
    is_confounded: bool
    """Whether another change falls together with one of the steps on these buckets."""

    def without_others(self) -> Observed:
        """What was observed, less what all steps but the first are seen to do."""
        return self.observed.less(self.steps[:, 1:] @ self.fit.expected()[1:])


def fitted(
    one: Contrast,
    *,
    grid: tuple[int, int] = FINE,
    keep: Callable[[Phase, int], bool] | None = None,
    season: float = 0.0,
) -> Fitted:
    """Fit all steps of a contrast together.

    Args:
        one: the series; both must have buckets, and the concerned some before and after each step.
        grid: how finely the noise is averaged over.
        keep: which buckets to use, of those with a value and outside every washout: by the phase
            and by how many mature buckets of the same phase come after it.
        season: standard deviation of a yearly wave, where one is to be allowed for.
    """
    observed, told = observe(one, keep=keep)
    columns = independent(observed, told)
    model = step_model(
        one,
        observed,
        priors=replace(priors_of(one), season=season),
        free_season=bool(np.ptp(observed.times) >= SEASONS * YEAR[one.unit]),
        grid=grid,
    )
    found = model.fit(columns)
    is_confounded = columns.shape[1] < told.shape[1]
    return Fitted(observed, columns, found, model.smoothed(found), is_confounded)


def step_model(
    one: Contrast,
    observed: Observed,
    *,
    priors: Priors | None = None,
    free_season: bool = False,
    grid: tuple[int, int] = COARSE,
) -> StepModel:
    """The model of some buckets of a contrast, with its teams and, if no others, its priors."""
    return StepModel(
        observed,
        priors or priors_of(one),
        year=YEAR[one.unit],
        free_season=free_season,
        own_shocks=one.own_shocks,
        grid=grid,
    )


def priors_of(one: Contrast) -> Priors:
    """What is thought of the nuisances of a contrast."""
    return OF_LOGARITHMS if one.is_log else OF_SHARES
