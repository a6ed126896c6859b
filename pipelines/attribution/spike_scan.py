"""Which single seat or person, if any, takes longer than the usual difference between them allows.

Nobody, each seat and each person are hypotheses that compete: a prior mass for each class, spread
evenly, times how well it explains the cells, averaged over all guesses of the nuisances. An excess
has one sign and is half-normal. What wins is put into the model and the rest is asked again, three
times at most. A class is named at nine to one. Where a seat and a person are the same cells, or
nearly, no weight of the prior may decide between them.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, logsumexp

from pipelines.attribution.seat_model import Projected

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Label: TypeAlias = Literal["seat", "person", "seat_or_person"]
Why: TypeAlias = Literal[
    "told_apart", "same_cells", "never_replaced", "confounded", "undecided", "scrambled"
]
"""Why a label: *scrambled*, a tenure by chance would have stood out as much."""

SURE = 0.9
_ROUNDS = 3
_SAME = 0.95
"""Correlation of a seat and a person from which they are one."""
_LEAST = 1e-10


@dataclass(frozen=True, slots=True)
class Prior:
    """Mass of each class before the data."""

    none: float = 0.5
    seat: float = 0.3
    person: float = 0.2


USUAL = Prior()
EVEN = Prior(0.5, 0.25, 0.25)
"""Under which a verdict is told, too."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Columns of the model: teams first, then people."""

    is_seat: Flags
    """(k,)."""
    may_be: Flags
    """Whether it is a hypothesis at all (k,)."""
    likeness: Floats
    """Correlation of seats and people (T, P)."""
    separable: Flags
    """People who can be told from their seats (P,)."""
    confounded: Flags
    """(P,)."""
    overlap: Flags
    """Whether columns have cells in common (k, k)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One column that is not usual."""

    column: int
    label: Label
    why: Why
    posterior: float
    """Of the leading class when it was found."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found, and what is left to be believed of the rest."""

    found: tuple[Found, ...]
    none: float
    """Probability that there is nothing more."""
    weights: Floats
    """Probability of each column to be the next (k,)."""
    means: Floats
    """Of the effect of each column if it is the next; never below nothing (k,)."""
    deviations: Floats
    """(k,)."""


def scan(
    projected: Projected, candidates: Candidates, prior: Prior, *, spread: float, useful: float
) -> Scan:
    """Look for seats and people.

    Args:
        projected: products of the columns of teams and people.
        candidates: the same columns.
        prior: mass of each class.
        spread: of an excess before the data.
        useful: smallest excess worth a word.
    """
    found: list[Found] = []
    may_be = candidates.may_be.copy()
    while True:
        last = _posterior(projected, _log_mass(candidates, may_be, prior), spread, tuple(found))
        if last.none > 1 - SURE or len(found) == _ROUNDS:
            return last
        one = _labelled(last.weights, candidates)
        if last.means[one.column] < useful:
            return last
        found.append(one)
        projected = projected.without(one.column, spread)
        may_be[one.column] = False
        if one.label == "seat_or_person":
            may_be &= ~candidates.overlap[one.column]


def _log_mass(candidates: Candidates, may_be: Flags, prior: Prior) -> tuple[float, Floats]:
    """Logarithms of the prior of nobody and of each column."""
    seats, people = may_be & candidates.is_seat, may_be & ~candidates.is_seat
    mass = np.zeros(len(may_be))
    mass[seats] = prior.seat / max(1, seats.sum())
    mass[people] = prior.person / max(1, people.sum())
    with np.errstate(divide="ignore"):
        return float(np.log(prior.none)), np.log(mass)


def _posterior(
    projected: Projected,
    log_mass: tuple[float, Floats],
    spread: float,
    added: tuple[Found, ...],
) -> Scan:
    """What is believed of nobody and of each column next."""
    variances = 1 / (np.maximum(projected.information(), 0.0) + spread**-2)
    means = variances * projected.scores()
    score = means / np.sqrt(variances)
    factors = np.log(2 * np.sqrt(variances) / spread) + score**2 / 2 + log_ndtr(score)
    none = log_mass[0] + logsumexp(projected.log_weights)
    logs = projected.log_weights[:, None] + factors
    by_column = log_mass[1] + logsumexp(logs, axis=0)
    total = logsumexp([none, logsumexp(by_column)])
    shares = np.exp(logs - logsumexp(logs, axis=0))
    # An excess has one sign: what is believed of it is the part of the normal above nothing.
    above = np.exp(-(score**2) / 2 - log_ndtr(score)) / np.sqrt(2 * np.pi)
    believed = np.maximum(means + np.sqrt(variances) * above, 0.0)
    mean = (shares * believed).sum(axis=0)
    second = (shares * (variances + means * believed)).sum(axis=0)
    return Scan(
        added,
        float(np.exp(none - total)),
        np.exp(by_column - total),
        mean,
        np.sqrt(np.maximum(second - mean**2, 0.0)),
    )


def _labelled(weights: Floats, candidates: Candidates) -> Found:
    """Whether it is the seat or the person, if that can be told."""
    seat, person = (
        float(weights[side].sum()) for side in (candidates.is_seat, ~candidates.is_seat)
    )
    leads = candidates.is_seat == (seat >= person)
    column = int(np.argmax(np.where(leads, weights, -1.0)))
    share = max(seat, person)
    why = _why(column, share, candidates)
    if why != "told_apart":
        return Found(column, "seat_or_person", why, share)
    return Found(column, "seat" if candidates.is_seat[column] else "person", why, share)


def _why(column: int, share: float, candidates: Candidates) -> Why:
    teams = int(candidates.is_seat.sum())
    people = candidates.may_be[teams:]
    if candidates.is_seat[column]:
        rivals = candidates.likeness[column][people]
    else:
        person = column - teams
        if not candidates.separable[person]:
            return "never_replaced"
        if candidates.confounded[person]:
            return "confounded"
        rivals = candidates.likeness[:, person]
    if rivals.max(initial=0.0) > _SAME:
        return "same_cells"
    return "told_apart" if share >= SURE else "undecided"
