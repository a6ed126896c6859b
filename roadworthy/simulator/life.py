"""The life of an item: which room takes each of its steps."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

from roadworthy.simulator import building, handing, intake, noise, shaping, trips
from roadworthy.simulator.agenda import Dice
from roadworthy.simulator.clock import whole_milliseconds
from roadworthy.simulator.dirt import expect_dirt
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import TEAMS
from roadworthy.simulator.releasing import plan_calendar
from roadworthy.simulator.repository import expect_repository_life
from roadworthy.simulator.scenario import Scenario
from roadworthy.simulator.world import Next, World

STEPS = MappingProxyType(
    {
        Next.TRIAGE: intake.triage,
        Next.SHAPE: shaping.shape,
        Next.SHAPED: shaping.shaped,
        Next.DECIDE: shaping.decide,
        Next.HAND_OVER: handing.hand_over,
        Next.REJECT: handing.reject,
        Next.RECALL: handing.recall,
        Next.DROP: handing.drop,
        Next.BUILD: building.build,
        Next.RETURN: building.late_return,
        Next.SUBMIT: building.submit,
        Next.REVISE: building.revise,
        Next.APPROVE: building.approve,
        Next.SHIP: building.ship,
        Next.REOPEN: building.reopen,
        Next.WANDER: trips.wander,
    }
)


def simulate(seed: int, *, ends_at: datetime, scenario: Scenario | None = None) -> Organisation:
    """Let an organisation work for the time of the scenario, up to the snapshot ``ends_at``.

    The same seed, end and scenario give the same organisation, to the last millisecond.
    """
    if ends_at.tzinfo is None:
        raise ValueError(f"simulate: ends_at is {ends_at} without a zone; give it one, as in UTC")
    plan = scenario or Scenario()
    started_at = whole_milliseconds(plan.started_at(ends_at))
    world = World(
        scenario=plan,
        started_at=started_at,
        ends_at=ends_at,
        dice=Dice(seed),
        aside=Dice(seed, 1),
        noise=Dice(seed, 2),
        steps=STEPS,
    )
    plan_calendar(world)
    expect_dirt(world)
    noise.expect_noise(world)
    for team in TEAMS:
        intake.expect_arrivals(world, team, started_at)
        expect_repository_life(world, team)
    with _nothing_thrown_away():
        world.agenda.run(until=ends_at)
    noise.confuse(world)
    return Organisation.of(world, seed=seed)


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Look for no garbage meanwhile: all that a life leaves is kept, and the search takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
