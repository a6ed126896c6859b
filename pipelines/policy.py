"""The policies a metric depends on, as values: the stages, what ready means, when people work.

Every metric is a function of events and of one of these; none reads a configuration file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal, TypeAlias

ReadyTest: TypeAlias = Literal[
    "required", "minimum_length", "matches", "any_of", "link_type", "has_attachment"
]

OPEN_KINDS = ("queue", "active", "decision", "approval", "external", "parked")
"""Kinds of stage in which a work item is neither done nor dropped."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the flow and the statuses that belong to it; its rank is its place in the flow."""

    name: str
    kind: str
    owner: str | None
    rank: int
    statuses: tuple[str, ...]
    """Names or ids; ``label:NAME`` claims an item for as long as it carries the label."""
    projects: tuple[str, ...] = ()
    """Where the stage exists; everywhere if none is named."""


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """One rule of the definition of ready: one test on one field."""

    name: str
    field: str
    test: ReadyTest
    length: int = 0
    pattern: str = ""
    values: tuple[str, ...] = ()
    item_types: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class DefinitionOfReady:
    """The rules that hold at one handoff."""

    guards: str
    rules: tuple[ReadyRule, ...]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When people work: weekdays (Monday is 0), opening hours, days off, in one zone."""

    zone: str = "UTC"
    weekdays: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    closes_minute: int = 17 * 60
    """Minutes after midnight, so that closing at 24:00 can be said."""
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Flag:
    """A field or label that says, while it is set, that an item waits for something."""

    name: str
    """Name of a field that is not empty while raised, or of a label with ``label:`` before it."""
    waits_for: Literal["decision", "external"]
    decision_right: str | None = None
    """The right that is asked; the name of the flag where none is declared."""


@dataclass(frozen=True, slots=True)
class DecisionRight:
    """Which role decides a set of fields, and which may override it; None: nobody is declared."""

    name: str
    fields: tuple[str, ...]
    decides: str | None = None
    override: str | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Declared values; without one no money is ever shown."""

    currency: str
    delay_per_release_week: tuple[float, float] | None = None
    person_hour: float | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """The few settings of the measures."""

    contest_window_days: int = 14
    debounce_minutes: int = 5
    bulk_items: int = 20
    bypass_exempt_types: tuple[str, ...] = ()
    commit_stage: str | None = None
    clock_starts: Literal["requested", "committed"] = "requested"
    target_date_field: str | None = None
    dropped_resolutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """What belongs to a team."""

    name: str
    projects: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    """A dated change to the system, as it was declared."""

    name: str
    kind: str
    effective_on: date
    washout_days: int = 28
    teams: tuple[str, ...] = ()
    """None named: all."""
    rollout: Mapping[str, date] | None = None
    """Day on which it came to each team, where that was not one day."""
    primary_metric: str | None = None
    placebo_metric: str | None = None
    """One that it should not have touched."""
    is_randomised: bool = False
    """Whether the teams, or the order in which it came to them, were drawn by lot."""
    useful_effect: float = 0.10
    """Smallest improvement worth having, as a part of the level before."""

    @property
    def concerned(self) -> tuple[str, ...]:
        """The teams it names; none: all."""
        return tuple(sorted(self.rollout)) if self.rollout else self.teams

    def concerns(self, team: str) -> bool:
        """Whether it came to a team, or is to come."""
        return not self.concerned or team in self.concerned

    def came_to(self, team: str) -> date:
        """The day on which it came to a team that it concerns."""
        return (self.rollout or {}).get(team, self.effective_on)

    def before(self, day: date) -> "Intervention | None":
        """What of it came before a day, without the teams to which it came later."""
        if self.effective_on >= day:
            return None
        if not self.rollout:
            return self
        return replace(self, rollout={team: on for team, on in self.rollout.items() if on < day})


@dataclass(frozen=True, slots=True)
class Policy:
    """All of it."""

    stages: tuple[Stage, ...] = ()
    ready: DefinitionOfReady | None = None
    hours: WorkingHours = field(default_factory=WorkingHours)
    """When the organisation works, and the zone of its local days."""
    role_hours: Mapping[str, WorkingHours] = field(default_factory=dict)
    """When a role works, where it has a calendar of its own."""
    rights: tuple[DecisionRight, ...] = ()
    flags: tuple[Flag, ...] = ()
    measures: Measures = field(default_factory=Measures)
    benchmarks: Mapping[str, float] = field(default_factory=dict)
    """Declared normal, in days, by name: ``decision_wait_days``."""
    costs: Costs | None = None
    teams: tuple[Team, ...] = ()
    role_order: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    """In the order of their days."""
    minimum_group: int = 5
    watched_since: Mapping[str, datetime] = field(default_factory=dict)
    """By source that is asked only for what was updated since an instant (UTC): that instant."""

    @property
    def guarded_stage(self) -> str | None:
        """The stage that the definition of ready guards; None where there is none."""
        return None if self.ready is None else self.ready.guards

    @property
    def first_intervention_on(self) -> date | None:
        """The day of the first change; None where none was declared."""
        return min((one.effective_on for one in self.interventions), default=None)
