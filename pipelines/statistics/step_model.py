"""Steps in a series whose noise has a memory: an interrupted time series without plug-in estimates.

The series of those whom a change concerns is, bucket by bucket,

    value = level + steps + drift + common shock + own shock + sampling noise

and that of those whom it does not concern has the same without the steps, its own level and its own
shock. The sampling noise is known from the subjects of each bucket. The shocks are autoregressive
of order one; how strong they are and how long they last is not estimated and then taken for known,
which is why Newey-West and Prais-Winsten find effects in short series that have none, but averaged
over: on a grid of correlation and strengths, each weighted by the restricted likelihood (Harville
1977), which leaves a mixture of normals for the steps. What both series share from bucket to bucket
counts as far as the data show that it is shared. A lasting shift of the comparison together with a
step has a prior of its own by which it is everybody's: else a step that is free would explain what
happened to both.

Levels and steps have flat priors. A drift, linear over the whole window, is neither ignored nor
given free rein: its size has a normal prior, as a random coefficient has (Turner et al. 2021 on
short series). Everything is arithmetic on a fixed grid: equal data give equal results.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.normal_mixture import NormalMixture
from pipelines.statistics.own_shocks import OwnShocks
from pipelines.statistics.shock_filter import ShockFilter
from pipelines.statistics.step_noise import half_normal, memory_lengths, paths, shock_grid, waves
from pipelines.statistics.step_series import Observed, Priors

Floats = NDArray[np.float64]

FINE = (8, 5)
"""Points of the grid for what is published: of the correlation, and of each strength."""
COARSE = (5, 3)
"""Points for a second opinion, of which there are many."""


@dataclass(frozen=True, slots=True)
class StepFit:
    """What is believed of the steps (k of them), and of the series."""

    weights: Floats
    means: Floats
    """Of shape (g, k)."""
    covariances: Floats
    """Of shape (g, k, k)."""
    left: Floats
    """What levels, steps and drifts do not explain, without its memory (g, n)."""

    def expected(self) -> Floats:
        """The mean of each step (k,)."""
        expected: Floats = self.weights @ self.means
        return expected

    def step(self, number: int) -> NormalMixture:
        """The distribution of one step."""
        deviations = np.sqrt(self.covariances[:, number, number])
        return NormalMixture(self.weights, self.means[:, number], deviations)

    def correlation(self, one: int, other: int) -> float:
        """How far two steps are told apart: near 1 or -1, hardly."""
        spread = self.means - self.expected()
        within = np.einsum("g,gij->ij", self.weights, self.covariances)
        total = within + np.einsum("g,gi,gj->ij", self.weights, spread, spread)
        return float(total[one, other] / np.sqrt(total[one, one] * total[other, other]))


class StepModel:
    """A series whose noise is filtered once, so that any steps can be fitted to it cheaply."""

    def __init__(
        self,
        observed: Observed,
        priors: Priors,
        *,
        year: float,
        free_season: bool = False,
        own_shocks: OwnShocks | None = None,
        grid: tuple[int, int] = FINE,
    ) -> None:
        """Prepare the noise.

        Args:
            observed: the series.
            priors: of its nuisances.
            year: length of a year, in buckets.
            free_season: whether a yearly wave with a flat prior belongs to the model, which needs
                two years of buckets.
            own_shocks: what the teams of both series say of their own shocks.
            grid: over how many points the noise is averaged.
        """
        self._observed = observed
        self._priors = priors
        self._year = year
        self._free_season = free_season
        self._own_shocks = own_shocks
        self._grid = grid

    def fit(self, steps: Floats) -> StepFit:
        """Fit steps of the concerned.

        Args:
            steps: of shape (n, k); 0 before a step and 1 after it, 0 in the comparison.
        """
        return self.fits([steps])[0]

    def fits(self, designs: Sequence[Floats], *, less: Floats | None = None) -> list[StepFit]:
        """Fit steps of the concerned, each design by itself, in one pass over the series.

        Args:
            designs: of each its steps, as those of a single fit.
            less: what is known of the series already (n,), and taken off it.
        """
        known = np.zeros_like(self._observed.values) if less is None else less
        drawn = [np.column_stack([steps, self._common(steps)]) for steps in designs]
        white = self._filter.white(np.column_stack([known, *drawn]))
        ends = 1 + np.cumsum([one.shape[1] for one in drawn])
        data = self._white[0] - white[:, :, :1]
        return [
            self._fitted(data, steps.shape[1], white[:, :, end - one.shape[1] : end])
            for steps, one, end in zip(designs, drawn, ends, strict=True)
        ]

    def _fitted(self, data: Floats, many: int, stepping: Floats) -> StepFit:
        """Fit so many steps, with the shifts that are everybody's behind them (g, n, k + q)."""
        _, levels, paths = self._white
        design = np.concatenate([levels, stepping, paths], axis=2)
        own = slice(levels.shape[2], levels.shape[2] + many)
        # Levels and steps may be anything. What comes after them has a standard normal prior.
        precision = np.zeros(design.shape[2])
        precision[own.stop :] = 1.0
        across = design.transpose(0, 2, 1)
        information = across @ design + np.diag(precision)
        covariances = np.linalg.inv(information)
        means = covariances @ (across @ data)
        left = data - design @ means
        log_likelihood = (
            self._of_noise
            - np.linalg.slogdet(information)[1] / 2
            - (left**2).sum(axis=(1, 2)) / 2
            - precision @ means[:, :, 0].T ** 2 / 2
        )
        weights = np.exp(log_likelihood - log_likelihood.max())
        weights = weights / weights.sum()
        return StepFit(weights, means[:, own, 0], covariances[:, own, own], left[:, :, 0])

    def _common(self, steps: Floats) -> Floats:
        """The same shifts of both series, of those steps that the comparison had not.

        Each is one standard deviation (n, q).
        """
        one = self._observed
        if not one.has_comparison() or self._priors.common_step <= 0:
            return np.zeros((len(steps), 0))
        columns = []
        for step in steps.T:
            stands = (step == 0) | (step == 1)
            if stands.all() and step.any() and not step[one.is_comparison].any():
                shifted = np.isin(one.times, one.times[step > 0]) | (
                    one.is_comparison & _between(one.times, one.times[step > 0])
                )
                columns.append(self._priors.common_step * shifted)
        return np.column_stack(columns) if columns else np.zeros((len(steps), 0))

    def smoothed(self, fit: StepFit) -> Floats:
        """The series without its sampling noise (n,), as far as a fit explains it."""
        solved = fit.weights @ self._filter.unexplained(fit.left)
        noise: Floats = self._observed.variances * solved
        return self._observed.values - noise

    @cached_property
    def _filter(self) -> ShockFilter:
        return ShockFilter.of(self._observed, shock_grid(self._priors, self._grid))

    @cached_property
    def _white(self) -> tuple[Floats, Floats, Floats]:
        """The values, the levels, and drifts and waves (g, n, each)."""
        one = self._observed
        levels = [np.ones_like(one.times)]
        if one.has_comparison():
            levels.append(one.is_comparison.astype(np.float64))
        if self._free_season:
            levels.extend(waves(one, year=self._year))
        moving = paths(one, self._priors, year=self._year)
        white = self._filter.white(np.column_stack([one.values, *levels, moving]))
        data, others = white[:, :, :1], white[:, :, 1:]
        return data, others[:, :, : len(levels)], others[:, :, len(levels) :]

    @cached_property
    def _of_noise(self) -> Floats:
        """What the noise and the teams say of each point of the grid, whatever the steps (g,)."""
        alone = -self._filter.log_determinants()
        if self._own_shocks is None:
            return alone
        memories, strengths = self._grid
        said = self._own_shocks.log_likelihood(
            memory_lengths(memories), half_normal(self._priors.shock, strengths)
        )
        told: Floats = alone + np.repeat(said.ravel(), strengths)
        return told


def _between(times: Floats, shifted: Floats) -> NDArray[np.bool_]:
    """Times within the span of those."""
    between: NDArray[np.bool_] = (times >= shifted.min()) & (times <= shifted.max())
    return between
