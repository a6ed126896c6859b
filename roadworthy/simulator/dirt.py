"""The untidiness of real trackers that does not come from anybody's work."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from roadworthy.simulator.clock import next_workday
from roadworthy.simulator.dates import move_due
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import AUTOMATION, CONTRACTOR
from roadworthy.simulator.releasing import preview
from roadworthy.simulator.workflow import OVER
from roadworthy.simulator.world import World

BULK_SIZE = 32
BULK_LEAST = 20
"""Items from which on an operation is one in bulk; on fewer it is not carried out."""
BULK_DATES_DAY, BULK_VERSIONS_DAY = 220.4, 300.4
STATUS_RENAMED_DAY = 240.0
LONG_HISTORY_DAY, LONG_HISTORY = 120.4, 130
NAMELESS_DAYS = (60.4, 150.4, 250.4)
CONTRACTOR_DAYS = (100.4, 101.4, 102.4, 103.4)
RANKED_DAYS = tuple(range(20, 540, 4))


def expect_dirt(world: World) -> None:
    """Plan everything untidy that has its day."""
    plan = world.agenda.plan
    plan(world.instant(BULK_DATES_DAY), partial(_bulk_dates, world))
    plan(world.instant(BULK_VERSIONS_DAY), partial(_bulk_versions, world))
    plan(world.instant(LONG_HISTORY_DAY), partial(_long_history, world))
    for day in NAMELESS_DAYS:
        plan(world.instant(day), partial(_nameless, world))
    for day in CONTRACTOR_DAYS:
        plan(world.instant(day), partial(_contractor, world))
    for day in RANKED_DAYS:
        plan(world.instant(day + 0.45), partial(_ranked, world))
    world.ledger.soil(
        "status_renamed", "10005", world.instant(STATUS_RENAMED_DAY), "Code Review to In Review"
    )


def _open_issues(world: World) -> list[Issue]:
    return [issue for issue in world.issues if issue.state.status not in OVER]


def _bulk_dates(world: World, at: datetime) -> None:
    """A rule of the automation moves the dates of many items within a minute."""
    dated = [i for i in _open_issues(world) if i.state.due_on and i.due_may_move(at)]
    chosen = dated[:BULK_SIZE]
    for place, issue in enumerate(chosen if len(chosen) >= BULK_LEAST else ()):
        act = partial(_shift, world, issue)
        world.agenda.plan(at + timedelta(milliseconds=1500 * place), act)
    world.ledger.soil("bulk_dates", AUTOMATION.account_id, at, f"{len(chosen)} items")


def _shift(world: World, issue: Issue, at: datetime) -> None:
    if issue.state.due_on is not None:
        to_on = next_workday(issue.state.due_on + timedelta(days=2))
        move_due(world, issue, at, AUTOMATION, to_on, is_bulk=True)


def _bulk_versions(world: World, at: datetime) -> None:
    """The same for a version: every item also gets the one for the partners."""
    chosen = [issue for issue in _open_issues(world) if issue.is_dated_by_due][:BULK_SIZE]
    for place, issue in enumerate(chosen if len(chosen) >= BULK_LEAST else ()):
        act = partial(_label_partner, world, issue)
        world.agenda.plan(at + timedelta(milliseconds=1500 * place), act)
    world.ledger.soil("bulk_versions", AUTOMATION.account_id, at, f"{len(chosen)} items")


def _label_partner(world: World, issue: Issue, at: datetime) -> None:
    versions = (*issue.state.versions, preview(issue.team))
    world.edit(issue, at, AUTOMATION, replace(issue.state, versions=versions), is_bulk=True)


def _long_history(world: World, at: datetime) -> None:
    """A label flickers for days: more histories than a search answer carries."""
    issue = _open_issues(world)[-1]
    for place in range(LONG_HISTORY):
        act = partial(_flicker, world, issue)
        world.agenda.plan(at + timedelta(minutes=20 * place), act)
    world.ledger.soil("long_history", issue.item_id, at, f"{LONG_HISTORY} changes of a label")


def _flicker(world: World, issue: Issue, at: datetime) -> None:
    labels = tuple(sorted({*issue.state.labels} ^ {"stale"}))
    world.edit(issue, at, AUTOMATION, replace(issue.state, labels=labels))


def _nameless(world: World, at: datetime) -> None:
    """A change by an account that has been deleted since: its history has no author."""
    issue = _open_issues(world)[-1]
    labels = tuple(sorted({*issue.state.labels} ^ {"legacy"}))
    world.edit(issue, at, None, replace(issue.state, labels=labels))
    world.ledger.soil("no_author", issue.item_id, at)


def _contractor(world: World, at: datetime) -> None:
    """Somebody in no list of roles, gone since, edits a title."""
    issue = _open_issues(world)[-2]
    summary = issue.state.summary.replace("counterfactual", "w/o") + " (partner)"
    world.edit(issue, at, CONTRACTOR, replace(issue.state, summary=summary))
    world.ledger.soil("unknown_role", issue.item_id, at)


def _ranked(world: World, at: datetime) -> None:
    """Somebody drags an item up the board; the history of that names no value."""
    candidates = _open_issues(world)
    if not candidates:
        return
    issue = world.dice.pick(candidates)
    lead = issue.team.lead
    state = replace(issue.state, rank=world.number("rank", 1))
    labels = () if world.dice.happens(0.2) else state.labels
    world.edit(issue, at, lead, replace(state, labels=labels))
    world.ledger.soil("rank_without_value", issue.item_id, at)


__all__ = ["BULK_LEAST", "STATUS_RENAMED_DAY", "expect_dirt"]
