"""A due date moves: the one place where it happens, and what then will come of the new date."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from roadworthy.simulator.clock import midnight_after, next_workday
from roadworthy.simulator.issue import Issue, State
from roadworthy.simulator.people import BERLIN, Person
from roadworthy.simulator.truth import Commitment, DateMove
from roadworthy.simulator.world import World

ZONE = ZoneInfo(BERLIN)
"""The zone of the configuration, in which a day ends."""
MOVED_LATE = 0.45


def move_due(
    world: World,
    issue: Issue,
    at: datetime,
    who: Person,
    to_on: date | None,
    *,
    is_bulk: bool = False,
    is_correction: bool = False,
) -> None:
    """Move the due date, unless its last move is so recent that this would seem to undo it."""
    from_on = issue.state.due_on
    may_move = is_correction or issue.due_may_move(at)
    if to_on == from_on or not (issue.is_open or is_correction) or not may_move:
        return
    after = _with_due(world, issue, to_on, is_alone=is_bulk or is_correction)
    world.edit(issue, at, who, after, is_bulk=is_bulk)
    issue.due_moved_at = at
    kind = "correction" if is_bulk or is_correction else _kind(from_on, to_on)
    role = "bulk" if is_bulk else who.role
    _note_move(world, issue, at, from_on=from_on, move=kind, role=role)
    promise(world, issue, at)
    if to_on is not None:
        _expect_end(world, issue, to_on, at)


def _note_move(
    world: World,
    issue: Issue,
    at: datetime,
    *,
    from_on: date | None,
    move: str,
    role: str,
) -> None:
    world.ledger.move_date(
        DateMove(
            subject_kind="item",
            subject_id=issue.item_id,
            team=issue.team.name,
            moved_at=at,
            from_on=from_on,
            to_on=issue.state.due_on,
            move=move,
            actor_role=role,
            is_after_commitment=world.ledger.promise_of(issue.item_id) is not None,
            is_bulk=role == "bulk",
        )
    )


def _kind(from_on: date | None, to_on: date | None) -> str:
    if from_on is None:
        return "set"
    if to_on is None:
        return "clear"
    return "slip" if to_on > from_on else "pull_in"


def _with_due(world: World, issue: Issue, to_on: date | None, *, is_alone: bool) -> State:
    """The new date and, in the same click, the first release that does not end before it."""
    state = replace(issue.state, due_on=to_on)
    if to_on is None or is_alone:
        return state
    fitting = [
        release
        for release in world.releases[issue.state.project]
        if release.due_on >= to_on and release.shipped_at is None
    ]
    return replace(state, versions=(fitting[0].reference,)) if fitting else state


def promise(world: World, issue: Issue, at: datetime) -> None:
    """The date becomes a commitment once the item is being built; the first one stays."""
    due_on = issue.state.due_on if issue.is_dated_by_due else _release_day(world, issue)
    known = world.ledger.promise_of(issue.item_id)
    if due_on is None or known is not None or not issue.has_been_built:
        return
    world.ledger.promise(
        Commitment(
            subject_kind="item",
            subject_id=issue.item_id,
            team=issue.team.name,
            date_source="due_date" if issue.is_dated_by_due else "release_date",
            committed_at=at,
            original_on=due_on,
            current_on=due_on,
            is_lower_bound=not issue.is_dated_by_due,
            silent_misses=list(issue.passed_dates),
        )
    )


def _release_day(world: World, issue: Issue) -> date | None:
    """The day on which the item's release is due as things stand; None without a dated one."""
    days = [
        r.due_on for r in world.releases[issue.state.project] if r.reference in issue.state.versions
    ]
    return min(days, default=None)


def _expect_end(world: World, issue: Issue, due_on: date, at: datetime) -> None:
    """Plan the look at the calendar before the date, and the night after it."""
    eve = next_workday(due_on - timedelta(days=world.dice.whole(1, 4)))
    hour = time(world.dice.whole(9, 16), world.dice.whole(0, 59), world.dice.whole(0, 59))
    look_at = datetime.combine(min(eve, due_on), hour, ZONE).astimezone(UTC)
    if look_at > at:
        world.agenda.plan(look_at, partial(_look, world, issue, due_on))
    midnight = midnight_after(due_on, ZONE)
    if midnight > at:
        world.agenda.plan(midnight, partial(_pass, world, issue, due_on))


def _look(world: World, issue: Issue, due_on: date, at: datetime) -> None:
    """The date comes near and the item is not done: it is moved in time, or nobody says a word."""
    practice = world.practice(issue.team, at)
    if issue.is_open and issue.state.due_on == due_on and world.dice.happens(practice.slip):
        who = issue.team.lead if world.dice.happens(0.6) else world.assigned(issue)
        move_due(world, issue, at, who, later_by(world, due_on, 5, 16))


def _pass(world: World, issue: Issue, due_on: date, at: datetime) -> None:
    """The day is over. If the item is open the date was missed in silence, and may move yet."""
    if not issue.is_open or issue.state.due_on != due_on:
        return
    issue.passed_dates.append(due_on)
    known = world.ledger.promise_of(issue.item_id)
    if known is not None:
        known.silent_misses.append(due_on)
    if world.dice.happens(MOVED_LATE):
        late_at = world.later(at, world.dice.between(2, 40), issue.team.lead)
        world.agenda.plan(late_at, partial(_move_late, world, issue, due_on))


def _move_late(world: World, issue: Issue, due_on: date, at: datetime) -> None:
    if issue.state.due_on == due_on:
        today = at.astimezone(ZONE).date()
        move_due(world, issue, at, issue.team.lead, later_by(world, today, 5, 14))


def later_by(world: World, day: date, low: int, high: int) -> date:
    """A working day some calendar days after another."""
    return next_workday(day + timedelta(days=world.dice.whole(low, high)))
