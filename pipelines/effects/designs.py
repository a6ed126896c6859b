"""Who was changed when, who was not, and which changes stand too close to be told apart.

* Concerned are the teams a change names, or all. Teams serve as comparison if every change of
  theirs also came to all of the teams concerned on the same day: what both had is no difference
  between them.
* Other changes of the concerned teams are steps of their own, fitted together with the one judged;
  one that came to them on several days is a step on each.
* Two changes with fewer than eight buckets between the end of the one's introduction and the other
  cannot be told apart: they are judged as one bundle, from the first day of the first to the end of
  the introduction of the last. One of which no bucket is known after its introduction is in none:
  what is known of the others was before it.
* Where a change came to its teams one after the other (a staggered roll-out), teams of one day are
  a design of their own, against teams never changed, or against those changed last and only until
  they are (stacked cohorts: Cengiz et al. 2019; the logic of Callaway and Sant'Anna 2021).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, Self

from pipelines.policy import Intervention

BUNDLED_WITHIN = 8
"""Buckets two changes must be apart."""

Phase = Literal["before", "washout", "after"]


@dataclass(frozen=True, slots=True)
class Teams:
    """The teams of which a metric tells anything."""

    everyone: tuple[str, ...]
    """Also those too small to be shown: a change of all is judged on all."""
    shown: tuple[str, ...]

    def among(self, known: Collection[str]) -> Self:
        """Those that are known."""
        return type(self)(
            tuple(team for team in self.everyone if team in known),
            tuple(team for team in self.shown if team in known),
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A lasting shift of the level of the concerned, and of the comparison if it had it too."""

    names: tuple[str, ...]
    """The changes that it stands for: several are a bundle."""
    since: date
    settled_on: date
    """First day on which it was fully in force."""
    in_comparison: bool = False

    def phase(self, first: date, next_first: date) -> Phase:
        """Where a bucket of these days lies; one that is cut by either day lies in the washout."""
        if next_first <= self.since:
            return "before"
        return "after" if first >= self.settled_on else "washout"


@dataclass(frozen=True, slots=True)
class Design:
    """One comparison: who, against whom, until when, and the steps, the judged one first."""

    concerned: tuple[str, ...]
    comparison: tuple[str, ...]
    steps: tuple[Step, ...]
    until: date | None = None
    """First day on which the comparison is changed itself; None: never."""


def designs(
    change: Intervention,
    changes: Sequence[Intervention],
    teams: Teams,
    *,
    bucket_days: float | None,
    last_known_on: date | None = None,
) -> Iterator[Design]:
    """The comparisons for a change: one, or one per day of its roll-out.

    Args:
        change: the one to judge.
        changes: all that were declared, itself among them.
        teams: of the organisation.
        bucket_days: length of a bucket; None: no changes are a bundle, however close they are.
        last_known_on: first day of the last bucket that has a value; None: they go on.
    """
    for since, concerned in cohorts(change, teams):
        others = [one for one in changes if one.name != change.name]
        comparison, until = _comparison(change, others, teams.shown, concerned, since)
        # A comparison that has the change later is cut off before: here it has it never.
        steps = [replace(_step(change, since, concerned, comparison), in_comparison=False)]
        for one in others:
            days = sorted({one.came_to(team) for team in concerned if one.concerns(team)})
            steps += [_step(one, day, concerned, comparison) for day in days]
        if bucket_days is not None:
            gap = timedelta(days=BUNDLED_WITHIN * bucket_days)
            steps = _bundled(steps, gap, last_known_on or date.max)
        yield Design(concerned, comparison, tuple(steps), until)


def cohorts(change: Intervention, teams: Teams) -> Iterator[tuple[date, tuple[str, ...]]]:
    """The days on which it came to teams, each with those."""
    if not change.concerned:
        yield change.effective_on, teams.everyone
    elif not change.rollout:
        named = tuple(team for team in teams.shown if team in change.teams)
        yield change.effective_on, named
    else:
        for day in sorted(set(change.rollout.values())):
            yield day, tuple(team for team in teams.shown if change.rollout.get(team) == day)


def _comparison(
    change: Intervention,
    others: Sequence[Intervention],
    teams: Sequence[str],
    concerned: Sequence[str],
    since: date,
) -> tuple[tuple[str, ...], date | None]:
    """Teams that never had the change; else those that had it latest, and until when they count."""
    alone = [
        team
        for team in teams
        if team not in concerned
        and all(not one.concerns(team) or _had_at_once(one, (team, *concerned)) for one in others)
    ]
    never = tuple(team for team in alone if not change.concerns(team))
    if never:
        return never, None
    until = max((change.came_to(team) for team in alone), default=since)
    if until <= since:
        return (), None
    return tuple(team for team in alone if change.came_to(team) == until), until


def _had_at_once(change: Intervention, teams: Sequence[str]) -> bool:
    """Whether a change came to all of these teams, and on one day."""
    days = {change.came_to(team) if change.concerns(team) else None for team in teams}
    return len(days) == 1 and None not in days


def _step(
    change: Intervention, since: date, concerned: Sequence[str], comparison: Sequence[str]
) -> Step:
    return Step(
        (change.name,),
        since,
        since + timedelta(days=change.washout_days),
        bool(comparison) and all(change.concerns(team) for team in (*concerned, *comparison)),
    )


def _bundled(steps: Sequence[Step], gap: timedelta, last_known_on: date) -> list[Step]:
    """Steps apart from each other by the gap; closer ones are one. The judged comes first.

    One after which nothing is known, and before which something is, stays by itself.
    """
    judged = steps[0].names[0]
    bundles: list[Step] = []
    for step in sorted(steps, key=lambda step: (step.since, step.names)):
        last = bundles[-1] if bundles else None
        is_last = step.settled_on > last_known_on and last is not None and step.since > last.since
        if last is None or is_last or step.since - last.settled_on >= gap:
            bundles.append(step)
            continue
        bundles[-1] = Step(
            (*last.names, *step.names),
            last.since,
            max(last.settled_on, step.settled_on),
            last.in_comparison and step.in_comparison,
        )
    return sorted(bundles, key=lambda step: judged not in step.names)
