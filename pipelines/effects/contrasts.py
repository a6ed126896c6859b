"""From two series and a design to what the step model is fitted to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from pipelines.effects.bucket_sums import BucketSums, BucketUnit, next_bucket
from pipelines.effects.designs import Design, Phase
from pipelines.effects.series import Series, series
from pipelines.statistics.own_shocks import OwnShocks
from pipelines.statistics.step_series import Observed

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]

_LONGEST_BEFORE, _LONGEST_AFTER = timedelta(weeks=104), timedelta(weeks=52)
"""What lies farther from a change tells of other things."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """The concerned, the comparison if there is one, and where their buckets lie."""

    design: Design
    unit: BucketUnit
    is_log: bool
    concerned: Series
    comparison: Series | None
    own_shocks: OwnShocks
    """What the teams of both say of the shocks that each has for itself."""

    def phases(self, side: Series) -> list[Phase]:
        """Where the buckets of either side lie; one in any washout is of no use."""
        return ["washout" if "washout" in row else row[0] for row in self.phases_of_steps(side)]

    def phases_of_steps(self, side: Series) -> list[list[Phase]]:
        """Of each bucket of either side, where it lies in each of the steps."""
        return [
            [step.phase(day, next_bucket(day, self.unit)) for step in self.design.steps]
            for day in side.bucket_on
        ]

    def mature(self, phase: Phase) -> Rows:
        """Buckets of the concerned in a phase that have a value."""
        return self.mature_of(self.concerned, phase)

    def mature_of(self, side: Series, phase: Phase) -> Rows:
        """Buckets of either side in a phase that have a value."""
        in_phase = np.array([one == phase for one in self.phases(side)], dtype=bool)
        return in_phase & side.is_mature

    def unadjusted(self) -> "Contrast":
        """The same with the mix of work as it was."""
        comparison = self.comparison
        return replace(
            self,
            concerned=replace(self.concerned, values=self.concerned.raw_values),
            comparison=None
            if comparison is None
            else replace(comparison, values=comparison.raw_values),
        )


def contrast(sums: BucketSums, design: Design, *, own_shocks: OwnShocks | None = None) -> Contrast:
    """Take the series of a design.

    Args:
        sums: of the metric.
        design: who, against whom, and when.
        own_shocks: what the teams say of their own shocks, where that is known already.
    """
    before = design.steps[0].since

    def side(teams: tuple[str, ...]) -> Series:
        whole = series(sums, teams, before=before)
        near = [_is_near(day, next_bucket(day, sums.unit), design) for day in whole.bucket_on]
        return whole.part(np.array(near, dtype=bool))

    concerned = side(design.concerned)
    comparison = side(design.comparison) if design.comparison else None
    strayings = (*concerned.strayings, *(() if comparison is None else comparison.strayings))
    return Contrast(
        design,
        sums.unit,
        sums.metric.kind == "mean",
        concerned,
        comparison,
        own_shocks or OwnShocks(strayings),
    )


def _is_near(day: date, next_day: date, design: Design) -> bool:
    """Whether a bucket is near enough to the change to tell of it, and over by the design's end."""
    judged = design.steps[0]
    is_over = design.until is None or next_day <= design.until
    return judged.since - _LONGEST_BEFORE <= day < judged.settled_on + _LONGEST_AFTER and is_over


def independent(observed: Observed, columns: Floats) -> Floats:
    """The columns without those that the levels and the columns before them make up already.

    Two changes between which no bucket can be told apart are one step, whoever made them.
    """
    levels = [np.ones_like(observed.times), observed.is_comparison.astype(np.float64)]
    kept: list[Floats] = []
    for column in columns.T:
        design = np.column_stack([*levels[: 1 + observed.has_comparison()], *kept, column])
        if np.linalg.matrix_rank(design) == design.shape[1]:
            kept.append(column)
    return np.column_stack(kept) if kept else np.zeros((len(columns), 0))


def only_before(phase: Phase, _: int) -> bool:
    """Keep the buckets before the change."""
    return phase == "before"


def observe(
    one: Contrast, *, keep: Callable[[Phase, int], bool] | None = None
) -> tuple[Observed, Floats]:
    """The buckets outside every washout, and the columns of the steps (n, k)."""
    parts = [_side(one, one.concerned, keep, is_comparison=False)]
    if one.comparison is not None:
        parts.append(_side(one, one.comparison, keep, is_comparison=True))
    times, values, variances, columns, sides = (
        np.concatenate([part[place] for part in parts]) for place in range(5)
    )
    is_comparison = sides.astype(bool)
    scales = np.full(len(times), 1 / one.concerned.effective_teams)
    if one.comparison is not None:
        scales[is_comparison] = 1 / one.comparison.effective_teams
    # A step that no bucket of these tells of is no column.
    used = np.ptp(columns, axis=0) > 0 if len(columns) else np.zeros(columns.shape[1], dtype=bool)
    used[0] = True
    return Observed(times, values, variances, is_comparison, scales), columns[:, used]


def _side(
    one: Contrast,
    side: Series,
    keep: Callable[[Phase, int], bool] | None,
    *,
    is_comparison: bool,
) -> tuple[Floats, Floats, Floats, Floats, Rows]:
    steps = one.design.steps
    phases = one.phases_of_steps(side)
    used = side.is_mature & np.array(["washout" not in row for row in phases], dtype=bool)
    if keep is not None:
        left = _still_to_come([row[0] for row in phases], used)
        kept = [keep(row[0], many) for row, many in zip(phases, left, strict=True)]
        used = used & np.array(kept, dtype=bool)
    columns = np.array(
        [
            [
                float(phase == "after" and (step.in_comparison or not is_comparison))
                for phase, step in zip(row, steps, strict=True)
            ]
            for row in phases
        ],
        dtype=np.float64,
    ).reshape(len(phases), len(steps))
    sides = np.full(int(used.sum()), is_comparison)
    return side.numbers[used], side.values[used], side.variances[used], columns[used], sides


def _still_to_come(phases: list[Phase], used: Rows) -> list[int]:
    """For each bucket, how many used ones of its phase come after it."""
    counts: dict[Phase, int] = {}
    left = []
    for phase, is_used in zip(reversed(phases), reversed(used.tolist()), strict=True):
        left.append(counts.get(phase, 0))
        counts[phase] = counts.get(phase, 0) + is_used
    return left[::-1]
