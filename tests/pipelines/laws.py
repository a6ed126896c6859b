"""How the whole product is held to a law: against the same drawn worlds, each computed once."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache

import polars as pl
from hypothesis import Phase, given, seed, settings
from polars.testing import assert_frame_equal

from pipelines.cohorts.scopes import ORGANISATION, Scopes
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.estimates import estimates
from roadworthy.stages.item_facts import ItemFacts, item_facts
from roadworthy.stages.survey import Survey
from tests.pipelines.frames import NO_GROUPS
from tests.pipelines.generated import WORLDS, Organisation, World, core_of
from tests.pipelines.generated_policy import POLICY

Frames = dict[str, pl.DataFrame]
Law = Callable[[World], None]

SCOPES = Scopes(("PAY", "Web"), ("Bug", "Story", "pull request"), (), ("1.0", "2.0"))
_UNDEBOUNCED = replace(POLICY, measures=replace(POLICY.measures, debounce_minutes=0))
_COMMITTED = replace(POLICY, measures=replace(POLICY.measures, clock_starts="committed"))
_NOT_COMPUTED = ("present", "seat_holders")
"""Handed through as it came, in whatever order."""

# Few examples, each of them rich: a run costs the same for one item as for forty. Without
# shrinking: making a world smaller takes minutes, and its number draws it again, if as many modules
# are loaded: Hypothesis draws from their constants. So rerun one law of a whole suite with -k.
_SETTINGS = settings(
    deadline=None, database=None, max_examples=7, phases=(Phase.explicit, Phase.generate)
)


@lru_cache(maxsize=1)
def worlds() -> tuple[World, ...]:
    """The worlds that all laws are held against, drawn once."""
    drawn: list[World] = []

    @_SETTINGS
    @seed(20261122)
    @given(WORLDS)
    def draw(world: World) -> None:
        drawn.append(world)

    draw()
    return tuple(drawn)


def for_any_world(law: Law) -> Callable[[], None]:
    """Hold a law against all of them; a world that breaks it is named."""

    def held() -> None:
        for world in worlds():
            try:
                law(world)
            except Exception as broken:
                broken.add_note(f"in {world}")
                raise

    held.__name__ = law.__name__
    return held


@lru_cache(maxsize=32)
def facts_of(organisation: Organisation) -> ItemFacts:
    """The facts under the policy of all laws."""
    return item_facts(core_of(organisation), POLICY)


@lru_cache(maxsize=32)
def facts_since_committed(organisation: Organisation) -> ItemFacts:
    """The facts of whoever starts the clock with the commitment."""
    return item_facts(core_of(organisation), _COMMITTED)


@lru_cache(maxsize=32)
def facts_undebounced(organisation: Organisation, then: datetime | None = None) -> ItemFacts:
    """The facts, as of an earlier instant where one is named, of whoever takes no mis-click."""
    core = core_of(organisation)
    return item_facts(core if then is None else core.as_of(then), _UNDEBOUNCED)


@lru_cache(maxsize=32)
def estimates_of(organisation: Organisation) -> Frames:
    """The estimates for every group there is."""
    return estimates(facts_of(organisation), SCOPES, POLICY)


def frames_of(facts: ItemFacts) -> Frames:
    """Every frame that was computed, by name."""
    found = {one.name: getattr(facts, one.name) for one in fields(facts)}
    return {
        name: one
        for name, one in found.items()
        if isinstance(one, pl.DataFrame) and name not in _NOT_COMPUTED
    }


def of_the_whole(found: Frames) -> Frames:
    """The estimates for the organisation alone."""
    return {
        name: one.filter(pl.col("scope") == ORGANISATION) if "scope" in one.columns else one
        for name, one in found.items()
    }


def results(core: Core, policy: Policy = POLICY) -> Frames:
    """Facts, and estimates for the organisation alone, by name."""
    facts = item_facts(core, policy)
    return {**frames_of(facts), **estimates(facts, NO_GROUPS, policy)}


def results_of(organisation: Organisation) -> Frames:
    """The same under the policy of all laws."""
    found = of_the_whole(estimates_of(organisation))
    return {**frames_of(facts_of(organisation)), **found}


def assert_same_survey(one: Survey, other: Survey) -> None:
    """They tell the same; in which order bulk edits are told has no meaning."""
    in_order = [survey.bulk.sort(pl.all()) for survey in (one, other)]
    for frames in (in_order, [survey.stage_map for survey in (one, other)]):
        assert_frame_equal(*frames)
    assert_frame_equal(one.commit_ranks, other.commit_ranks)
    assert one.readings == other.readings
    assert one.commented == other.commented
