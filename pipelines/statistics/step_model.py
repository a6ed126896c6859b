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

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import linalg
from scipy.linalg import lapack

from pipelines.statistics.normal_mixture import NormalMixture
from pipelines.statistics.own_shocks import OwnShocks
from pipelines.statistics.step_noise import half_normal, memory_lengths, noises, waves
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
    """What levels and steps do not explain, without its memory (g, n, 1)."""

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
    """A series whose noise is factored once, so that any steps can be fitted to it cheaply."""

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

    def fit(self, steps: Floats, *, less: Floats | None = None) -> StepFit:
        """Fit steps of the concerned.

        Args:
            steps: of shape (n, k); 0 before a step and 1 after it, 0 in the comparison.
            less: what is known of the series already (n,), and taken off it.
        """
        common = self._common(steps)
        columns = self._white(np.concatenate([steps, common], axis=1))
        design = np.concatenate([self._white_levels, columns], axis=2)
        # A normal prior is one more observation, of nothing.
        known = np.zeros((common.shape[1], design.shape[2]))
        if len(known):
            known[:, -len(known) :] = np.eye(len(known)) / self._priors.common_step
        design = np.concatenate([design, np.tile(known, (len(design), 1, 1))], axis=1)
        told = self._white_data if less is None else self._white_data - self._white(less[:, None])
        data = np.pad(told, ((0, 0), (0, len(known)), (0, 0)))
        across = design.transpose(0, 2, 1)
        information = across @ design
        covariances = np.linalg.inv(information)
        means = covariances @ (across @ data)
        left = data - design @ means
        log_likelihood = (
            -self._log_determinants
            - np.linalg.slogdet(information)[1] / 2
            - (left**2).sum(axis=(1, 2)) / 2
            + self._of_teams
        )
        weights = np.exp(log_likelihood - log_likelihood.max())
        weights = weights / weights.sum()
        own = slice(self._white_levels.shape[2], self._white_levels.shape[2] + steps.shape[1])
        return StepFit(
            weights,
            means[:, own, 0],
            covariances[:, own, own],
            left[:, : len(steps)],
        )

    def _common(self, steps: Floats) -> Floats:
        """The same shifts of both series (n, q), of those steps that the comparison had not."""
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
                columns.append(shifted.astype(np.float64))
        return np.column_stack(columns) if columns else np.zeros((len(steps), 0))

    def smoothed(self, fit: StepFit) -> Floats:
        """The series without its sampling noise (n,), as far as a fit explains it."""
        solved = [
            lapack.dtrtrs(factor, rest, lower=1, trans=1)[0][:, 0]
            for factor, rest in zip(self._factors, fit.left, strict=True)
        ]
        noise: Floats = self._observed.variances * (fit.weights @ np.stack(solved))
        return self._observed.values - noise

    def _white(self, columns: Floats) -> Floats:
        """Columns (n, m) as they would be without memory, at each point of the grid (g, n, m)."""
        solved = [lapack.dtrtrs(factor, columns, lower=1)[0] for factor in self._factors]
        return np.stack(solved)

    @cached_property
    def _factors(self) -> list[Floats]:
        """Cholesky factors of the noise (n, n), one for each point of the grid."""
        noise = noises(self._observed, self._priors, year=self._year, grid=self._grid)
        return [linalg.cholesky(one, lower=True, check_finite=False) for one in noise]

    @cached_property
    def _log_determinants(self) -> Floats:
        """Half the logarithm of the determinant of the noise at each point of the grid."""
        return np.array([np.log(np.diagonal(factor)).sum() for factor in self._factors])

    @cached_property
    def _white_data(self) -> Floats:
        return self._white(self._observed.values[:, None])

    @cached_property
    def _white_levels(self) -> Floats:
        one = self._observed
        columns = [np.ones_like(one.times)]
        if one.has_comparison():
            columns.append(one.is_comparison.astype(np.float64))
        if self._free_season:
            columns.extend(waves(one, year=self._year))
        return self._white(np.column_stack(columns))

    @cached_property
    def _of_teams(self) -> Floats:
        """What the teams say of each point of the grid (g,)."""
        if self._own_shocks is None:
            return np.zeros(1)
        memories, strengths = self._grid
        said = self._own_shocks.log_likelihood(
            memory_lengths(memories), half_normal(self._priors.shock, strengths)
        )
        points = len(self._log_determinants) // said.size
        return np.repeat(said.ravel(), points)


def _between(times: Floats, shifted: Floats) -> NDArray[np.bool_]:
    """Times within the span of those."""
    between: NDArray[np.bool_] = (times >= shifted.min()) & (times <= shifted.max())
    return between
