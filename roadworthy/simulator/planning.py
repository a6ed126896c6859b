"""Which date an item gets at the roadmap decision, and who then pulls at it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from roadworthy.simulator.clock import next_workday
from roadworthy.simulator.dates import ZONE, later_by, move_due
from roadworthy.simulator.flow import side
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import CEO, Person
from roadworthy.simulator.scenario import Practice
from roadworthy.simulator.world import World

DATED = (("due date", 0.74), ("release", 0.12), ("nothing", 0.14))
CLEARED = 0.03
CORRECTED = 0.03
TOO_SOON = timedelta(days=10)


def expect_date(
    world: World, issue: Issue, at: datetime, *, practice: Practice, days: float
) -> None:
    """Plan the proposal of a date early in the decision, and what will follow from it."""
    joint = practice.decision_is_joint and world.dice.happens(0.5)
    who = world.manager(issue.team, at) if joint else issue.team.lead
    act = partial(_propose, world, issue, who, practice)
    side(world, at, days=days * world.dice.between(0.1, 0.4), who=who, act=act)


def _propose(world: World, issue: Issue, who: Person, practice: Practice, at: datetime) -> None:
    if issue.has_been_built or not issue.is_open or not issue.is_dated_by_due:
        return
    due_on = issue.state.due_on
    if due_on is not None:
        _renew(world, issue, who, practice, at)
        return
    choice = world.dice.weighted(DATED)
    if choice == "due date":
        today = at.astimezone(ZONE).date()
        move_due(world, issue, at, who, later_by(world, today, *practice.promise_days))
        _expect_disturbance(world, issue, practice, at)
    elif choice == "release" and not issue.state.versions:
        issue.is_dated_by_due = False
        _assign_release(world, issue, who, at)


def _renew(world: World, issue: Issue, who: Person, practice: Practice, at: datetime) -> None:
    """A date set before the last rejection is moved on where it has become impossible."""
    today = at.astimezone(ZONE).date()
    due_on = issue.state.due_on
    if due_on is not None and due_on < today + TOO_SOON:
        low, high = practice.promise_days
        move_due(world, issue, at, who, later_by(world, today, low, high))


def _assign_release(world: World, issue: Issue, who: Person, at: datetime) -> None:
    today = at.astimezone(ZONE).date()
    coming = [
        release
        for release in world.releases[issue.state.project]
        if release.shipped_at is None and release.due_on > today
    ]
    if coming:
        world.edit(issue, at, who, replace(issue.state, versions=(coming[0].reference,)))


def _expect_disturbance(world: World, issue: Issue, practice: Practice, at: datetime) -> None:
    """A date that was set may be contested, overridden, cleared, or mistyped."""
    days = world.dice.between(4, 20)
    if world.dice.happens(practice.date_contest):
        other = issue.team.lead if world.dice.happens(0.5) else world.manager(issue.team, at)
        act = partial(_contest, world, issue, other, world.dice.whole(2, 3))
        side(world, at, days=days, who=other, act=act)
    elif world.dice.happens(practice.override):
        side(world, at, days=days, who=CEO, act=partial(_override, world, issue))
    elif world.dice.happens(CLEARED):
        lead = issue.team.lead
        side(world, at, days=days, who=lead, act=partial(_clear, world, issue, lead))
    elif world.dice.happens(CORRECTED):
        lead = issue.team.lead
        side(world, at, days=days, who=lead, act=partial(_mistype, world, issue, lead))


def _contest(world: World, issue: Issue, who: Person, rounds: int, at: datetime) -> None:
    """Product pulls the date in, engineering pushes it out, within days of one another."""
    due_on = issue.state.due_on
    if due_on is None or not issue.is_open:
        return
    is_products = who.role == "product"
    shift = -world.dice.whole(4, 11) if is_products else world.dice.whole(6, 13)
    to_on = next_workday(due_on + timedelta(days=shift))
    if to_on > at.astimezone(ZONE).date() + timedelta(days=2):
        move_due(world, issue, at, who, to_on)
    if rounds > 1:
        other = issue.team.lead if is_products else world.manager(issue.team, at)
        act = partial(_contest, world, issue, other, rounds - 1)
        side(world, at, days=world.dice.between(2, 6), who=other, act=act)


def _override(world: World, issue: Issue, at: datetime) -> None:
    due_on = issue.state.due_on
    if due_on is not None:
        to_on = next_workday(due_on - timedelta(days=world.dice.whole(3, 9)))
        if to_on > at.astimezone(ZONE).date():
            move_due(world, issue, at, CEO, to_on)


def _clear(world: World, issue: Issue, who: Person, at: datetime) -> None:
    if issue.state.due_on is not None:
        move_due(world, issue, at, who, None)


def _mistype(world: World, issue: Issue, who: Person, at: datetime) -> None:
    """The wrong month, put right within hours."""
    due_on = issue.state.due_on
    back_at = at + timedelta(minutes=world.dice.whole(20, 240))
    settled = due_on is not None and issue.due_may_move(at) and issue.is_open
    if due_on is None or not settled or back_at >= world.ends_at:
        return
    wrong = next_workday(due_on + timedelta(days=31))
    move_due(world, issue, at, who, wrong, is_correction=True)
    world.ledger.soil("date_mistyped", issue.item_id, at)
    act = partial(_put_right, world, issue, who, due_on)
    world.agenda.plan(back_at, act)


def _put_right(world: World, issue: Issue, who: Person, due_on: date, at: datetime) -> None:
    move_due(world, issue, at, who, due_on, is_correction=True)
