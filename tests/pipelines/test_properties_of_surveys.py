"""What a survey is shown in passing tells it what all histories at once would."""

from dataclasses import replace

import polars as pl
import pytest

from pipelines.histories import bulk_edits, history
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.survey import Survey, surveyed_fields
from roadworthy.stages.surveyed import placed_items, telling_changes, telling_values
from tests.pipelines.generated import Organisation, World, core_of
from tests.pipelines.generated_policy import POLICY
from tests.pipelines.laws import assert_same_survey, for_any_world

_ROWS = 7

pytestmark = pytest.mark.xdist_group("generated organisations")


def in_passing(core: Core, policy: Policy) -> Core:
    """The core as a survey is shown it, read so many rows at a time."""
    fields, items = surveyed_fields(policy), placed_items(core)
    changes = history.of_fields(core.field_changes, fields)
    values = history.of_fields(core.field_values, fields)
    crowded = bulk_edits.crowded(core.field_changes, bulk_items=policy.measures.bulk_items)
    told = [telling_changes(part, items, core, policy) for part in changes.iter_slices(_ROWS)]
    shown = [telling_values(part, items) for part in values.iter_slices(_ROWS)]
    return replace(
        core,
        field_changes=pl.concat([crowded, *told]).unique(["item_id", "sequence"]),
        field_values=pl.concat([values.clear(), *shown]),
    )


def told_the_same(organisation: Organisation, policy: Policy) -> None:
    core = core_of(organisation)
    assert_same_survey(Survey.of(in_passing(core, policy), policy), Survey.of(core, policy))


@for_any_world
def test_where_stages_are_declared(world: World) -> None:
    told_the_same(world.organisation, POLICY)


@for_any_world
def test_where_stages_are_proposed(world: World) -> None:
    told_the_same(world.organisation, replace(POLICY, stages=()))


@for_any_world
def test_where_an_edit_of_two_items_is_one_in_bulk(world: World) -> None:
    told_the_same(
        world.organisation, replace(POLICY, measures=replace(POLICY.measures, bulk_items=2))
    )
