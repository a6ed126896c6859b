"""The rows of the truth: what was decided, in the words of the public tables.

Nothing here is worked out from the payloads; that is what makes it worth comparing with.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(kw_only=True, slots=True)
class Visit:
    """A stay in a stage; mis-clicks are none."""

    item_id: str
    visit_number: int
    team: str
    stage: str
    entered_at: datetime
    left_at: datetime | None = None


@dataclass(kw_only=True, slots=True)
class Handoff:
    """An attempt to hand an item to another role."""

    handoff_id: str
    item_id: str
    team: str
    item_type: str
    from_stage: str
    to_stage: str
    attempt: int
    handed_at: datetime
    is_skip: bool
    failed_rules: list[str] | None
    """Rules unmet at that instant; None where the guarded stage was not entered."""
    rejection_chance: float | None
    """The chance with which the verdict was drawn."""
    is_new_practice: bool
    verdict: str = "undecided"
    verdict_at: datetime | None = None
    verdict_role: str | None = None
    reaccepted_at: datetime | None = None
    late_return_at: datetime | None = None
    is_swept_back: bool = False
    """Ended without a verdict, by a return in bulk."""


@dataclass(kw_only=True, slots=True)
class DateMove:
    """A date that somebody moved."""

    subject_kind: str
    subject_id: str
    team: str
    moved_at: datetime
    from_on: date | None
    to_on: date | None
    move: str
    actor_role: str
    is_after_commitment: bool
    is_bulk: bool = False
    is_in_tracker: bool = True
    """False for a release date: trackers keep no history of it."""
    date_source: str = "due_date"


@dataclass(kw_only=True, slots=True)
class Commitment:
    """A promise, and what became of it."""

    subject_kind: str
    subject_id: str
    team: str
    date_source: str
    committed_at: datetime
    original_on: date
    current_on: date | None
    slip_count: int = 0
    gross_slip_days: int = 0
    pull_in_days: int = 0
    shipped_at: datetime | None = None
    is_dropped: bool = False
    is_lower_bound: bool = False
    """True where the date is a release's, whose moves no tracker remembers."""
    silent_misses: list[date] = field(default_factory=list)
    """Days that passed as the valid date with the subject open."""


@dataclass(kw_only=True, slots=True)
class Decision:
    """A request for a verdict: a stay in a stage that gives one, or a raised flag."""

    item_id: str
    team: str
    channel: str
    decision_right: str
    requested_at: datetime
    ended_at: datetime | None = None
    outcome: str = "open"
    decided_by_role: str | None = None
    reversed_at: datetime | None = None
    is_reversed: bool | None = None
    stable_at: datetime | None = None


@dataclass(kw_only=True, slots=True)
class DecisionChange:
    """A change of a field that a decision right governs."""

    item_id: str
    team: str
    change_number: int
    decision_right: str
    field: str
    changed_at: datetime
    actor_role: str
    is_out_of_role: bool | None
    is_contest: bool
    is_override: bool | None
    is_bulk: bool
    is_after_commitment: bool = False


@dataclass(kw_only=True, slots=True)
class Intake:
    """How an item came to be built, at its first entry into development."""

    item_id: str
    team: str
    entered_build_at: datetime
    is_bypass: bool
    is_early_assignment: bool
    scope_edit_count: int = 0


@dataclass(kw_only=True, slots=True)
class Check:
    """A rule of readiness at a handoff, and what became of a failure."""

    handoff_id: str
    item_id: str
    rule: str
    checked_at: datetime
    outcome: str
    outcome_now: str = ""
    passed_at: datetime | None = None
    debt_microseconds: int | None = None
    is_filled_late: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What an owner had of the time of an item."""

    item_id: str
    team: str
    component: str
    microseconds: int


@dataclass(kw_only=True, slots=True)
class Dirt:
    """Something untidy that was planted."""

    kind: str
    subject: str
    at: datetime
    detail: str = ""


def days_of(move: DateMove) -> int:
    """Calendar days from the old date to the new one; 0 where one of them is missing."""
    if move.from_on is None or move.to_on is None:
        return 0
    return (move.to_on - move.from_on).days
