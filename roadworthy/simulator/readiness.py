"""Whether an item is ready to be handed over: which rules it fails, and how a gap is closed."""

from dataclasses import replace
from datetime import datetime

from roadworthy.simulator import words
from roadworthy.simulator.issue import Issue, State
from roadworthy.simulator.people import Person
from roadworthy.simulator.scenario import ACCEPTANCE, DESCRIPTION, ESTIMATE, RULES, SCOPE
from roadworthy.simulator.world import World

MINIMUM_DESCRIPTION = 80
MINIMUM_ACCEPTANCE = 40
POINTS = (1.0, 2.0, 3.0, 5.0, 8.0)


def rules_for(kind: str) -> set[str]:
    """The rules that apply to an item of that type."""
    return {rule for rule in RULES if kind in SCOPE[rule]}


def filled(world: World, state: State, rule: str) -> State:
    """The state with that rule met."""
    dice = world.dice
    if rule == ACCEPTANCE:
        return replace(state, acceptance=words.acceptance_criteria(dice))
    if rule == DESCRIPTION:
        return replace(state, description=words.full_description(dice))
    if rule == ESTIMATE:
        return replace(state, points=dice.pick(POINTS))
    designs = tuple(world.design() for _ in range(dice.weighted(((1, 0.8), (2, 0.2)))))
    return replace(state, designs=(*state.designs, *designs))


def fill(world: World, issue: Issue, author: Person, rule: str, at: datetime) -> None:
    """Close a gap, if it is still one."""
    if rule not in issue.gaps:
        return
    world.edit(issue, at, author, filled(world, issue.state, rule))
    meet(world, issue, rule, at)


def meet(world: World, issue: Issue, rule: str, at: datetime) -> None:
    """The rule is met, if it was not."""
    if rule in issue.gaps:
        issue.gaps.discard(rule)
        world.ledger.met(issue, rule, at)


def rejection_chance(world: World, issue: Issue, at: datetime) -> float:
    """The chance that engineering sends the item back, as it stands at this instant."""
    scenario = world.scenario
    chance = scenario.base_rejection + scenario.team_offsets.get(issue.team.name, 0.0)
    chance += sum(scenario.penalties[rule] for rule in sorted(issue.gaps))
    chance += scenario.drift * world.day(at) / scenario.days
    return min(max(chance, 0.02), 0.95)
