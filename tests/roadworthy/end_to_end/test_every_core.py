"""A build on every core of the machine, and the same build in one place."""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from pipelines.at_once import AT_ONCE
from pipelines.policy import Policy
from roadworthy.config import Loaded
from roadworthy.stages import buckets
from roadworthy.stages.audits import RoleAnswers
from roadworthy.stages.buckets import Bucket, Understanding, facts_by_bucket
from roadworthy.stages.build import BuildResult
from roadworthy.stages.core_frames import Core
from roadworthy.stages.cores import on_every_core
from roadworthy.stages.item_facts import item_facts
from roadworthy.stages.kept_facts import room_for_facts
from roadworthy.stages.main_tables import main_tables
from roadworthy.stages.own_facts import OwnFacts
from roadworthy.stages.policies import policy_for
from roadworthy.stages.survey import Survey
from roadworthy.stages.surveyed import surveyed
from roadworthy.warehouse import Warehouse
from tests.pipelines.laws import assert_same_survey

from .same_facts import assert_same_facts

ROWS = 20_000

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]


@pytest.fixture(scope="module")
def cores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    with on_every_core(tmp_path_factory.mktemp("frames")) as executor:
        yield executor


def one_after_the_other(
    understanding: Understanding, parts: Iterator[Bucket], _: int
) -> Iterator[OwnFacts]:
    return map(understanding.of, parts)


def test_a_survey_in_passing_is_that_of_all_histories(
    built: tuple[Loaded, BuildResult], warehouse: Warehouse
) -> None:
    core = Core.read(warehouse)
    for policy in (policy_for(built[0].config, core.items), _undeclared(built[0], core)):
        shown = surveyed(warehouse, policy)
        assert shown.field_changes.height < core.field_changes.height
        assert_same_survey(Survey.of(shown, policy), Survey.of(core, policy))


def _undeclared(loaded: Loaded, core: Core) -> Policy:
    return replace(policy_for(loaded.config, core.items), stages=())


def test_the_facts_of_every_bucket_are_the_same(
    built: tuple[Loaded, BuildResult], warehouse: Warehouse, cores: Executor, tmp_path: Path
) -> None:
    core = Core.read(warehouse)
    policy = policy_for(built[0].config, core.items)
    understanding = Understanding(core.without_items(), Survey.of(core, policy), policy)
    with room_for_facts(tmp_path / "roadworthy.duckdb") as folder:
        here, there = (
            list(facts_by_bucket(warehouse, understanding, rows=ROWS, engine=engine))
            for engine in (one_after_the_other, buckets.on(cores, folder))
        )

    # They can be read still, and are nowhere to be found.
    assert list(tmp_path.iterdir()) == []
    assert len(here) == len(there) >= 3
    for one, other in zip(here, there, strict=True):
        assert_same_facts(one, other)


def test_the_tables_are_the_same(
    built: tuple[Loaded, BuildResult], warehouse: Warehouse, cores: Executor
) -> None:
    core, config = Core.read(warehouse), built[0].config
    facts = item_facts(core, policy_for(config, core.items))
    roles = RoleAnswers.of(config, [])
    here, there = (main_tables(core, facts, config, roles, one).tables for one in (AT_ONCE, cores))

    assert here.keys() == there.keys()
    for name, frame in here.items():
        assert_frame_equal(frame, there[name], check_exact=True)
