"""Diagnostics across teams: does it rest on one of them, and do those not changed show it too?"""

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import comb, stdtr

from pipelines.effects.bucket_sums import BucketSums
from pipelines.effects.contrasts import Contrast, contrast
from pipelines.effects.designs import Design
from pipelines.effects.diagnostics import Diagnostic, not_evaluable
from pipelines.effects.effects import Effect, is_compared, what_is_missing
from pipelines.effects.step_fits import fitted
from pipelines.statistics.estimate import LEVEL, Z
from pipelines.statistics.normal_mixture import NormalMixture
from pipelines.statistics.step_model import COARSE

Floats = NDArray[np.float64]

_CHANCE = 0.05
_FEW_TEAMS = 4
"""Teams on either side from which on their own estimates are compared."""
_FEWEST_PLACEBOS = 3
_MIX_PART = 1 / 3


def across_teams(
    sums: BucketSums, main: Contrast, effect: Effect, *, shown: Collection[str]
) -> Iterator[Diagnostic]:
    """All of them; no figure is told of the teams that are not shown."""
    yield leave_one_out(sums, main, effect, shown=shown)
    yield placebo_group(sums, main)
    yield from few_teams(sums, main.design, effect)
    yield mix(main, effect)


def _belief(sums: BucketSums, main: Contrast, design: Design) -> NormalMixture | None:
    """The effect of another design on the same sums; None where too little tells of it.

    The teams are the same, and so is what they say of their shocks.
    """
    one = contrast(sums, design, own_shocks=main.own_shocks)
    if what_is_missing(one) or (one.comparison is not None and not is_compared(one)):
        return None
    return fitted(one, grid=COARSE).fit.step(0)


def leave_one_out(
    sums: BucketSums, main: Contrast, effect: Effect, *, shown: Collection[str]
) -> Diagnostic:
    """The range of the estimate without each of the teams in turn; its sign should hold."""
    name, design = "leave_one_team_out", main.design
    estimates = []
    for team in (one for one in (*design.concerned, *design.comparison) if one in shown):
        concerned = tuple(one for one in design.concerned if one != team)
        comparison = tuple(one for one in design.comparison if one != team)
        if not concerned or (design.comparison and not comparison):
            continue
        belief = _belief(sums, main, replace(design, concerned=concerned, comparison=comparison))
        if belief is not None:
            estimates.append(belief.mean())
    if not estimates:
        return not_evaluable(name)
    low, high = min(estimates), max(estimates)
    turns = low <= 0 <= high and effect.belief.excludes(0.0)
    return Diagnostic(
        name,
        "caveat" if turns else "clear",
        effect.belief.mean(),
        low,
        high,
        caveat="rests_on_one_team" if turns else None,
    )


def placebo_group(sums: BucketSums, main: Contrast) -> Diagnostic:
    """Each team of the comparison as if it had been changed, against the others of them."""
    name, design = "placebo_group", main.design
    ratios = []
    for team in design.comparison:
        others = tuple(one for one in design.comparison if one != team)
        if others:
            belief = _belief(sums, main, replace(design, concerned=(team,), comparison=others))
            if belief is not None:
                ratios.append(belief.mean() / belief.deviation())
    if len(ratios) < _FEWEST_PLACEBOS:
        return not_evaluable(name)
    seen = int(np.sum(np.abs(ratios) > Z))
    # One of several may be chance; of three, one in seven times.
    against = seen > max(1, round(2 * _CHANCE * len(ratios)))
    return Diagnostic(
        name,
        "caveat" if against else "clear",
        seen / len(ratios),
        expected=_CHANCE,
        caveat=name if against else None,
    )


def few_teams(sums: BucketSums, design: Design, effect: Effect) -> Iterator[Diagnostic]:
    """The two-sample t of the teams' own changes (Ibragimov and Müller 2016).

    However unlike the teams are, it holds; with few of them a permutation over teams cannot go
    below one in the number of ways to choose the changed ones, which is told with it.
    """
    many, others = len(design.concerned), len(design.comparison)
    if many and others:
        floor = 1 / float(comb(many + others, many, exact=True))
        yield Diagnostic("permutation_floor", "clear", floor, expected=_CHANCE)
    enough = min(many, others) >= _FEW_TEAMS
    own = _changes(sums, design, design.concerned if enough else ())
    theirs = _changes(sums, design, design.comparison if enough else ())
    if min(len(own), len(theirs)) < _FEW_TEAMS:
        yield not_evaluable("team_level_t")
        return
    apart = float(own.mean() - theirs.mean())
    error = float(np.sqrt(own.var(ddof=1) / len(own) + theirs.var(ddof=1) / len(theirs)))
    degrees = min(len(own), len(theirs)) - 1
    probability = 2 * float(stdtr(degrees, -abs(apart) / error)) if error > 0 else 1.0
    seen = effect.belief.excludes(0.0)
    signs = np.sign(apart) != np.sign(effect.belief.mean())
    against = bool(seen and (signs or probability > 1 - LEVEL))
    yield Diagnostic(
        "team_level_t",
        "caveat" if against else "clear",
        apart,
        expected=probability,
        caveat="teams_disagree" if against else None,
    )


def _changes(sums: BucketSums, design: Design, teams: tuple[str, ...]) -> Floats:
    """The change of the mean of each team, on the working scale.

    Of the buckets next to the change, among which no other one came.
    """
    found = []
    for team in teams:
        one = contrast(sums, replace(design, concerned=(team,), comparison=()))
        before, after = one.mature("before"), one.mature("after")
        if before.any() and after.any():
            before = before & _as_in(one, int(np.flatnonzero(before)[-1]))
            after = after & _as_in(one, int(np.flatnonzero(after)[0]))
            values, weights = one.concerned.values, 1 / one.concerned.variances
            found.append(
                np.average(values[after], weights=weights[after])
                - np.average(values[before], weights=weights[before])
            )
    return np.array(found)


def _as_in(one: Contrast, number: int) -> NDArray[np.bool_]:
    """The buckets of the concerned in which the same other changes are in force as in one."""
    others = [phases[1:] for phases in one.phases_of_steps(one.concerned)]
    return np.array([phases == others[number] for phases in others], dtype=bool)


def mix(one: Contrast, effect: Effect) -> Diagnostic:
    """How far the effect is another without taking out the mix of work.

    Where more than a third of the change is a change of what was worked on, it is a caveat.
    """
    raw = fitted(one.unadjusted(), grid=COARSE).fit.step(0)
    made_by_mix = raw.mean() - effect.belief.mean()
    against = abs(made_by_mix) > max(
        _MIX_PART * abs(raw.mean()), effect.belief.deviation() * _MIX_PART
    )
    low, high = raw.interval()
    return Diagnostic(
        "mix_of_work",
        "caveat" if against else "clear",
        raw.mean(),
        low,
        high,
        effect.belief.mean(),
        "mix_of_work_changed" if against else None,
    )
