"""Noise: an item is for a while somewhere else, too long for a slip of the hand, and comes back.

Where that leads from one role to another it is what the definitions say: an attempt that was
rejected or recalled, and another one.
"""

from datetime import datetime, timedelta
from functools import partial

from roadworthy.simulator import handing, readiness
from roadworthy.simulator.flow import move
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import Person
from roadworthy.simulator.workflow import BUILDING, DECISION, READY, RELEASE, REVIEW, SHAPING
from roadworthy.simulator.world import World

AWAY = {SHAPING: DECISION, READY: SHAPING, BUILDING: REVIEW, REVIEW: BUILDING, RELEASE: REVIEW}


def wander(world: World, issue: Issue, at: datetime) -> None:
    """Somebody of either role moves the item away, and will move it back within the hour."""
    home = issue.state.stage
    if home not in AWAY or world.ledger.here_since(issue) is None or issue.kind == "Sub-task":
        return
    manager = world.manager(issue.team, at, world.noise)
    who = world.noise.pick((issue.team.lead, manager))
    move(world, issue, at, who, to=AWAY[home])
    if home == READY:
        verdict = "recalled" if who.role == "product" else "rejected"
        world.ledger.decide(issue.item_id, verdict, at, who.role)
    world.ledger.soil("trip", issue.item_id, at)
    back_at = at + timedelta(minutes=world.noise.whole(10, 50))
    act = partial(_come_back, world, issue, who, home)
    world.agenda.plan(back_at, world.on_course(issue, act))


def _come_back(world: World, issue: Issue, who: Person, home: str, at: datetime) -> None:
    from_stage = issue.state.stage
    move(world, issue, at, who, to=home)
    if home == READY:
        chance = readiness.rejection_chance(world, issue, at)
        handing.record(world, issue, at, from_stage=from_stage, chance=chance)
