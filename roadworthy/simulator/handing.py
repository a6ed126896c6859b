"""The handoff to engineering: the attempt, the wait for a verdict, and the verdict."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from roadworthy.simulator import readiness, same_instants
from roadworthy.simulator.flow import move, park, side, stay
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import Person
from roadworthy.simulator.scenario import Practice
from roadworthy.simulator.truth import Handoff
from roadworthy.simulator.workflow import (
    BY_ID,
    DECISION,
    DROPPED,
    ENDS,
    RANKS,
    READY,
    SHAPING,
)
from roadworthy.simulator.world import Next, World

DROPS = 0.02
PARKED = 0.03
BACK_TO_DECISION = 0.10
FILLED_BEFORE_VERDICT = 0.10


def hand_over(world: World, issue: Issue, at: datetime) -> None:
    """Product moves the item to Ready for Dev, filling in a last field in the same click or not."""
    manager = world.manager(issue.team, at)
    same_instants.fill(world, issue, manager, at)
    from_stage, state = issue.state.stage, issue.state
    if issue.fills_at_handoff in issue.gaps and issue.fills_at_handoff is not None:
        state = readiness.filled(world, state, issue.fills_at_handoff)
        readiness.meet(world, issue, issue.fills_at_handoff, at)
        world.ledger.soil("filled_in_same_click", issue.item_id, at)
    issue.fills_at_handoff = None
    if world.dice.happens(world.practice(issue.team, at).early_assignment):
        state = replace(state, assignee=world.engineer(issue.team).account_id)
    move(world, issue, at, manager, to=READY, state=state)
    is_new = world.is_new(issue.team, at)
    chance = readiness.rejection_chance(world, issue, at)
    record(world, issue, at, from_stage=from_stage, chance=chance, is_new=is_new)
    same_instants.fill(world, issue, manager, at)
    _await_verdict(world, issue, at, chance, is_new=is_new)


def record(
    world: World,
    issue: Issue,
    at: datetime,
    *,
    from_stage: str,
    chance: float | None = None,
    is_new: bool = False,
) -> None:
    """Write the attempt down. One without a chance of rejection skipped the guarded stage."""
    earlier = world.ledger.handoffs_of(issue.item_id)
    names = BY_ID[from_stage].name, BY_ID[issue.state.stage].name
    guarded = chance is not None
    world.ledger.hand_over(
        issue,
        Handoff(
            handoff_id=f"{issue.item_id}/{len(earlier) + 1}",
            item_id=issue.item_id,
            team=issue.team.name,
            item_type=issue.kind,
            from_stage=names[0],
            to_stage=names[1],
            attempt=1 + sum((past.from_stage, past.to_stage) == names for past in earlier),
            handed_at=at,
            is_skip=RANKS[issue.state.stage] - RANKS[from_stage] > 1,
            failed_rules=sorted(issue.gaps) if guarded else None,
            rejection_chance=chance,
            is_new_practice=is_new,
        ),
    )


def _await_verdict(
    world: World, issue: Issue, at: datetime, chance: float, *, is_new: bool
) -> None:
    scenario = world.scenario
    practice = scenario.after if is_new else scenario.before
    step = _draw(world, chance, practice)
    who = issue.team.lead
    days = world.dice.around(practice.verdict_days * (1.0 if step is Next.BUILD else 0.7))
    if world.dice.happens(PARKED):
        act = world.on_course(issue, partial(park, world, issue, who=who, days=days, then=step))
        side(world, at, days=world.dice.between(0.1, 1.0), who=who, act=act)
        return
    stay(world, issue, at, days=days, who=who, then=step)
    if world.dice.happens(FILLED_BEFORE_VERDICT):
        for rule in sorted(issue.gaps):
            act = partial(readiness.fill, world, issue, world.manager(issue.team, at), rule)
            side(world, at, days=days * 0.5, who=who, act=act)


def _draw(world: World, chance: float, practice: Practice) -> Next:
    """The verdict: rejected with its chance; recalled and dropped with what they have."""
    if world.dice.happens(chance):
        return Next.REJECT
    if world.dice.happens(practice.recall):
        return Next.RECALL
    return Next.DROP if world.dice.happens(DROPS) else Next.BUILD


def reject(world: World, issue: Issue, at: datetime) -> None:
    """Engineering sends the item back."""
    lead = issue.team.lead
    who = lead if world.dice.happens(0.4) else world.engineer(issue.team)
    _send_back(world, issue, at, who, verdict="rejected")


def recall(world: World, issue: Issue, at: datetime) -> None:
    """Product takes the item back before engineering has said anything."""
    _send_back(world, issue, at, world.manager(issue.team, at), verdict="recalled")


def _send_back(world: World, issue: Issue, at: datetime, who: Person, *, verdict: str) -> None:
    attempt = world.ledger.handoffs_of(issue.item_id)[-1]
    from_decision = attempt.from_stage == BY_ID[DECISION].name
    to_decision = from_decision and world.dice.happens(BACK_TO_DECISION)
    move(world, issue, at, who, to=DECISION if to_decision else SHAPING)
    world.ledger.decide(issue.item_id, verdict, at, who.role)
    world.then(issue, at, Next.DECIDE if to_decision else Next.SHAPE)


def drop(world: World, issue: Issue, at: datetime) -> None:
    """The item is given up; where it awaited a verdict, that is the verdict."""
    if issue.state.stage in ENDS:
        return
    is_products = issue.state.stage != READY or world.dice.happens(0.5)
    who = world.manager(issue.team, at) if is_products else issue.team.lead
    state = replace(issue.state, resolution="10001")
    move(world, issue, at, who, to=DROPPED, state=state)
    world.ledger.decide(issue.item_id, "dropped", at, who.role)
    promise = world.ledger.promise_of(issue.item_id)
    if promise is not None:
        promise.is_dropped = True
