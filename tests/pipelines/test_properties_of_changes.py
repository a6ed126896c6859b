"""What changes when the world does, and what must not: order, time, company, knowledge, names."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import polars as pl
import pytest
from polars import selectors as cs
from polars.testing import assert_frame_equal

from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.item_facts import item_facts
from tests.pipelines.generated import World, core_of
from tests.pipelines.generated_policy import POLICY, policy_at
from tests.pipelines.laws import (
    Frames,
    facts_of,
    facts_undebounced,
    for_any_world,
    frames_of,
    results,
    results_of,
)

pytestmark = pytest.mark.xdist_group("generated organisations")

_WRITTEN = ("from_id", "from_text", "to_id", "to_text", "from_value", "to_value")
"""Texts, some of which hold a day as somebody wrote it."""
_BY_MONTH = ("rejection_lift", "lift_low", "lift_high")
"""What compares handoffs of one calendar month, which is no whole number of weeks."""
_AS_SHOWN_TODAY = ("parent_id", "resolved_at", "status", "status_id")
"""What an item carries along as the tracker shows it now; nothing but a parent is told of it."""
_BEFORE_IT_BEGAN = ("watched_from",)
_LAST_DIGIT = 1e-14
"""A processor adds up by where in memory an array lies; beyond that not a digit may differ."""


# --- order and time ----------------------------------------------------------------


# Few subjects are compared by month, and a month some weeks later is another one. That an effect by
# the week is the same weeks later is a law of its own (tests/pipelines/effects).
_OF_EFFECTS = frozenset(
    {"intervention_effects", "effect_diagnostics", "effect_series", "visible_effects"}
)


@pytest.mark.slow
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
        assert_frame_equal(found, expected[name], rel_tol=_LAST_DIGIT, abs_tol=_LAST_DIGIT)


@pytest.mark.slow
@for_any_world
def test_the_same_weeks_later_only_the_stamps_differ(world: World) -> None:
    core = core_of(world.organisation, weeks_later=world.weeks)
    later = results(core, policy_at(world.weeks))

    for name, now in results_of(world.organisation).items():
        if name in _OF_EFFECTS:
            continue
        moved = now.with_columns(cs.temporal() + timedelta(weeks=world.weeks))
        aside = (*_WRITTEN, *_BY_MONTH)
        found, expected = (one.drop(aside, strict=False) for one in (later[name], moved))
        assert_frame_equal(found, expected)


@for_any_world
def test_another_item_changes_nothing_for_the_others(world: World) -> None:
    together, another = world.with_another()

    alone = frames_of(facts_of(world.organisation))
    for name, found in frames_of(item_facts(core_of(together), POLICY)).items():
        key = "subject_id" if "subject_id" in found.columns else "item_id"
        assert_frame_equal(found.filter(pl.col(key) != another), alone[name])


# --- as of an earlier instant ------------------------------------------------------


@pytest.mark.slow
@for_any_world
def test_as_of_an_instant_is_what_a_tracker_knew_that_was_asked_then(world: World) -> None:
    as_of = results(core_of(world.organisation).as_of(world.then))
    asked_then = results(core_of(world.organisation, minute=world.minute))
    # How alike the items of an epic are is a part of the interval of an effect; whose epic an item
    # is in is shown as of today.
    parents = [one["items"].select("item_id", "parent_id") for one in (as_of, asked_then)]
    moved = _OF_EFFECTS if not parents[0].equals(parents[1]) else frozenset()

    for name, one in as_of.items():
        if name in moved:
            continue
        found, expected = (
            one.drop(_AS_SHOWN_TODAY, strict=False) if name in ("items", "work_items") else one
            for one in (one, asked_then[name])
        )
        assert_frame_equal(found, expected)
        stamps = found.select(cs.datetime().exclude(_BEFORE_IT_BEGAN))
        assert stamps.filter(pl.any_horizontal(cs.all() > world.then)).is_empty(), name


@for_any_world
def test_readiness_is_judged_on_nothing_that_came_after_the_handoff(world: World) -> None:
    outcomes = ["handoff_id", "rule", "checked_at", "outcome"]
    then = facts_undebounced(world.organisation, world.then).readiness_checks.select(outcomes)
    now = facts_undebounced(world.organisation).readiness_checks.select(outcomes)
    assert_frame_equal(now.join(then, on=outcomes[:3], how="semi"), then)


# What may differ, and is left out: a mis-click is one only once the item is back (no debounce
# here), and team, type and project of an item are those it has now.
_AS_THEY_WERE = (
    *("item_id", "visit_number", "stage", "stage_kind", "owner_role", "entered_by"),
    *("entered_at", "left_at", "until", "is_open", "is_repeat", "elapsed_hours"),
)


@for_any_world
def test_what_was_known_earlier_is_what_is_known_now_cut_off(world: World) -> None:
    known = facts_undebounced(world.organisation, world.then).visits.select(_AS_THEY_WERE)
    now = facts_undebounced(world.organisation).visits
    assert_frame_equal(known, _cut_off(now, world.then).select(_AS_THEY_WERE))


def _cut_off(visits: pl.DataFrame, then: datetime) -> pl.DataFrame:
    begun = visits.filter(pl.col("entered_at") <= then)
    until = pl.min_horizontal("until", pl.lit(then))
    return begun.with_columns(
        left_at=pl.when(pl.col("left_at") <= then).then("left_at"),
        until=until,
        is_open=pl.col("left_at").is_null() | (pl.col("left_at") > then),
        elapsed_hours=(until - pl.col("entered_at")).dt.total_microseconds() / 3_600_000_000,
    )


# --- names -------------------------------------------------------------------------


@pytest.mark.slow
@for_any_world
def test_a_role_or_a_stage_under_another_name_is_the_same(world: World) -> None:
    # The order of the names of stages stays: of two claims on one second the first by name wins.
    names = {role: f"{'dcba'[place]} role" for place, role in enumerate(POLICY.role_order)}
    names |= {stage.name: f"{stage.name}~" for stage in POLICY.stages}
    core = core_of(world.organisation)
    roles = core.actor_roles.with_columns(pl.col("role").replace(names))

    found = results(replace(core, actor_roles=roles), _renamed(POLICY, names))
    for name, expected in _under(names, results_of(world.organisation)).items():
        flat = expected.select(~cs.nested()).columns
        assert_frame_equal(found[name].sort(flat), expected.sort(flat))


def _under(names: dict[str, str], told: Frames) -> Frames:
    """The same with these names, which are part of no other word."""
    renamed = cs.string().str.replace_many(list(names), list(names.values()))
    return {name: one.with_columns(renamed) for name, one in told.items()}


def _renamed(policy: Policy, names: dict[str, str]) -> Policy:
    assert policy.ready is not None
    role: dict[str | None, str | None] = dict(names.items())
    role[None] = None
    return replace(
        policy,
        stages=tuple(
            replace(one, name=names[one.name], owner=role[one.owner]) for one in policy.stages
        ),
        ready=replace(policy.ready, guards=names[policy.ready.guards]),
        rights=tuple(
            replace(one, decides=role[one.decides], override=role[one.override])
            for one in policy.rights
        ),
        role_hours={names[one]: hours for one, hours in policy.role_hours.items()},
        role_order=tuple(names[one] for one in policy.role_order),
    )
