"""Work that is being built waits for somebody, and says so by a flag or a label.

The work goes on beside the flag as it would have gone on without it: most flags are lifted before
the work moves on, some later, and some are forgotten.
"""

from datetime import datetime
from functools import partial

from roadworthy.simulator import same_instants
from roadworthy.simulator.clock import after_working
from roadworthy.simulator.flags import IMPEDIMENT, OUTSIDE, UNDECIDED, Flag
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import Person
from roadworthy.simulator.workflow import BUILDING
from roadworthy.simulator.world import World

CHANCES = ((IMPEDIMENT, 0.05), (UNDECIDED, 0.03), (OUTSIDE, 0.03))
FORGOTTEN, AGAIN = 0.08, 0.20
HOURS_UP = 10.0


def expect(world: World, issue: Issue, who: Person, at: datetime) -> None:
    """Plan the flags that ``who`` will raise in this stay in development."""
    for flag, chance in CHANCES:
        if world.aside.happens(chance):
            _plan_raising(world, issue, who, flag, at, hours=world.aside.between(0.5, 16))


def _plan_raising(
    world: World, issue: Issue, who: Person, flag: Flag, at: datetime, *, hours: float
) -> None:
    raised_at = after_working(at, hours, who.timezone)
    world.agenda.plan(raised_at, partial(_raise, world, issue, who, flag))


def _raise(world: World, issue: Issue, who: Person, flag: Flag, at: datetime) -> None:
    if issue.state.stage != BUILDING or flag.is_up(issue.state):
        return
    world.edit(issue, at, who, flag.turned(issue.state))
    if same_instants.happen(world):
        world.edit(issue, at, issue.team.lead, flag.turned(issue.state))
        return
    if not world.aside.happens(FORGOTTEN):
        decides = flag.waits_for == "decision"
        other = world.manager(issue.team, at, world.aside) if decides else issue.team.lead
        lifted_at = after_working(at, world.aside.around(HOURS_UP, spread=0.9), other.timezone)
        world.agenda.plan(lifted_at, partial(_lift, world, issue, other, flag))


def _lift(world: World, issue: Issue, other: Person, flag: Flag, at: datetime) -> None:
    """What was waited for has come; now and then it turns out not to be what was needed."""
    if not flag.is_up(issue.state):
        return
    world.edit(issue, at, other, flag.turned(issue.state))
    if world.aside.happens(AGAIN):
        again_in = world.aside.between(1, 24)
        _plan_raising(world, issue, issue.team.lead, flag, at, hours=again_in)
