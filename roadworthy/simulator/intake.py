"""How items come in: as ideas in a steady stream, and now and then by the side door."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from roadworthy.simulator import words
from roadworthy.simulator.clock import after_working
from roadworthy.simulator.flow import stay
from roadworthy.simulator.issue import Issue, Reference, State
from roadworthy.simulator.people import HEAD_OF_PRODUCT, TEAMS, Person, Team
from roadworthy.simulator.readiness import filled, rules_for
from roadworthy.simulator.scenario import ACCEPTANCE, DESCRIPTION
from roadworthy.simulator.workflow import BUILDING, IDEA, REVIEW
from roadworthy.simulator.world import Next, World

KINDS = (("Story", 0.62), ("Task", 0.18), ("Bug", 0.20))
TRIAGE_DAYS = 3.0
TRIAGE_DROPS = 0.07
MISFILED = 0.012
LATE_STATUS = 0.015
LABELS = ("mobile", "compliance", "quick-win", "customer", "debt")


def expect_arrivals(world: World, team: Team, at: datetime) -> None:
    """Plan the next item that a team will take in."""
    days = world.dice.gap(7 / world.scenario.arrivals_a_week)
    working_at = after_working(
        at + timedelta(days=days), world.dice.between(0, 6), team.lead.timezone
    )
    world.agenda.plan(working_at, partial(_arrive, world, team, at + timedelta(days=days)))


def _arrive(world: World, team: Team, clock: datetime, at: datetime) -> None:
    expect_arrivals(world, team, clock)
    kind = world.dice.weighted(KINDS)
    if world.dice.happens(LATE_STATUS):
        _arrive_late(world, team, kind, at)
        return
    creator = _creator(world, team, kind, at)
    issue = new_issue(world, team, kind=kind, creator=creator, at=at)
    stay(
        world,
        issue,
        at,
        days=world.dice.around(TRIAGE_DAYS, spread=0.9),
        who=creator,
        then=Next.TRIAGE,
    )


def _creator(world: World, team: Team, kind: str, at: datetime) -> Person:
    if kind == "Bug" and world.dice.happens(0.6):
        return world.engineer(team)
    return HEAD_OF_PRODUCT if world.dice.happens(0.06) else world.manager(team, at)


def _arrive_late(world: World, team: Team, kind: str, at: datetime) -> None:
    """Somebody files what is already being built; it never was an idea in the tracker."""
    engineer = world.engineer(team)
    status = world.dice.pick((BUILDING, REVIEW))
    issue = new_issue(world, team, kind=kind, creator=engineer, at=at, status=status)
    issue.has_been_built = True
    world.ledger.soil("created_in_late_status", issue.item_id, at)
    step = Next.SUBMIT if status == BUILDING else Next.APPROVE
    stay(world, issue, at, days=world.dice.around(2.0), who=engineer, then=step)


def new_issue(
    world: World,
    team: Team,
    *,
    kind: str,
    creator: Person,
    at: datetime,
    status: str = IDEA,
    parent: Reference | None = None,
) -> Issue:
    """An issue with what people write into the form when they create one."""
    in_force = world.heirs.get(status, status)
    state = replace(_form(world, team), status=in_force, parent=parent)
    gaps = rules_for(kind)
    if ACCEPTANCE in gaps and world.dice.happens(0.2):
        state = replace(state, acceptance=world.dice.pick(words.VAGUE_CRITERIA))
    if DESCRIPTION in gaps and world.dice.happens(0.2):
        state = filled(world, state, DESCRIPTION)
        gaps.discard(DESCRIPTION)
    issue = Issue(
        id=str(world.number("issue", 10001)),
        kind=kind,
        team=team,
        created_at=at,
        creator=creator,
        state=state,
        gaps=gaps,
    )
    world.add(issue)
    return issue


def _form(world: World, team: Team) -> State:
    """The form as it is filled in: a title, a loose concept, and with luck a component."""
    return State(
        key=f"{team.key}-{world.number(f'key:{team.key}', 1)}",
        project=team.key,
        status=IDEA,
        summary=words.summary(world.dice, team.key),
        description=words.loose_description(world.dice),
        priority=world.dice.weighted((("3", 0.7), ("2", 0.15), ("4", 0.15))),
        components=(_component(world, team),) if world.dice.happens(0.7) else (),
        labels=(world.dice.pick(LABELS),) if world.dice.happens(0.3) else (),
        rank=world.number("rank", 1),
    )


def _component(world: World, team: Team) -> Reference:
    place = world.dice.whole(0, len(team.components) - 1)
    return Reference(str(10200 + TEAMS.index(team) * 10 + place), team.components[place])


def triage(world: World, issue: Issue, at: datetime) -> None:
    """What becomes of an idea: filed elsewhere, dropped, built past everybody, or shaped."""
    practice = world.practice(issue.team, at)
    if world.dice.happens(MISFILED):
        _file_elsewhere(world, issue, at)
    elif world.dice.happens(TRIAGE_DROPS):
        world.then(issue, at, Next.DROP)
    elif world.dice.happens(practice.bypass):
        world.then(issue, at, Next.BUILD)
    else:
        world.then(issue, at, Next.SHAPE)


def _file_elsewhere(world: World, issue: Issue, at: datetime) -> None:
    """Move the issue to another project: new key, new project, the same id."""
    team = world.dice.pick([team for team in TEAMS if team is not issue.team])
    old_key = issue.state.key
    number = world.number(f"key:{team.key}", 1)
    moved = replace(
        issue.state,
        key=f"{team.key}-{number}",
        project=team.key,
        components=(_component(world, team),) if issue.state.components else (),
    )
    world.edit(issue, at, world.manager(issue.team, at), moved)
    issue.team = team
    world.ledger.belongs_to(issue.item_id, team.name)
    world.ledger.soil("moved_project", issue.item_id, at, f"{old_key} to {issue.state.key}")
    manager = world.manager(team, at)
    stay(world, issue, at, days=world.dice.around(TRIAGE_DAYS), who=manager, then=Next.TRIAGE)
