"""What happens in a repository beside the tracker: bumps by a bot, and issues filed there."""

from datetime import datetime, timedelta
from functools import partial

from roadworthy.simulator import words
from roadworthy.simulator.clock import after_working
from roadworthy.simulator.people import CI, CONTRACTOR, Team
from roadworthy.simulator.pull import Event, GitHubIssue
from roadworthy.simulator.review import Draw, new_pull
from roadworthy.simulator.world import World

DAYS_BETWEEN_BUMPS, DAYS_BETWEEN_ISSUES = 32.0, 45.0
PACKAGES = ("urllib3", "eslint", "pytest", "react", "openssl")


def expect_repository_life(world: World, team: Team) -> None:
    """Plan the streams that have no end."""
    _next(world, team, world.started_at, is_bump=True)
    _next(world, team, world.started_at, is_bump=False)


def _next(world: World, team: Team, at: datetime, *, is_bump: bool) -> None:
    mean = DAYS_BETWEEN_BUMPS if is_bump else DAYS_BETWEEN_ISSUES
    clock = at + timedelta(days=world.dice.gap(mean))
    act = partial(_bump if is_bump else _file, world, team, clock)
    working_at = after_working(clock, world.dice.between(0, 6), team.lead.timezone)
    world.agenda.plan(working_at, act)


def _bump(world: World, team: Team, clock: datetime, at: datetime) -> None:
    """A dependency is raised by the bot and merged by the lead, or forgotten."""
    _next(world, team, clock, is_bump=True)
    ends_at = world.later(at, world.dice.around(12.0, spread=1.0), team.lead)
    draw = Draw(world=world, team=team, author=CI, opened_at=at, ends_at=ends_at, events=[])
    draw.note("committed", -0.01, CI, sha=world.dice.hexadecimal(40), body="Bump")
    draw.note("labeled", 0.001, CI, subject="dependencies")
    if world.dice.happens(0.8):
        draw.note("reviewed", 0.9, team.lead, state="approved")
        draw.note("merged", 1.0, team.lead, sha=world.dice.hexadecimal(40))
        draw.note("closed", 1.0, team.lead)
    package, number = world.dice.pick(PACKAGES), world.dice.whole(1, 40)
    new_pull(
        draw,
        title=f"Bump {package} to 2.{number}.0",
        branch=f"bump/{package}-2.{number}",
        is_draft=False,
    )


def _file(world: World, team: Team, clock: datetime, at: datetime) -> None:
    """Somebody outside files an issue on GitHub."""
    _next(world, team, clock, is_bump=False)
    author = CONTRACTOR if world.dice.happens(0.2) else world.engineer(team)
    filed_at = at.replace(microsecond=0)
    issue = GitHubIssue(
        number=world.number(f"number:{team.key}", 1),
        id=world.number("github issue", 2_100_000_001),
        team=team,
        title=words.summary(world.dice, team.key),
        body=words.full_description(world.dice),
        author=author,
        created_at=filed_at,
    )
    world.github_issues.append(issue)
    _live(world, issue)


def _live(world: World, issue: GitHubIssue) -> None:
    engineer = world.engineer(issue.team)
    closed_at = world.later(issue.created_at, world.dice.around(40.0, spread=1.0), engineer)
    span = closed_at - issue.created_at
    plan = [
        Event(kind="labeled", at=issue.created_at, actor=issue.author, subject="bug"),
        Event(kind="assigned", at=issue.created_at + span / 4, actor=engineer, subject=engineer),
        Event(kind="closed", at=closed_at, actor=engineer),
    ]
    if world.dice.happens(0.15):
        plan.append(Event(kind="reopened", at=closed_at + span / 3, actor=issue.author))
        plan.append(Event(kind="closed", at=closed_at + span / 2, actor=engineer))
    issue.events = [
        Event(
            kind=event.kind,
            at=event.at.replace(microsecond=0),
            actor=event.actor,
            subject=event.subject,
            id=world.number("event", 9_000_000_001),
        )
        for event in plan
        if event.at < world.ends_at
    ]
