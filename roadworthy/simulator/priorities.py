"""Who changes the priority of an item, and who changes it back."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from roadworthy.simulator import same_instants
from roadworthy.simulator.flow import side
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import Person
from roadworthy.simulator.scenario import Practice
from roadworthy.simulator.world import World

ORDINARY = 0.30
RAISED, LOWERED = "2", "4"


def expect_changes(world: World, issue: Issue, at: datetime, practice: Practice) -> None:
    """Plan what will happen to the priority: an ordinary change, a contest, or nothing."""
    manager = world.manager(issue.team, at)
    if world.dice.happens(practice.priority_contest):
        rounds = world.dice.whole(2, 4)
        act = partial(_contest, world, issue, manager, rounds)
        side(world, at, days=world.dice.between(3, 14), who=manager, act=act)
    elif world.dice.happens(ORDINARY):
        priority = world.dice.pick(("1", RAISED, LOWERED))
        act = partial(change, world, issue, manager, priority)
        side(world, at, days=world.dice.between(1, 20), who=manager, act=act)


def _contest(world: World, issue: Issue, who: Person, rounds: int, at: datetime) -> None:
    """One side moves the priority its way, and the other will move it back within days."""
    if not issue.is_open:
        return
    target = RAISED if who.role == "product" else LOWERED
    change(world, issue, who, target, at)
    if rounds > 1:
        other = issue.team.lead if who.role == "product" else world.manager(issue.team, at)
        act = partial(_contest, world, issue, other, rounds - 1)
        side(world, at, days=world.dice.between(1, 6), who=other, act=act)


def change(world: World, issue: Issue, who: Person, priority: str, at: datetime) -> None:
    """Set the priority, if that changes anything."""
    if issue.is_open:
        before = issue.state.priority
        world.edit(issue, at, who, replace(issue.state, priority=priority))
        same_instants.oppose(world, issue, who, before, at)
