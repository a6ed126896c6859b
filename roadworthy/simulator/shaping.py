"""Product's part: an idea takes form, a date is decided, and the item is handed to engineering."""

from datetime import datetime
from functools import partial

from roadworthy.simulator import planning, readiness, same_instants
from roadworthy.simulator.flow import move, side, stay
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import Person
from roadworthy.simulator.priorities import expect_changes
from roadworthy.simulator.scenario import Practice
from roadworthy.simulator.workflow import DECISION, SHAPING
from roadworthy.simulator.world import Next, World

SHAPING_DAYS = 4.0
DROPS = 0.03
UNDECIDED = 0.05
FILLED_AT_HANDOFF = 0.10


def shape(world: World, issue: Issue, at: datetime) -> None:
    """A product manager takes the item on; what will be missing later is left out here."""
    practice = world.practice(issue.team, at)
    manager = world.manager(issue.team, at)
    is_first = not world.ledger.handoffs_of(issue.item_id)
    if issue.state.stage != SHAPING:
        move(world, issue, at, manager, to=SHAPING)
    days = world.dice.around(SHAPING_DAYS if is_first else practice.reshaping_days)
    days *= world.pace(issue.team, at)
    _plan_fills(world, issue, manager, practice, is_first=is_first, days=days, at=at)
    if is_first:
        expect_changes(world, issue, at, practice)
    stay(world, issue, at, days=days, who=manager, then=Next.SHAPED)


def _plan_fills(
    world: World,
    issue: Issue,
    manager: Person,
    practice: Practice,
    *,
    is_first: bool,
    days: float,
    at: datetime,
) -> None:
    """Decide which rules will be met by the handoff, and when in this stay."""
    for rule in sorted(issue.gaps):
        stays_open = practice.gaps[rule] if is_first else 1 - practice.repair
        if world.dice.happens(stays_open):
            continue
        if world.dice.happens(FILLED_AT_HANDOFF):
            issue.fills_at_handoff = rule
            continue
        act = partial(readiness.fill, world, issue, manager, rule)
        side(world, at, days=days * world.dice.between(0.1, 0.9), who=manager, act=act)


def shaped(world: World, issue: Issue, at: datetime) -> None:
    """The concept is out of Shaping: dropped, handed over past the decision, or to be decided."""
    practice = world.practice(issue.team, at)
    if world.dice.happens(DROPS):
        world.then(issue, at, Next.DROP)
    elif world.dice.happens(practice.skip_decision):
        same_instants.pass_decision(world, issue, at)
        world.then(issue, at, Next.HAND_OVER)
    else:
        world.then(issue, at, Next.DECIDE)


def decide(world: World, issue: Issue, at: datetime) -> None:
    """The roadmap decision: the wait for it, and in it the date."""
    practice = world.practice(issue.team, at)
    manager = world.manager(issue.team, at)
    if issue.state.stage != DECISION:
        move(world, issue, at, manager, to=DECISION)
    days = world.dice.around(practice.decision_days) * world.pace(issue.team, at)
    planning.expect_date(world, issue, at, practice=practice, days=days)
    returns = world.dice.happens(UNDECIDED)
    step = Next.SHAPE if returns else Next.HAND_OVER
    stay(world, issue, at, days=days, who=manager, then=step)
