"""How much of the average item's delay goes to rules, to seats, to people, or to either of these.

The excess is what the average item would be spared: the effect of what was found times the share of
items it touches. Where nothing of a class was found, it is what might be there all the same, each
seat or person weighted by how probable it is; unknown where none of the class could be asked about.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipelines.attribution.replacement import of_person, of_seat, persistence, portable
from pipelines.attribution.spike_scan import Found, Scan
from pipelines.attribution.suspects import Suspects
from pipelines.statistics.estimate import LEVEL, UNKNOWN, Estimate
from pipelines.statistics.normal_mixture import NormalMixture

Floats = NDArray[np.float64]
Cause: TypeAlias = Literal["rule", "seat", "person", "seat_or_person"]

_CERTAIN = 1e-9
"""Spread of what is believed to be nothing."""


@dataclass(frozen=True, slots=True)
class ClassExcess:
    """One class of causes."""

    cause: Cause
    is_found: bool
    excess: Estimate
    """Of the average item, in the scale of the values."""
    days: Estimate | None
    """Of the average item; None where values are no logarithms or no baseline is given."""
    posterior: float | None = None
    """Of seat or person when it was found, else that there is one; None of rules, and where none
    could be asked about."""
    persistence: Estimate | None = None
    """Excess after a replacement of the holder over that before."""
    portability: Estimate | None = None
    """Excess of the same person in other seats over that in his main one."""


def of_rules(excess: Estimate, *, is_found: bool, baseline_days: float | None) -> ClassExcess:
    """The class of rules."""
    return ClassExcess("rule", is_found, excess, in_days(excess, baseline_days))


def of_suspects(
    suspects: Suspects, seen: Scan, *, baseline_days: float | None
) -> tuple[ClassExcess, ...]:
    """The classes of seats, of people, and of those that cannot be told apart."""
    labels: tuple[Cause, ...] = tuple(dict.fromkeys(one.label for one in seen.found))
    classes = []
    for cause in ("seat", "person"):
        one = (
            _class_found(cause, suspects, seen) if cause in labels else _rest(cause, suspects, seen)
        )
        classes.append(one)
    if "seat_or_person" in labels:
        classes.append(_class_found("seat_or_person", suspects, seen))
    return tuple(
        ClassExcess(
            one.cause,
            one.is_found,
            one.excess,
            in_days(one.excess, baseline_days),
            one.posterior,
            one.persistence,
            one.portability,
        )
        for one in classes
    )


def in_days(excess: Estimate, baseline_days: float | None) -> Estimate | None:
    """An excess of the logarithm as the days an item would be spared of those it takes now."""
    if baseline_days is None or excess.value is None:
        return None
    value, low, high = (
        None if one is None else baseline_days * -float(np.expm1(-one))
        for one in (excess.value, excess.low, excess.high)
    )
    return Estimate(value, low, high)


def _shares(suspects: Suspects) -> Floats:
    """Share of all items that each column touches (k,)."""
    items = suspects.cells.items
    shares: Floats = items @ suspects.cells.columns() / items.sum()
    return shares


def _class_found(cause: Cause, suspects: Suspects, seen: Scan) -> ClassExcess:
    ours = [one for one in seen.found if one.label == cause]
    shares = _shares(suspects)
    of_each = np.array([shares[one.column] * (one.label == cause) for one in seen.found])
    excess = _estimate(suspects.effects(seen.found).total(of_each))
    posterior = min(one.posterior for one in ours)
    first = ours[0]
    others = suspects.cells.columns()[:, [one.column for one in seen.found if one is not first]]
    stays = comes = None
    teams = len(suspects.cells.teams)
    cells, months, where = suspects.cells, suspects.months, suspects.where
    spread = suspects.scale.spread
    if cause == "seat":
        seat = of_seat(first.column, cells, months, where)
        stays = persistence(suspects.model, others, seat, spread=spread)
    if cause == "person":
        person = first.column - teams
        left, elsewhere = of_person(person, cells, months, where), portable(person, cells, where)
        stays = persistence(suspects.model, others, left, spread=spread)
        comes = persistence(suspects.model, others, elsewhere, spread=spread)
    return ClassExcess(cause, True, excess, None, posterior, stays, comes)


def _rest(cause: Cause, suspects: Suspects, seen: Scan) -> ClassExcess:
    """What may be there of a class of which nothing was found."""
    teams = len(suspects.cells.teams)
    is_ours = (np.arange(len(seen.weights)) < teams) == (cause == "seat")
    if not (suspects.may_be() & is_ours).any():
        return ClassExcess(cause, False, UNKNOWN, None)
    weights = np.where(is_ours, seen.weights, 0.0)
    shares = _shares(suspects)
    there = float(weights.sum())
    belief = NormalMixture(
        np.append(weights, max(0.0, 1 - there)),
        np.append(seen.means * shares, 0.0),
        np.append(np.maximum(seen.deviations * shares, _CERTAIN), _CERTAIN),
    )
    high = max(belief.mean(), belief.quantile((1 + LEVEL) / 2))
    return ClassExcess(cause, False, Estimate(belief.mean(), 0.0, high), None, there)


def _estimate(belief: NormalMixture) -> Estimate:
    return Estimate(belief.mean(), *belief.interval())


def shown_seats(
    found: tuple[Found, ...], suspects: Suspects, *, minimum: int
) -> tuple[tuple[str, ...], int]:
    """Teams whose seat was found and in which enough people handed over; how many had too few."""
    cells = suspects.cells
    named, withheld = [], 0
    for one in found:
        if one.label != "seat":
            continue
        sides = cells.sides[cells.team == one.column]
        if len(np.unique(sides[sides >= 0])) >= minimum:
            named.append(cells.teams[one.column])
        else:
            withheld += 1
    return tuple(sorted(named)), withheld
