"""Releases over the quarters: planned, put off, shipped; and the sprints in between."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from roadworthy.simulator.clock import next_workday
from roadworthy.simulator.dates import ZONE
from roadworthy.simulator.issue import Issue, Reference
from roadworthy.simulator.people import TEAMS, Team
from roadworthy.simulator.release import Release, Sprint
from roadworthy.simulator.truth import Commitment, DateMove
from roadworthy.simulator.world import World

FIRST_RELEASE, QUARTER, RELEASES = 80, 91, 8
REVIEW_DAYS_BEFORE = 12
SECOND_SLIP = 0.35
SHIPPED_LATE = 0.30
SPRINT_DAYS = 14


def plan_calendar(world: World) -> None:
    """Give every team its releases and its sprints."""
    first_on = world.started_at.astimezone(ZONE).date()
    for team in TEAMS:
        world.releases[team.key] = [_release(world, team, n, first_on) for n in range(RELEASES)]
        world.sprints[team.key] = _sprints(world, team)
        for release in world.releases[team.key]:
            world.agenda.plan(
                _at(release.starts_on, time(10)), partial(_announce, world, team, release)
            )


def _release(world: World, team: Team, place: int, first_on: date) -> Release:
    planned_on = next_workday(first_on + timedelta(days=FIRST_RELEASE + QUARTER * place))
    return Release(
        id=str(10400 + world.number("version", 1)),
        name=f"{team.key} {place + 1}.0",
        project=team.key,
        starts_on=planned_on - timedelta(days=FIRST_RELEASE - 7),
        planned_on=planned_on,
        due_on=planned_on,
    )


def preview(team: Team) -> Reference:
    """A version without a date, as every project has one."""
    return Reference(str(10490 + TEAMS.index(team)), f"{team.key} Partner preview")


def _sprints(world: World, team: Team) -> list[Sprint]:
    board = TEAMS.index(team) + 1
    count = world.scenario.days // SPRINT_DAYS + 2
    starts = [world.instant(SPRINT_DAYS * place) for place in range(count)]
    return [
        Sprint(
            id=str(world.number("sprint", 1)),
            name=f"{team.key} Sprint {place + 1}",
            board_id=board,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=SPRINT_DAYS),
        )
        for place, starts_at in enumerate(starts)
    ]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZONE).astimezone(UTC)


def _announce(world: World, team: Team, release: Release, at: datetime) -> None:
    """The release is promised; it will be looked at before its day and shipped on it."""
    world.ledger.promise(
        Commitment(
            subject_kind="release",
            subject_id=release.subject_id,
            team=team.name,
            date_source="release_date",
            committed_at=at,
            original_on=release.due_on,
            current_on=release.due_on,
        )
    )
    review_on = release.due_on - timedelta(days=REVIEW_DAYS_BEFORE)
    world.agenda.plan(_at(review_on, time(11)), partial(_review, world, team, release, 1.0))
    world.agenda.plan(_at(release.due_on, time(16)), partial(_ship, world, team, release))


def _review(world: World, team: Team, release: Release, weight: float, at: datetime) -> None:
    """Will it hold? Where not, the date moves, and the tracker forgets the one before."""
    if not world.dice.happens(world.practice(team, at).release_slip * weight):
        return
    from_on = release.due_on
    release.due_on = next_workday(from_on + timedelta(days=world.dice.whole(9, 24)))
    world.ledger.move_date(
        DateMove(
            subject_kind="release",
            subject_id=release.subject_id,
            team=team.name,
            moved_at=at,
            from_on=from_on,
            to_on=release.due_on,
            move="slip",
            actor_role=team.lead.role,
            is_after_commitment=True,
            is_in_tracker=False,
            date_source="release_date",
        )
    )
    again_on = release.due_on - timedelta(days=REVIEW_DAYS_BEFORE // 2)
    again = partial(_review, world, team, release, SECOND_SLIP)
    world.agenda.plan(_at(again_on, time(11)), again)
    world.agenda.plan(_at(release.due_on, time(16)), partial(_ship, world, team, release))


def _ship(world: World, team: Team, release: Release, at: datetime) -> None:
    """Ship on the day, unless it was put off; or let the day pass and ship in silence later."""
    is_the_day = at.astimezone(ZONE).date() >= release.due_on
    if release.shipped_at is not None or not is_the_day:
        return
    joint = world.practice(team, at).decision_is_joint
    on_the_day = at.astimezone(ZONE).date() == release.due_on
    promise = world.ledger.promise_of(release.subject_id)
    if joint and on_the_day and world.dice.happens(SHIPPED_LATE):
        if promise is not None:
            promise.silent_misses.append(release.due_on)
        late_on = next_workday(release.due_on + timedelta(days=world.dice.whole(3, 10)))
        world.agenda.plan(_at(late_on, time(16)), partial(_ship, world, team, release))
        return
    release.shipped_at = at
    if promise is not None:
        promise.shipped_at = at
    _carry_over(world, team, release, at)


def _carry_over(world: World, team: Team, release: Release, at: datetime) -> None:
    """What is not done goes to the next release, one item after another."""
    later = [r for r in world.releases[team.key] if r.planned_on > release.planned_on]
    if not later:
        return
    left = [i for i in world.issues if i.is_open and release.reference in i.state.versions]
    minutes = 0
    for issue in left:
        minutes += world.dice.whole(2, 9)
        act = partial(retarget, world, issue, release, later[0])
        world.agenda.plan(at + timedelta(minutes=minutes), act)


def retarget(
    world: World,
    issue: Issue,
    release: Release,
    following: Release,
    at: datetime,
) -> None:
    """The item is promised for the next release: two changes of one field in one click."""
    if release.reference not in issue.state.versions or not issue.is_open:
        return
    lead = issue.team.lead
    others = tuple(v for v in issue.state.versions if v != release.reference)
    versions: tuple[Reference, ...] = (*others, following.reference)
    world.edit(issue, at, lead, replace(issue.state, versions=versions))
    if issue.is_dated_by_due:
        return
    world.ledger.move_date(
        DateMove(
            subject_kind="item",
            subject_id=issue.item_id,
            team=issue.team.name,
            moved_at=at,
            from_on=release.due_on,
            to_on=following.due_on,
            move="retarget",
            actor_role=lead.role,
            is_after_commitment=world.ledger.promise_of(issue.item_id) is not None,
            date_source="release_date",
        )
    )
