"""What is planted: the habits of the organisation before and after the change, as parameters.

A :class:`Practice` is one way of working; a :class:`Scenario` says which team works how and when.
The benchmark's variants are other values of the same two classes and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from roadworthy.simulator.people import Person, Team

ACCEPTANCE = "acceptance criteria"
DESCRIPTION = "description"
DESIGN = "design link"
ESTIMATE = "estimate"
RULES = (ACCEPTANCE, DESCRIPTION, DESIGN, ESTIMATE)
SCOPE = {
    ACCEPTANCE: ("Story", "Task"),
    DESCRIPTION: ("Story", "Task", "Bug"),
    DESIGN: ("Story",),
    ESTIMATE: ("Story", "Task", "Bug"),
}
"""Which types of item a rule is for."""


def _frozen(values: dict[str, float]) -> Mapping[str, float]:
    return MappingProxyType(values)


@dataclass(frozen=True, kw_only=True)
class Practice:
    """One way of working. Chances are per occasion; durations are medians in working days."""

    gaps: Mapping[str, float]
    """Chance that an item is first handed over with this rule of readiness unmet."""
    repair: float
    """Chance that a gap is closed before the item is handed over again."""
    late_fill: float
    """Chance that a gap is filled after the handoff, once it no longer helps."""
    decision_is_joint: bool
    """True where product and engineering set the date together."""
    decision_days: float
    verdict_days: float
    reshaping_days: float
    bypass: float
    skip_decision: float
    recall: float
    late_return: float
    date_contest: float
    priority_contest: float
    early_assignment: float
    scope_change: float
    promise_days: tuple[int, int]
    """Calendar days from the decision to the date that is promised."""
    slip: float
    """Chance that a date about to be missed is moved in time; otherwise it passes in silence."""
    release_slip: float
    override: float


BEFORE = Practice(
    gaps=_frozen({ACCEPTANCE: 0.62, DESCRIPTION: 0.45, DESIGN: 0.45, ESTIMATE: 0.40}),
    repair=0.50,
    late_fill=0.65,
    decision_is_joint=True,
    decision_days=5.0,
    verdict_days=3.5,
    reshaping_days=4.0,
    bypass=0.12,
    skip_decision=0.06,
    recall=0.05,
    late_return=0.08,
    date_contest=0.45,
    priority_contest=0.30,
    early_assignment=0.08,
    scope_change=0.15,
    promise_days=(16, 30),
    slip=0.60,
    release_slip=0.90,
    override=0.03,
)

AFTER = Practice(
    gaps=_frozen({ACCEPTANCE: 0.05, DESCRIPTION: 0.04, DESIGN: 0.06, ESTIMATE: 0.05}),
    repair=0.90,
    late_fill=0.65,
    decision_is_joint=False,
    decision_days=1.0,
    verdict_days=1.5,
    reshaping_days=1.5,
    bypass=0.03,
    skip_decision=0.02,
    recall=0.02,
    late_return=0.02,
    date_contest=0.0,
    priority_contest=0.02,
    early_assignment=0.02,
    scope_change=0.05,
    promise_days=(26, 42),
    slip=0.75,
    release_slip=0.02,
    override=0.02,
)


@dataclass(frozen=True, kw_only=True)
class Noise:
    """What a tracker is made to record beside the usual, which is nothing unless said.

    Chances are per occasion, times are days since the first day.
    """

    bot_days: float = 0.0
    """Days between two rounds of a bot over the open items; 0: there is none."""
    heirs_day: int | None = None
    """When an admin moves every item of two statuses to their heirs, within a minute."""
    swept_days: tuple[int, ...] = ()
    """When an admin puts back to Shaping what waits for a decision or for engineering, and takes
    all labels off whatever is open."""
    trips: float = 0.0
    """Chance that a stay is interrupted by another one, too long for a slip of the hand."""
    flutters: float = 0.0
    """Chance that an item is moved on, back, and on again within minutes."""
    same_instants: float = 0.0
    """Chance that two clicks on an item carry one instant although one came after the other."""
    swapped_ids: float = 0.0
    """Chance that of two neighbouring histories the later one has the lower id."""
    lost: int = 0
    """Items of whose histories the export leaves out the oldest, which it says."""

    @property
    def disturbs(self) -> bool:
        """Whether any stay is disturbed."""
        return self.trips > 0 or self.flutters > 0


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """An organisation's eighteen months. Times are days since its first day."""

    days: int = 548
    coaching_day: int = 183
    protocol_day: int = 365
    adoption_days: int = 28
    """Days over which the treated teams change over from the old practice to the new."""
    treated: tuple[str, ...] = ("Payments", "Web")
    before: Practice = BEFORE
    after: Practice = AFTER
    arrivals_a_week: float = 5.3
    """Items that a team takes in, sub-tasks aside."""
    subtasks: float = 0.07
    """Chance that building an item is split into parts."""
    pull_requests: float = 0.50
    """Chance that a build is reviewed as a pull request."""
    base_rejection: float = 0.105
    """Chance that an item is rejected although nothing is missing."""
    penalties: Mapping[str, float] = field(
        default_factory=lambda: _frozen(
            {ACCEPTANCE: 0.42, DESCRIPTION: 0.26, DESIGN: 0.22, ESTIMATE: 0.0}
        )
    )
    """What each gap adds to that chance. The estimate adds nothing: a rule nobody needs."""
    team_offsets: Mapping[str, float] = field(
        default_factory=lambda: _frozen(
            {"Payments": 0.02, "Web": -0.01, "Data": 0.01, "Operations": -0.02}
        )
    )
    pace: Mapping[str, float] = field(default_factory=lambda: _frozen({}))
    """By name of a product manager: how many times as long as usual items take to be shaped and
    decided while this one leads product in a team."""
    followed_by: Mapping[str, Person] = field(default_factory=lambda: MappingProxyType({}))
    """By name of a team: who comes from elsewhere to lead it when its first lead leaves."""
    noise: Noise = Noise()
    drift: float = -0.03
    """Change of the chance of rejection over the whole time in every team, protocol or not."""

    def started_at(self, ends_at: datetime) -> datetime:
        """The organisation's first instant."""
        return ends_at - timedelta(days=self.days)

    def new_share(self, team: str, day: float) -> float:
        """Share of occasions on which a team follows the new practice, in [0, 1]."""
        if team not in self.treated:
            return 0.0
        return min(max((day - self.protocol_day) / self.adoption_days, 0.0), 1.0)

    def led(self, team: Team) -> Team:
        """The team with those who lead it."""
        successor = self.followed_by.get(team.name)
        return team if successor is None else team.followed_by(successor)

    def without_effect(self) -> "Scenario":
        """The same organisation, had the protocol changed nothing."""
        return replace(self, after=self.before)

    def well_governed(self) -> "Scenario":
        """The same organisation, had everybody followed the protocol from the first day."""
        return replace(self, before=self.after)
