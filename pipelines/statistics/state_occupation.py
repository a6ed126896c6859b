"""Mean time in each state up to a horizon, subjects that are not over yet included.

The mean time in a state is the integral over ages ``u`` of ``S(u) Y_c(u) / Y(u)``: the share not
ended by then (Kaplan-Meier), times the share of those at risk that are in the state. Every subject
at risk is in one state, so that the times in the states sum to the restricted mean of the same
curve, whatever was censored. Consistent where censoring does not depend on what the subjects did
(Datta and Satten 2001). At an age at which nobody is at risk no state has any time: the horizon
must not lie beyond the age to which the longest was followed.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.kaplan_meier import Survival, kaplan_meier

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lives:
    """The subjects: how old each was when it ended or was last seen, and which it was."""

    exits: Floats
    is_event: NDArray[np.bool_]
    entries: Floats | None = None
    """Age from which on each was watched; 0 for all if not given."""

    def curve(self) -> Survival:
        """The share that has not ended, by age."""
        return kaplan_meier(self.exits, self.is_event, self.entries)

    def part(self, rows: NDArray[np.bool_]) -> Self:
        """Some of them."""
        entries = None if self.entries is None else self.entries[rows]
        return replace(self, exits=self.exits[rows], is_event=self.is_event[rows], entries=entries)

    def since(self) -> Floats:
        """Age from which on each was watched."""
        return np.zeros_like(self.exits) if self.entries is None else self.entries


@dataclass(frozen=True, slots=True)
class Stays:
    """In which state each subject was from one age to another: one row per stay."""

    subjects: Integers
    """Place of the subject among the lives."""
    states: Integers
    """Number of the state, from 0."""
    since: Floats
    until: Floats

    def part(self, rows: NDArray[np.bool_], *, subjects: Integers | None = None) -> Self:
        """Some of them; with the new places of all subjects, where these are others now."""
        kept = self.subjects[rows]
        return replace(
            self,
            subjects=kept if subjects is None else subjects[kept],
            states=self.states[rows],
            since=self.since[rows],
            until=self.until[rows],
        )

    def within(self, lives: Lives) -> Self:
        """The stays as far as their subjects were watched."""
        since = np.maximum(self.since, lives.since()[self.subjects])
        until = np.minimum(self.until, lives.exits[self.subjects])
        return replace(self, since=since, until=np.maximum(since, until))


def state_occupation(lives: Lives, stays: Stays, *, states: int, horizon: float) -> Floats:
    """Mean time in each state within the horizon.

    Costs O(n log n): the integral is a function of age, of which each stay takes the increase.

    Args:
        lives: the subjects.
        stays: their stays; what lies before a subject was watched or after it ended is left out.
        states: how many there are.
        horizon: up to which age to look, in the unit of the ages.

    Returns:
        One mean for each state, in the unit of the ages. They sum to the restricted mean where the
        stays of every subject cover the time it was watched.
    """
    ages, worth = _worth_of_time(lives, horizon)
    seen = stays.within(lives)
    gained = np.interp(seen.until, ages, worth) - np.interp(seen.since, ages, worth)
    return np.bincount(seen.states, weights=gained, minlength=states).astype(np.float64)


def _worth_of_time(lives: Lives, horizon: float) -> tuple[Floats, Floats]:
    """What the time of one subject up to each age adds to a mean: the integral of S / Y."""
    curve, entries = lives.curve(), lives.since()
    cuts = np.concatenate([[horizon], entries, lives.exits])
    ages = np.unique(cuts[cuts <= horizon])
    since = ages[:-1]
    is_watched = lives.exits > entries
    at_risk = _passed(entries[is_watched], since) - _passed(lives.exits[is_watched], since)
    left = np.concatenate([[1.0], curve.survival])[_passed(curve.ages, since)]
    rate = np.divide(left, at_risk, out=np.zeros_like(left), where=at_risk > 0)
    return ages, np.concatenate([[0.0], np.cumsum(rate * np.diff(ages))])


def _passed(points: Floats, ages: Floats) -> Integers:
    """How many of the points lie at or before each age."""
    passed: Integers = np.searchsorted(np.sort(points), ages, side="right")
    return passed
