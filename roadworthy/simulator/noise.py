"""Noise: what robots, admins and exports leave in the histories of a tracker."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from roadworthy.simulator.dirt import BULK_LEAST
from roadworthy.simulator.flow import move
from roadworthy.simulator.issue import Comment, Issue
from roadworthy.simulator.people import AUTOMATION, CTO
from roadworthy.simulator.workflow import DECISION, HEIRS, READY, SHAPING
from roadworthy.simulator.world import Next, World

ADMIN = CTO
TOUCHED = 150
FEWEST_TO_LOSE = 8
NO_SLIP = timedelta(minutes=10)


def expect_noise(world: World) -> None:
    """Plan what has its day."""
    planned = world.scenario.noise
    day = planned.bot_days
    while planned.bot_days and day < world.scenario.days:
        world.agenda.plan(world.instant(day + 0.3), partial(_patrol, world))
        day += planned.bot_days
    if planned.heirs_day is not None:
        world.agenda.plan(world.instant(planned.heirs_day + 0.35), partial(_inherit, world))
    for swept_day in planned.swept_days:
        world.agenda.plan(world.instant(swept_day + 0.4), partial(_sweep, world))


def _patrol(world: World, at: datetime) -> None:
    """A bot labels, ranks and comments on the open items, one after the other."""
    for place, issue in enumerate([i for i in world.issues if i.is_open][:TOUCHED]):
        world.agenda.plan(at + timedelta(milliseconds=300 * place), partial(_touch, world, issue))
    world.ledger.soil("patrol", AUTOMATION.account_id, at)


def _touch(world: World, issue: Issue, at: datetime) -> None:
    labels = tuple(sorted({*issue.state.labels} ^ {"triaged"}))
    state = replace(issue.state, labels=labels, rank=world.number("rank", 1))
    world.edit(issue, at, AUTOMATION, state, is_bulk=True)
    number = world.number("comment", 70001)
    issue.comments.append(Comment(number, at, AUTOMATION, "Checked by the service desk robot."))


def _inherit(world: World, at: datetime) -> None:
    """Every item of a status is moved to the one that takes its place; the old one is given up."""
    place = 0
    for heir in HEIRS:
        world.heirs[heir.stage] = heir.id
        for issue in [i for i in world.issues if i.state.status == heir.stage]:
            place += 1
            act = partial(_rename, world, issue, heir.stage, heir.id)
            world.agenda.plan(at + timedelta(milliseconds=30 * place), act)
    world.ledger.soil("status_inherited", ADMIN.account_id, at, f"{place} items")


def _rename(world: World, issue: Issue, old: str, new: str, at: datetime) -> None:
    if issue.state.status == old:
        world.edit(issue, at, ADMIN, replace(issue.state, status=new), is_bulk=True)


def _sweep(world: World, at: datetime) -> None:
    """What waits is put back in one operation, and in another all labels go."""
    waiting = [issue for issue in world.issues if _waits(world, issue, at)]
    for place, issue in enumerate(waiting if len(waiting) >= BULK_LEAST else ()):
        world.agenda.plan(at + timedelta(milliseconds=40 * place), partial(_put_back, world, issue))
    labelled = [issue for issue in world.issues if issue.is_open and issue.state.labels]
    for place, issue in enumerate(labelled if len(labelled) >= BULK_LEAST else ()):
        act = partial(_strip, world, issue)
        world.agenda.plan(at + timedelta(seconds=300, milliseconds=40 * place), act)
    counts = f"{len(waiting)} items put back, {len(labelled)} stripped of labels"
    world.ledger.soil("swept", ADMIN.account_id, at, counts)


def _waits(world: World, issue: Issue, at: datetime) -> bool:
    """Whether it waits, and for longer than after a slip of the hand."""
    since = world.ledger.here_since(issue)
    is_asked = issue.state.stage in (DECISION, READY) and issue.kind != "Sub-task"
    return is_asked and since is not None and since < at - NO_SLIP


def _put_back(world: World, issue: Issue, at: datetime) -> None:
    if issue.state.stage in (DECISION, READY):
        issue.course += 1
        move(world, issue, at, ADMIN, to=SHAPING, is_bulk=True)
        world.ledger.sweep_back(issue.item_id)
        world.then(issue, at, Next.SHAPE)


def _strip(world: World, issue: Issue, at: datetime) -> None:
    world.edit(issue, at, ADMIN, replace(issue.state, labels=()), is_bulk=True)


def confuse(world: World) -> None:
    """Disturb what is exported of the histories, once nothing more will happen."""
    for issue in world.issues:
        _swap_ids(world, issue)
    rich = [issue for issue in world.issues if len(issue.edits) >= FEWEST_TO_LOSE]
    # An operation in bulk of which too little is left would look like as many decisions.
    plain = [i for i in rich if not any(edit.is_bulk for edit in i.edits[: len(i.edits) // 2])]
    for _ in range(min(world.scenario.noise.lost, len(plain))):
        issue = plain.pop(world.noise.whole(0, len(plain) - 1))
        issue.lost_edits = world.noise.whole(2, len(issue.edits) // 2)
        told = f"{issue.lost_edits} of {len(issue.edits)}"
        world.ledger.soil("histories_lost", issue.item_id, world.ends_at, told)


def _swap_ids(world: World, issue: Issue) -> None:
    """Of two neighbours that changed different things, the later one gets the lower id."""
    edits = issue.edits
    for place in range(1, len(edits)):
        first, second = edits[place - 1], edits[place]
        are_apart = first.at < second.at and not first.changed & second.changed
        is_free = first.id < second.id
        if are_apart and is_free and world.noise.happens(world.scenario.noise.swapped_ids):
            edits[place - 1] = replace(first, id=second.id)
            edits[place] = replace(second, id=first.id)
            world.ledger.soil("ids_swapped", issue.item_id, second.at)
