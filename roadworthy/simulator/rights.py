"""Who changes what a decision right governs, and against whom.

Every edit is looked at as it is made: what it does to a governed field, and whether it undoes or
opposes what another role did to that field last, in memory of what had been done to it until then.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from roadworthy.simulator.issue import Edit, Issue, References
from roadworthy.simulator.truth import DecisionChange

CAN_BE_CONTESTED = timedelta(days=14)
Values: TypeAlias = frozenset[str]


@dataclass(frozen=True)
class Governed:
    """A field, the right that governs it, and how its values are told apart and compared."""

    field: str
    member: str
    """Its name in the state of an issue."""
    right: str
    values: Callable[[Any], Values]
    height: Callable[[Any], float | None] = lambda _: None
    """Where a single value stands among the others; None where it stands nowhere."""
    is_set: bool = False


def _text(text: str | None) -> Values:
    stripped = (text or "").strip()
    return frozenset({stripped} if stripped else ())


def _day(day: date | None) -> Values:
    return frozenset({day.isoformat()} if day else ())


def _points(points: float | None) -> Values:
    return frozenset(() if points is None else {f"{points:g}"})


def _ids(references: References) -> Values:
    return frozenset(reference.id for reference in references)


GOVERNED = (
    Governed("priority", "priority", "priority", lambda p: frozenset({p}), lambda p: -float(p)),
    Governed("duedate", "due_on", "timeline", _day, lambda day: day and day.toordinal()),
    Governed("fixVersions", "versions", "timeline", _ids, is_set=True),
    Governed("description", "description", "scope", _text),
    Governed("Acceptance Criteria", "acceptance", "scope", _text),
    Governed("Story Points", "points", "scope", _points, lambda points: points),
)
OWNERS: dict[str, tuple[str | None, str | None]] = {
    "priority": ("product", None),
    "timeline": ("engineering", "ceo"),
    "scope": (None, None),
}
"""Who decides by right, and who may override; None: nobody is declared."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody did to a field: what went, what came, and from where it moved to where."""

    at: datetime
    role: str
    gone: Values
    come: Values
    before: float | None
    after: float | None

    def way(self) -> int:
        """1 up, -1 down, 0 without a direction."""
        return _way(self.before, self.after)


class Rights:
    """The changes of all issues, and what was said of each field so far."""

    def __init__(self) -> None:
        """Nobody has changed anything."""
        self.changes: list[DecisionChange] = []
        self._count: dict[str, int] = {}
        self._said: dict[tuple[str, str], list[Said]] = {}

    def edited(self, issue: Issue, edit: Edit, changed: frozenset[str]) -> None:
        """Look at a click, field by field, in which these members of the state changed."""
        for governed in GOVERNED:
            if governed.member not in changed:
                continue
            was, now = (getattr(state, governed.member) for state in (edit.before, edit.after))
            if governed.values(was) != governed.values(now):
                self._note(issue, edit, governed, _said(edit, governed, was, now))

    def _note(self, issue: Issue, edit: Edit, governed: Governed, said: Said) -> None:
        number = self._count[issue.item_id] = self._count.get(issue.item_id, 0) + 1
        is_voiced = said.role not in ("bot", "?") and not edit.is_bulk
        contest = False
        if is_voiced:
            past = self._said.setdefault((issue.item_id, governed.field), [])
            contest = any(_opposes(said, other, governed) for other in _last_other(past, said.role))
            past.append(said)
        self.changes.append(
            DecisionChange(
                item_id=issue.item_id,
                team=issue.team.name,
                change_number=number,
                decision_right=governed.right,
                field=governed.field,
                changed_at=said.at,
                actor_role=said.role,
                is_out_of_role=_is_out_of_role(governed.right, said.role),
                is_contest=contest,
                is_override=_is_override(governed.right, said.role),
                is_bulk=edit.is_bulk,
            )
        )


def _said(edit: Edit, governed: Governed, was: object, now: object) -> Said:
    before, after = governed.values(was), governed.values(now)
    return Said(
        edit.at,
        edit.role,
        before - after,
        after - before,
        governed.height(was),
        governed.height(now),
    )


def _is_out_of_role(right: str, role: str) -> bool | None:
    """Whether somebody had no right to; not known where nobody has it, or of a stranger."""
    decides, override = OWNERS[right]
    if decides is None or role in ("bot", "?"):
        return None
    return role not in (decides, override)


def _is_override(right: str, role: str) -> bool | None:
    override = OWNERS[right][1]
    return None if override is None else role == override


def _last_other(past: list[Said], role: str) -> Iterator[Said]:
    """The last thing said by another role, if anything was."""
    others = [one for one in past if one.role != role]
    yield from others[-1:]


def _opposes(said: Said, other: Said, governed: Governed) -> bool:
    """Whether somebody undoes, or works against, what another role has done not long ago."""
    if said.at - other.at > CAN_BE_CONTESTED:
        return False
    brings_back = bool(said.come & other.gone)
    throws_out = not said.come and bool(said.gone & other.come)
    if governed.is_set or brings_back or throws_out:
        return brings_back or throws_out
    empties_again = not said.come and not other.gone
    fills_again = not said.gone and not other.come
    return empties_again or fills_again or _turns(said, other)


def _turns(said: Said, other: Said) -> bool:
    """Whether a value on the other's side moves back, past where the other had moved it."""
    is_on_its_side = other.way() != 0 and _way(other.before, said.before) == other.way()
    comes_past = _way(other.after, said.after) == -other.way()
    return is_on_its_side and comes_past and said.way() == -other.way()


def _way(start: float | None, end: float | None) -> int:
    if start is None or end is None:
        return 0
    return (end > start) - (end < start)
