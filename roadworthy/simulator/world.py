"""The organisation at work: what every action may look at, and the few things it may do."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from typing import TypeAlias

from roadworthy.simulator.agenda import Action, Agenda, Dice
from roadworthy.simulator.clock import after_working, whole_milliseconds
from roadworthy.simulator.issue import Edit, Issue, Reference, State
from roadworthy.simulator.ledger import Ledger
from roadworthy.simulator.people import Person, Team
from roadworthy.simulator.pull import GitHubIssue, Pull
from roadworthy.simulator.release import Release, Sprint
from roadworthy.simulator.scenario import Practice, Scenario

OFF_HOURS = 0.03
"""Chance that somebody acts in the evening or, on a Friday, at the weekend."""


class Next(Enum):
    """The steps of an item's life, by name, so that no two rooms need to know each other."""

    TRIAGE = auto()
    SHAPE = auto()
    SHAPED = auto()
    DECIDE = auto()
    HAND_OVER = auto()
    REJECT = auto()
    RECALL = auto()
    DROP = auto()
    BUILD = auto()
    RETURN = auto()
    SUBMIT = auto()
    REVISE = auto()
    APPROVE = auto()
    SHIP = auto()
    REOPEN = auto()
    WANDER = auto()


@dataclass(kw_only=True)
class World:
    """The state of everything. One action at a time changes it, in order of time."""

    scenario: Scenario
    started_at: datetime
    ends_at: datetime
    dice: Dice
    aside: Dice
    """For what is planted beside the course of things and leaves it as it is."""
    noise: Dice
    """For noise."""
    agenda: Agenda = field(default_factory=Agenda)
    ledger: Ledger = field(default_factory=Ledger)
    issues: list[Issue] = field(default_factory=list)
    releases: dict[str, list[Release]] = field(default_factory=dict)
    sprints: dict[str, list[Sprint]] = field(default_factory=dict)
    pulls: list[Pull] = field(default_factory=list)
    github_issues: list[GitHubIssue] = field(default_factory=list)
    steps: Mapping[Next, "Step"] = field(default_factory=dict)
    """What each named step of an item's life does; :mod:`life` fills it in."""
    counters: Counter[str] = field(default_factory=Counter)
    heirs: dict[str, str] = field(default_factory=dict)
    """The statuses that have been given up, and those in their place."""

    def day(self, at: datetime) -> float:
        """Days since the organisation's first instant."""
        return (at - self.started_at) / timedelta(days=1)

    def instant(self, day: float) -> datetime:
        """The instant that many days after the first."""
        return whole_milliseconds(self.started_at + timedelta(days=day))

    def number(self, kind: str, first: int) -> int:
        """The next number of its kind."""
        self.counters[kind] += 1
        return first + self.counters[kind] - 1

    def is_new(self, team: Team, at: datetime) -> bool:
        """Whether a team follows the new practice on this occasion."""
        return self.dice.happens(self.scenario.new_share(team.name, self.day(at)))

    def practice(self, team: Team, at: datetime) -> Practice:
        """The practice that a team follows on this occasion."""
        return self.scenario.after if self.is_new(team, at) else self.scenario.before

    def manager(self, team: Team, at: datetime, dice: Dice | None = None) -> Person:
        """One of the team's product managers of that day."""
        succession_day = self.scenario.days / 2
        led = self.scenario.led(team)
        return (dice or self.dice).pick(
            led.managers_on(self.day(at), succession_day=succession_day)
        )

    def pace(self, team: Team, at: datetime) -> float:
        """How many times as long as usual product takes: whoever clicks, the lead is waited for."""
        led = self.scenario.led(team)
        lead = led.lead_on(self.day(at), succession_day=self.scenario.days / 2)
        return self.scenario.pace.get(lead.name, 1.0)

    def engineer(self, team: Team) -> Person:
        """One of the team's engineers."""
        return self.dice.pick(team.engineers)

    def assigned(self, issue: Issue) -> Person:
        """Whoever the issue is assigned to, else one of the team's engineers."""
        for person in issue.team.engineers:
            if person.account_id == issue.state.assignee:
                return person
        return self.engineer(issue.team)

    def later(self, at: datetime, hours: float, who: Person) -> datetime:
        """When somebody is through with ``hours`` of working time from ``at`` on."""
        done_at = after_working(at, hours, who.timezone)
        if self.dice.happens(OFF_HOURS):
            done_at += timedelta(hours=self.dice.between(4, 30))
        return whole_milliseconds(done_at)

    def edit(
        self,
        issue: Issue,
        at: datetime,
        author: Person | None,
        after: State,
        *,
        is_bulk: bool = False,
    ) -> None:
        """Bring an issue into another state in one click; nothing happens without a change."""
        if after == issue.state:
            return
        number = self.number("history", 200001)
        issue.edits.append(Edit(number, at, author, issue.state, after, is_bulk))
        issue.state = after
        self.ledger.edited(issue, issue.edits[-1])

    def add(self, issue: Issue) -> None:
        """A new issue appears."""
        self.issues.append(issue)
        self.ledger.enter(issue, issue.created_at)

    def design(self) -> Reference:
        """A new issue of the designers' project, which nobody exports."""
        number = self.number("design", 1)
        return Reference(str(30000 + number), f"DSGN-{number}")

    def then(self, issue: Issue, at: datetime, step: Next) -> None:
        """Plan the next step of an item's life."""
        self.agenda.plan(at, self.on_course(issue, partial(self.steps[step], self, issue)))

    def on_course(self, issue: Issue, act: Action) -> Action:
        """The action, for as long as the issue is not taken off its course."""
        return partial(_if_on_course, issue, issue.course, act)


def _if_on_course(issue: Issue, course: int, act: Action, at: datetime) -> None:
    if issue.course == course:
        act(at)


Step: TypeAlias = Callable[[World, Issue, datetime], None]
