"""What a look at a tracker found, ready to be written down; every part carries its evidence.

Nothing here is about a person: groups and roles have counts, and no member has a name.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StageProposal:
    """One stage of the flow."""

    name: str
    kind: str
    statuses: tuple[str, ...]
    evidence: str
    observed: str = ""
    """The name under which the histories show it."""
    is_work: bool = False
    """Whether its category says that work is being done in it."""
    is_ticket: bool = True
    """Whether it belongs to the flow of tickets and not to that of pull requests."""
    owner: str | None = None
    owner_evidence: str = ""
    """Why this owner or, without one, what is known; empty where a stage needs none."""


@dataclass(frozen=True, slots=True)
class RuleProposal:
    """One rule of the definition of ready."""

    field: str
    evidence: str
    minimum_length: int | None = None
    item_types: tuple[str, ...] = ()
    is_clear: bool = False
    """Whether it is written as a rule and not as a comment."""


@dataclass(frozen=True, slots=True)
class RoleProposal:
    """One role, and the groups or teams whose members hold it."""

    name: str
    holders: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class TeamProposal:
    """One team and where its work lies."""

    name: str
    place: str
    evidence: str


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A field that a decision right could govern, and how often it was changed."""

    field: str
    changes: int


@dataclass(frozen=True, slots=True)
class DateField:
    """A field that holds days, and how many items have one."""

    field: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """All of it."""

    items: int
    changes: int
    snapshot_at: datetime
    zone: str
    zone_evidence: str
    stages: tuple[StageProposal, ...]
    guards: str | None = None
    rules: tuple[RuleProposal, ...] = ()
    roles: tuple[RoleProposal, ...] = ()
    groups: tuple[str, ...] = ()
    """Groups or teams that are visible and in which nobody was seen to act."""
    teams: tuple[TeamProposal, ...] = ()
    governed: tuple[FieldUse, ...] = ()
    dates: tuple[DateField, ...] = ()
    commit_stage: str | None = None
    given_up: tuple[tuple[str, int], ...] = ()
    """Resolutions that say that work was given up, and how many items have each."""
    lacks: tuple[str, ...] = ()
    """What could not be seen, in sentences."""
