"""The moves that every part of an item's life is made of: enter a stage, stay, be blocked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from roadworthy.simulator.clock import HOURS_A_DAY, whole_milliseconds
from roadworthy.simulator.issue import Issue, State
from roadworthy.simulator.people import AUTOMATION, Person
from roadworthy.simulator.workflow import (
    BLOCKED,
    BUILDING,
    DECISION,
    READY,
    REVIEW,
    SHAPING,
)
from roadworthy.simulator.world import Next, World

SLIPS_OF_THE_HAND = {SHAPING: READY, DECISION: SHAPING, READY: SHAPING, BUILDING: REVIEW}
MISCLICK = 0.02
ROOM_FOR_MISCLICK = timedelta(minutes=40)
MISCLICK_LASTS = timedelta(minutes=3)
ROOM_FOR_NOISE = timedelta(hours=4)
SAME_INSTANT = 0.01


def move(
    world: World,
    issue: Issue,
    at: datetime,
    author: Person,
    *,
    to: str,
    state: State | None = None,
    is_bulk: bool = False,
) -> None:
    """Move an issue to a stage, together with whatever else ``state`` changes in that click."""
    after = replace(state or issue.state, status=world.heirs.get(to, to))
    world.edit(issue, at, author, after, is_bulk=is_bulk)
    world.ledger.enter(issue, at)
    if world.dice.happens(SAME_INSTANT):
        _mark(world, issue, at)


def stay(
    world: World, issue: Issue, at: datetime, *, days: float, who: Person, then: Next
) -> datetime:
    """Plan the next step for when ``who`` is through, in working days; returns that instant."""
    leaves_at = world.later(at, days * HOURS_A_DAY, who)
    world.then(issue, leaves_at, then)
    room = leaves_at - at
    slips = issue.state.stage in SLIPS_OF_THE_HAND and room > ROOM_FOR_MISCLICK
    slip_at = at + room / 2
    if slips and slip_at + MISCLICK_LASTS < world.ends_at and world.dice.happens(MISCLICK):
        world.agenda.plan(slip_at, partial(_misclick, world, issue, who))
    if world.scenario.noise.disturbs and room > ROOM_FOR_NOISE:
        _disturb(world, issue, who, at, leaves_at)
    return leaves_at


def _disturb(world: World, issue: Issue, who: Person, at: datetime, leaves_at: datetime) -> None:
    """Noise in the middle of a stay and just before its end."""
    planned = world.scenario.noise
    if world.noise.happens(planned.trips):
        world.then(issue, whole_milliseconds(at + (leaves_at - at) / 4), Next.WANDER)
    if world.noise.happens(planned.flutters) and leaves_at < world.ends_at:
        world.agenda.plan(leaves_at - MISCLICK_LASTS, partial(_misclick, world, issue, who))


def side(
    world: World, at: datetime, *, days: float, who: Person, act: Callable[[datetime], None]
) -> None:
    """Plan something that happens beside the flow, after some working days."""
    world.agenda.plan(world.later(at, days * HOURS_A_DAY, who), act)


def park(world: World, issue: Issue, at: datetime, *, who: Person, days: float, then: Next) -> None:
    """Block the issue for a while; afterwards it is back where it was and goes on to ``then``."""
    stage = issue.state.stage
    move(world, issue, at, who, to=BLOCKED)
    side(
        world,
        at,
        days=world.dice.around(4.0),
        who=who,
        act=partial(_unpark, world, issue, back_to=stage, who=who, days=days, then=then),
    )


def _unpark(
    world: World,
    issue: Issue,
    at: datetime,
    *,
    back_to: str,
    who: Person,
    days: float,
    then: Next,
) -> None:
    move(world, issue, at, who, to=back_to)
    stay(world, issue, at, days=days, who=who, then=then)


def _mark(world: World, issue: Issue, at: datetime) -> None:
    """Automation reacts to a move in the same instant, in a history of its own."""
    labels = tuple(sorted({*issue.state.labels} ^ {"moved"}))
    world.edit(issue, at, AUTOMATION, replace(issue.state, labels=labels))
    world.ledger.soil("same_instant", issue.item_id, at)


def _misclick(world: World, issue: Issue, who: Person, at: datetime) -> None:
    right = issue.state.status
    wrong = SLIPS_OF_THE_HAND.get(right)
    if wrong is None:
        return
    world.edit(issue, at, who, replace(issue.state, status=wrong))
    world.ledger.soil("misclick", issue.item_id, at)
    undo_at = at + timedelta(seconds=world.dice.whole(15, 110))
    world.agenda.plan(undo_at, partial(_undo, world, issue, who, right))


def _undo(world: World, issue: Issue, who: Person, right: str, at: datetime) -> None:
    world.edit(issue, at, who, replace(issue.state, status=right))
