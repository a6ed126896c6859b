"""Noise: what came one after the other and carries one instant, as from clocks that run apart.

The ids of the histories alone tell which came first.
"""

from dataclasses import replace
from datetime import datetime

from roadworthy.simulator import readiness
from roadworthy.simulator.flow import move
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import Person
from roadworthy.simulator.workflow import DECISION
from roadworthy.simulator.world import World


def happen(world: World) -> bool:
    """Whether they do this time."""
    chance = world.scenario.noise.same_instants
    return chance > 0 and world.noise.happens(chance)


def fill(world: World, issue: Issue, manager: Person, at: datetime) -> None:
    """A gap is closed just before or just after something that happens at the same instant."""
    if issue.gaps and happen(world):
        readiness.fill(world, issue, manager, world.noise.pick(sorted(issue.gaps)), at)
        world.ledger.soil("filled_at_the_instant", issue.item_id, at)


def pass_decision(world: World, issue: Issue, at: datetime) -> None:
    """The item is dragged through the decision, where it stays for no time at all."""
    if happen(world):
        move(world, issue, at, world.manager(issue.team, at, world.noise), to=DECISION)
        world.ledger.soil("stay_of_no_length", issue.item_id, at)


def oppose(world: World, issue: Issue, who: Person, priority: str, at: datetime) -> None:
    """Somebody of the other side sets a priority back while ``who`` is setting it."""
    if issue.state.priority != priority and happen(world):
        manager = world.manager(issue.team, at, world.noise)
        other = manager if who.role == issue.team.lead.role else issue.team.lead
        world.edit(issue, at, other, replace(issue.state, priority=priority))
        world.ledger.soil("opposed_at_the_instant", issue.item_id, at)
