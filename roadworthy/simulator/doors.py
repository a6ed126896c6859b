"""By which door an item comes to be built, noted while it passes or does not pass one."""

from dataclasses import dataclass, field
from datetime import datetime

from roadworthy.simulator.issue import Edit, Issue
from roadworthy.simulator.people import by_account
from roadworthy.simulator.truth import Intake
from roadworthy.simulator.workflow import BUILDING, DECISION, READY, Status

DOORS = frozenset({DECISION, READY})
BUILDERS = "engineering"
ROLES = {account: person.role for account, person in by_account().items()}


@dataclass(slots=True)
class Passage:
    """What is known of one item on its way into development, and inside."""

    has_passed: bool = False
    is_assigned_early: bool = False
    entry: Intake | None = None
    rescoped_at: list[datetime] = field(default_factory=list)


class Doors:
    """The ways of all items that are no part of another."""

    def __init__(self) -> None:
        """No item is on its way."""
        self._passages: dict[str, Passage] = {}

    def entered(self, issue: Issue, stage: Status, at: datetime) -> None:
        """The issue came into a stage, or into being."""
        passage = self._passages.get(issue.item_id)
        if passage is None:
            passage = self._passages[issue.item_id] = Passage()
        passage.has_passed |= stage.id in DOORS
        is_entry = stage.id == BUILDING and passage.entry is None
        if is_entry and issue.kind != "Sub-task":
            passage.entry = Intake(
                item_id=issue.item_id,
                team=issue.team.name,
                entered_build_at=at,
                is_bypass=not passage.has_passed,
                is_early_assignment=passage.is_assigned_early,
            )

    def assigned(self, issue: Issue, edit: Edit) -> None:
        """Somebody has the item; to be given it by the click that lets it in is not early."""
        if edit.after.stage != BUILDING and _is_given_to_a_builder(edit):
            self._passages[issue.item_id].is_assigned_early = True

    def rescoped(self, issue: Issue, edit: Edit, fields: int) -> None:
        """Somebody changed what is wanted, in that many fields."""
        passage = self._passages[issue.item_id]
        if passage.entry is not None:
            passage.rescoped_at += [edit.at] * fields

    def settled(self, issue: Issue, over_at: datetime | None) -> list[Intake]:
        """How the item came to be built, if it did."""
        passage = self._passages[issue.item_id]
        if passage.entry is None:
            return []
        edits = [at for at in passage.rescoped_at if over_at is None or at < over_at]
        passage.entry.scope_edit_count = len(edits)
        return [passage.entry]


def _is_given_to_a_builder(edit: Edit) -> bool:
    """Assigned to somebody who builds, by somebody of another known role."""
    assignee = edit.after.assignee
    is_given = assignee is not None and assignee != edit.before.assignee
    by_others = edit.role not in (BUILDERS, "bot", "?") and not edit.is_bulk
    return is_given and by_others and ROLES[str(assignee)] == BUILDERS
