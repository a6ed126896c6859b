"""What is wanted of an item changes while it is built, now and then so that it has to go back."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from roadworthy.simulator import words
from roadworthy.simulator.agenda import Dice
from roadworthy.simulator.clock import whole_milliseconds
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import Person
from roadworthy.simulator.readiness import meet
from roadworthy.simulator.scenario import DESCRIPTION
from roadworthy.simulator.world import World

IS_THE_REASON = 0.5
"""Share of the late returns before which somebody changes the scope."""


def add_paragraph(world: World, issue: Issue, manager: Person, dice: Dice, at: datetime) -> None:
    """A paragraph more, in the middle of the work."""
    if issue.is_open:
        text = f"{issue.state.description or ''}\r\n\r\nAlso: {words.full_description(dice)}"
        world.edit(issue, at, manager, replace(issue.state, description=text.strip()))
        meet(world, issue, DESCRIPTION, at)


def expect_reason(world: World, issue: Issue, at: datetime, leaves_at: datetime) -> None:
    """Plan what will have changed when the item goes back at ``leaves_at``, if that is why."""
    if not world.aside.happens(IS_THE_REASON):
        return
    changed_at = whole_milliseconds(at + (leaves_at - at) * world.aside.between(0.2, 0.9))
    manager = world.manager(issue.team, at, world.aside)
    world.agenda.plan(changed_at, partial(_change_mind, world, issue, manager))


def _change_mind(world: World, issue: Issue, manager: Person, at: datetime) -> None:
    """More is wanted or, where nobody ever wrote down what, it is going to take longer."""
    if DESCRIPTION not in issue.gaps:
        add_paragraph(world, issue, manager, world.aside, at)
    elif issue.state.points is not None:
        world.edit(issue, at, manager, replace(issue.state, points=issue.state.points + 3.0))
