"""Engineering's part: an item is built, reviewed, released, and now and then comes back."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from roadworthy.simulator import dates, handing, impediments, readiness, rescoping
from roadworthy.simulator.flow import move, park, side, stay
from roadworthy.simulator.intake import new_issue
from roadworthy.simulator.issue import Issue, Reference, State
from roadworthy.simulator.people import Person
from roadworthy.simulator.review import open_pull
from roadworthy.simulator.scenario import Practice
from roadworthy.simulator.workflow import (
    BUILDING,
    DONE,
    IDEA,
    READY,
    RELEASE,
    REVIEW,
    SHAPING,
)
from roadworthy.simulator.world import Next, World

BUILD_DAYS, REVIEW_DAYS, RELEASE_DAYS = 4.0, 1.3, 2.0
BLOCKED, SENT_BACK, REOPENED, DROPS = 0.10, 0.14, 0.03, 0.01
ATTACHED = 0.12


def build(world: World, issue: Issue, at: datetime) -> None:
    """An engineer takes the item on: accepted from Ready for Dev, a bypass from Idea."""
    from_stage = issue.state.stage
    who = world.assigned(issue)
    move(world, issue, at, who, to=BUILDING, state=_taken(world, issue, who, at))
    if from_stage == IDEA:
        handing.record(world, issue, at, from_stage=from_stage)
    world.ledger.decide(issue.item_id, "accepted", at, who.role)
    issue.has_been_built = True
    dates.promise(world, issue, at)
    practice = world.practice(issue.team, at)
    _expect_edits(world, issue, practice, at)
    impediments.expect(world, issue, who, at)
    _go_on(world, issue, who, practice, at)


def _taken(world: World, issue: Issue, who: Person, at: datetime) -> State:
    """Assigned, and in the sprint that runs."""
    sprints = [s for s in world.sprints[issue.team.key] if s.starts_at <= at < s.ends_at]
    present = tuple(s.reference for s in sprints if s.reference not in issue.state.sprints)
    state = replace(issue.state, assignee=who.account_id)
    return replace(state, sprints=(*state.sprints, *present))


def _expect_edits(world: World, issue: Issue, practice: Practice, at: datetime) -> None:
    """What is filled in, changed and split while the item is built."""
    manager = world.manager(issue.team, at)
    for rule in sorted(issue.gaps):
        if world.dice.happens(practice.late_fill):
            act = partial(readiness.fill, world, issue, manager, rule)
            side(world, at, days=world.dice.around(5.0, spread=0.9), who=manager, act=act)
    if world.dice.happens(practice.scope_change):
        act = partial(rescoping.add_paragraph, world, issue, manager, world.dice)
        side(world, at, days=world.dice.between(0.5, 3), who=manager, act=act)
    if world.dice.happens(world.scenario.subtasks):
        for _ in range(world.dice.whole(2, 3)):
            act = partial(_split, world, issue)
            side(world, at, days=world.dice.between(0.05, 1), who=issue.team.lead, act=act)


def _split(world: World, issue: Issue, at: datetime) -> None:
    """A part of the item gets an issue of its own; it has its parent from birth."""
    who = world.assigned(issue)
    parent = Reference(issue.id, issue.state.key)
    part = new_issue(
        world, issue.team, kind="Sub-task", creator=who, at=at, status=READY, parent=parent
    )
    part.has_been_built = True
    started = partial(_build_part, world, part, who)
    side(world, at, days=world.dice.around(1.0), who=who, act=started)


def _build_part(world: World, part: Issue, who: Person, at: datetime) -> None:
    state = replace(part.state, assignee=who.account_id)
    move(world, part, at, who, to=BUILDING, state=state)
    stay(world, part, at, days=world.dice.around(1.5), who=who, then=Next.SHIP)


def _go_on(world: World, issue: Issue, who: Person, practice: Practice, at: datetime) -> None:
    days = world.dice.around(BUILD_DAYS)
    attempts = world.ledger.handoffs_of(issue.item_id)
    may_return = bool(attempts) and attempts[-1].from_stage != "Idea"
    if may_return and world.dice.happens(practice.late_return):
        leaves_at = stay(world, issue, at, days=days * 0.4, who=who, then=Next.RETURN)
        rescoping.expect_reason(world, issue, at, leaves_at)
    elif world.dice.happens(DROPS):
        stay(world, issue, at, days=days, who=who, then=Next.DROP)
    elif world.dice.happens(BLOCKED):
        act = partial(park, world, issue, who=who, days=days * 0.6, then=Next.SUBMIT)
        side(world, at, days=days * 0.4, who=who, act=act)
    else:
        stay(world, issue, at, days=days, who=who, then=Next.SUBMIT)


def late_return(world: World, issue: Issue, at: datetime) -> None:
    """Engineering finds in the middle of the work that the concept does not hold."""
    move(world, issue, at, world.assigned(issue), to=SHAPING)
    world.ledger.return_late(issue.item_id, at)
    world.then(issue, at, Next.SHAPE)


def submit(world: World, issue: Issue, at: datetime) -> None:
    """The work is put up for review, in most cases as a pull request."""
    who = world.assigned(issue)
    state = issue.state
    if world.dice.happens(ATTACHED):
        number = world.number("attachment", 1)
        shot = Reference(str(60000 + number), f"screen-{number}.png")
        state = replace(state, attachments=(*state.attachments, shot))
    move(world, issue, at, who, to=REVIEW, state=state)
    is_sent_back = world.dice.happens(SENT_BACK)
    step = Next.REVISE if is_sent_back else Next.APPROVE
    days = world.dice.around(REVIEW_DAYS, spread=0.8)
    leaves_at = stay(world, issue, at, days=days, who=who, then=step)
    if world.dice.happens(world.scenario.pull_requests):
        open_pull(world, issue, who, at, leaves_at, is_merged=not is_sent_back)


def revise(world: World, issue: Issue, at: datetime) -> None:
    """The review sends the work back to development."""
    move(world, issue, at, world.engineer(issue.team), to=BUILDING)
    who = world.assigned(issue)
    stay(world, issue, at, days=world.dice.around(1.5), who=who, then=Next.SUBMIT)


def approve(world: World, issue: Issue, at: datetime) -> None:
    """The work waits for the next release train."""
    who = world.assigned(issue)
    move(world, issue, at, who, to=RELEASE)
    stay(world, issue, at, days=world.dice.around(RELEASE_DAYS), who=who, then=Next.SHIP)


def ship(world: World, issue: Issue, at: datetime) -> None:
    """The item is done."""
    who = world.assigned(issue)
    move(world, issue, at, who, to=DONE, state=replace(issue.state, resolution="10000"))
    promise = world.ledger.promise_of(issue.item_id)
    if promise is not None:
        promise.shipped_at = at
    if issue.kind != "Sub-task" and world.dice.happens(REOPENED):
        days = world.dice.around(6.0)
        stay(world, issue, at, days=days, who=who, then=Next.REOPEN)


def reopen(world: World, issue: Issue, at: datetime) -> None:
    """Done was not done."""
    who = world.assigned(issue)
    move(world, issue, at, who, to=BUILDING, state=replace(issue.state, resolution=None))
    world.ledger.soil("reopened", issue.item_id, at)
    promise = world.ledger.promise_of(issue.item_id)
    if promise is not None:
        promise.shipped_at = None
    stay(world, issue, at, days=world.dice.around(2.0), who=who, then=Next.SUBMIT)
