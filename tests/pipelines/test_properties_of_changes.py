"""What changes when the world does, and what must not: order, time, company, knowledge, names."""

from dataclasses import fields, replace
from datetime import timedelta

import polars as pl
from polars.testing import assert_frame_equal

from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.item_facts import item_facts
from tests.pipelines.generated import World, core_of
from tests.pipelines.generated_policy import POLICY, policy_at
from tests.pipelines.laws import facts_of, for_any_world, frames_of, results, results_of


@for_any_world
def test_the_order_of_the_rows_does_not_matter(world: World) -> None:
    core = core_of(world.organisation)
    mixed = Core(
        **{
            one.name: getattr(core, one.name).sample(fraction=1, shuffle=True, seed=world.number)
            for one in fields(Core)
        }
    )

    expected = results_of(world.organisation)
    for name, found in results(mixed).items():
        assert_frame_equal(found, expected[name], check_exact=True, obj=name)


@for_any_world
def test_the_same_weeks_later_only_the_stamps_differ(world: World) -> None:
    core = core_of(world.organisation, weeks_later=world.weeks)
    later = results(core, policy_at(world.weeks))

    for name, now in results_of(world.organisation).items():
        expected = now.with_columns(pl.col(pl.Datetime, pl.Date) + timedelta(weeks=world.weeks))
        assert_frame_equal(_less_days(later[name]), _less_days(expected))


def _less_days(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the texts that hold a due date as somebody wrote it."""
    texts = ("from_id", "from_text", "to_id", "to_text", "from_value", "to_value")
    return frame.drop(texts, strict=False)


@for_any_world
def test_another_item_changes_nothing_for_the_others(world: World) -> None:
    together, another = world.with_another()

    alone = frames_of(facts_of(world.organisation))
    for name, found in frames_of(item_facts(core_of(together), POLICY)).items():
        key = "subject_id" if "subject_id" in found.columns else "item_id"
        assert_frame_equal(found.filter(pl.col(key) != another), alone[name])


# --- as of an earlier instant ------------------------------------------------------


@for_any_world
def test_as_of_an_instant_is_what_a_tracker_knew_that_was_asked_then(world: World) -> None:
    as_of = results(core_of(world.organisation).as_of(world.then))
    asked_then = results(core_of(world.organisation, minute=world.minute))

    for name, found in as_of.items():
        assert_frame_equal(found, asked_then[name])


# --- names -------------------------------------------------------------------------


@for_any_world
def _test_a_role_or_a_stage_under_another_name_is_the_same(world: World) -> None:
    names = _other_names(POLICY)
    core = core_of(world.organisation)
    roles = core.actor_roles.with_columns(pl.col("role").replace(names))
    found = results(replace(core, actor_roles=roles), _renamed(POLICY, names))
    for name, expected in results_of(world.organisation).items():
        assert_frame_equal(found[name], _under(expected, names))
