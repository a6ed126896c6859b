"""What must hold for every organisation, whatever happened in it."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import polars as pl
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.histories.replay import replay_mismatches
from roadworthy.stages.core_frames import Core
from roadworthy.stages.estimates import estimates
from roadworthy.stages.item_facts import ItemFacts, item_facts
from tests.pipelines.frames import NO_GROUPS
from tests.pipelines.generated import LIVES, MONDAY, ORGANISATIONS, POLICY, Life, core_of

Organisation = tuple[Life, ...]

# The same organisations for every property, so that each is computed once. Without shrinking: a
# failing organisation is small enough to be read, and making it smaller takes minutes.
_SETTINGS = settings(
    deadline=None, database=None, max_examples=15, phases=(Phase.explicit, Phase.generate)
)


def for_any(*drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hold a property against what is drawn."""
    return lambda test: _SETTINGS(seed(20261122)(given(*drawn)(test)))


_FACTS = tuple(one.name for one in fields(ItemFacts) if one.name not in ("misclicks", "calendars"))
_UNDEBOUNCED = replace(POLICY, measures=replace(POLICY.measures, debounce_minutes=0))


@lru_cache(maxsize=64)
def facts_of(organisation: Organisation) -> ItemFacts:
    return item_facts(core_of(organisation), POLICY)


@lru_cache(maxsize=64)
def estimates_of(organisation: Organisation) -> dict[str, pl.DataFrame]:
    return estimates(facts_of(organisation), NO_GROUPS, POLICY)


def frames_of(facts: ItemFacts) -> dict[str, pl.DataFrame]:
    return {name: getattr(facts, name) for name in _FACTS}


# --- visits ------------------------------------------------------------------------


@for_any(ORGANISATIONS)
def test_visits_partition_each_life(organisation: Organisation) -> None:
    facts = facts_of(organisation)

    for (item_id,), life in facts.visits.partition_by("item_id", as_dict=True).items():
        [item] = facts.items.filter(pl.col("item_id") == item_id).to_dicts()
        stays = life.sort("visit_number").to_dicts()
        bounds = [item["born_at"], *(stay["entered_at"] for stay in stays[1:])]
        assert [stay["entered_at"] for stay in stays] == bounds
        assert [stay["left_at"] for stay in stays] == [*bounds[1:], None]
        assert [stay["is_open"] for stay in stays] == [False] * (len(stays) - 1) + [True]
        whole = item["observed_until"] - item["born_at"]
        assert sum(round(stay["elapsed_hours"] * 3_600_000_000) for stay in stays) == (
            whole // timedelta(microseconds=1)
        )
    assert facts.visits["item_id"].n_unique() == len(organisation)


@for_any(ORGANISATIONS)
def test_a_visit_never_follows_one_in_the_same_stage(organisation: Organisation) -> None:
    visits = facts_of(organisation).visits.sort("item_id", "visit_number")
    here = pl.struct("stage", "stage_kind")

    assert visits.filter((here == here.shift(1)).over("item_id")).is_empty()


# --- what does not matter ----------------------------------------------------------


@for_any(ORGANISATIONS, st.integers(0, 2**16))
def test_the_order_of_the_rows_does_not_matter(organisation: Organisation, seed: int) -> None:
    core = core_of(organisation)
    mixed = Core(
        **{
            one.name: getattr(core, one.name).sample(fraction=1, shuffle=True, seed=seed)
            for one in fields(Core)
        }
    )

    expected = frames_of(item_facts(core, POLICY))
    for name, found in frames_of(item_facts(mixed, POLICY)).items():
        assert_frame_equal(found, expected[name])


@for_any(ORGANISATIONS, st.integers(1, 60))
def test_the_same_weeks_later_only_the_stamps_differ(
    organisation: Organisation, weeks: int
) -> None:
    later = frames_of(item_facts(core_of(organisation, weeks_later=weeks), POLICY))
    for name, now in frames_of(facts_of(organisation)).items():
        if name == "changes":
            continue  # it carries due dates as the texts they are
        assert_frame_equal(later[name], _moved(now, timedelta(weeks=weeks)))


def _moved(frame: pl.DataFrame, by: timedelta) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Datetime, pl.Date) + by)


@for_any(ORGANISATIONS, LIVES)
def test_another_item_changes_nothing_for_the_others(
    organisation: Organisation, another: Life
) -> None:
    alone = frames_of(facts_of(organisation))
    for name, found in frames_of(facts_of((*organisation, another))).items():
        key = "subject_id" if "subject_id" in found.columns else "item_id"
        rest = found.filter(pl.col(key) != f"jira:acme:{len(organisation) + 1}")
        assert_frame_equal(rest, alone[name])


# --- handoffs ----------------------------------------------------------------------


@for_any(ORGANISATIONS)
def test_a_verdict_comes_with_or_after_the_handoff_or_not_at_all(
    organisation: Organisation,
) -> None:
    handoffs = facts_of(organisation).handoffs
    undecided = pl.col("verdict") == "undecided"

    assert handoffs.filter(pl.col("verdict_at") < pl.col("handed_at")).is_empty()
    assert handoffs.filter(undecided != pl.col("verdict_at").is_null()).is_empty()
    assert handoffs.filter(undecided != pl.col("watched_until").is_not_null()).is_empty()
    assert handoffs.filter(pl.col("late_return_at") < pl.col("verdict_at")).is_empty()


@for_any(ORGANISATIONS)
def test_attempts_on_a_pair_of_stages_are_numbered_one_by_one(organisation: Organisation) -> None:
    handoffs = facts_of(organisation).handoffs.sort("item_id", "step")
    numbers = handoffs.group_by("item_id", "from_stage", "to_stage").agg("attempt")

    for attempts in numbers["attempt"].to_list():
        assert attempts == list(range(1, len(attempts) + 1))


@for_any(ORGANISATIONS)
def test_every_rejection_and_nothing_else_has_rework(organisation: Organisation) -> None:
    handoffs = facts_of(organisation).handoffs
    rejected = pl.col("verdict") == "rejected"

    assert handoffs.filter(rejected != pl.col("rework_hours").is_not_null()).is_empty()
    assert handoffs.filter(pl.col("rework_hours") < 0).is_empty()


@for_any(ORGANISATIONS, st.integers(0, 8))
def test_readiness_is_judged_on_nothing_that_came_after_the_handoff(
    organisation: Organisation, known_steps: int
) -> None:
    early = tuple(replace(life, steps=life.steps[:known_steps]) for life in organisation)
    outcomes = ["handoff_id", "rule", "checked_at", "outcome"]

    then = facts_of(early).readiness_checks.select(outcomes)
    now = facts_of(organisation).readiness_checks.select(outcomes)
    assert_frame_equal(now.join(then, on=outcomes[:3], how="semi"), then)


# --- as of an earlier instant ------------------------------------------------------

# What may differ, and is left out: a mis-click is one only once the item is back (no debounce
# here), and team, type and project of an item are those it has now.
_AS_THEY_WERE = (
    *("item_id", "visit_number", "stage", "stage_kind", "owner_role", "entered_by"),
    *("entered_at", "left_at", "until", "is_open", "is_repeat", "elapsed_hours"),
)


@for_any(ORGANISATIONS, st.integers(0, 90 * 24 * 60))
def test_what_was_known_earlier_is_what_is_known_now_cut_off(
    organisation: Organisation, minute: int
) -> None:
    core = core_of(organisation)
    then = MONDAY + timedelta(minutes=minute)

    known = item_facts(core.as_of(then), _UNDEBOUNCED).visits.select(_AS_THEY_WERE)
    cut = _cut_off(item_facts(core, _UNDEBOUNCED).visits, then).select(_AS_THEY_WERE)
    assert_frame_equal(known, cut)


def _cut_off(visits: pl.DataFrame, then: datetime) -> pl.DataFrame:
    begun = visits.filter(pl.col("entered_at") <= then)
    until = pl.min_horizontal("until", pl.lit(then))
    return begun.with_columns(
        left_at=pl.when(pl.col("left_at") <= then).then("left_at"),
        until=until,
        is_open=pl.col("left_at").is_null() | (pl.col("left_at") > then),
        elapsed_hours=(until - pl.col("entered_at")).dt.total_microseconds() / 3_600_000_000,
    )


# --- commitments -------------------------------------------------------------------


@for_any(ORGANISATIONS)
def test_the_net_slip_is_what_was_slipped_less_what_was_pulled_in(
    organisation: Organisation,
) -> None:
    facts = facts_of(organisation)
    # A date taken away and given anew, or moved and moved back, moves without a slip.
    jumps = facts.date_moves.filter(
        pl.col("is_after_commitment") & pl.col("move").is_in(["set", "clear", "correction"])
    )
    plain = facts.commitments.filter(pl.col("committed_at").is_not_null()).join(
        jumps, on="subject_id", how="anti"
    )

    net = pl.col("gross_slip_days") - pl.col("pull_in_days")
    assert plain.filter(pl.col("net_slip_days") != net).is_empty()


@for_any(ORGANISATIONS)
def test_on_time_means_shipped_and_a_promise(organisation: Organisation) -> None:
    ledger = facts_of(organisation).commitments

    assert ledger.filter("is_on_time").filter(pl.col("shipped_at").is_null()).is_empty()
    judged = pl.col("is_on_time").is_not_null()
    assert ledger.filter(judged & pl.col("committed_at").is_null()).is_empty()
    assert ledger.filter(pl.col("committed_at").is_null() & (pl.col("slip_count") > 0)).is_empty()


@for_any(ORGANISATIONS)
def test_a_promise_kept_and_never_moved_is_no_silent_miss(organisation: Organisation) -> None:
    ledger = facts_of(organisation).commitments
    never_moved = facts_of(organisation).date_moves.select("subject_id")

    kept = ledger.filter("is_on_time").join(never_moved, on="subject_id", how="anti")
    assert not kept["is_silent_miss"].any()


# --- replay ------------------------------------------------------------------------


@for_any(ORGANISATIONS)
def test_a_history_that_is_whole_replays_to_the_present(organisation: Organisation) -> None:
    core = core_of(organisation)

    assert replay_mismatches(core.field_changes, core.field_values).is_empty()


@for_any(ORGANISATIONS, st.data())
def test_a_value_changed_without_a_history_is_found(
    organisation: Organisation, data: st.DataObject
) -> None:
    core = core_of(organisation)
    histories = core.field_changes.select("item_id", "field").unique(maintain_order=True).rows()
    if not histories:
        return
    item_id, field = data.draw(st.sampled_from(histories))
    there = (pl.col("item_id") == item_id) & (pl.col("field") == field)
    corrupted = core.field_values.with_columns(
        value_text=pl.when(there).then(pl.lit("something else")).otherwise("value_text")
    )

    found = replay_mismatches(core.field_changes, corrupted)
    assert found.select("item_id", "field", "present").rows() == [
        (item_id, field, "something else")
    ]


@for_any(ORGANISATIONS, st.data())
def test_a_history_whose_end_is_lost_is_found(
    organisation: Organisation, data: st.DataObject
) -> None:
    core = core_of(organisation)
    field = ["item_id", "field"]
    ends = core.field_changes.filter(pl.len().over(field) > 1).group_by(field).last().sort(field)
    ends = ends.filter(pl.col("from_text").fill_null("") != pl.col("to_text").fill_null(""))
    if ends.is_empty():
        return
    lost = ends.row(data.draw(st.integers(0, ends.height - 1)), named=True)
    kept = core.field_changes.filter(
        (pl.col("item_id") != lost["item_id"]) | (pl.col("sequence") != lost["sequence"])
    )

    found = replay_mismatches(kept, core.field_values)
    assert found.select(field).rows() == [(lost["item_id"], lost["field"])]


# --- estimates ---------------------------------------------------------------------


@for_any(ORGANISATIONS)
def test_the_weeks_of_a_metric_hold_the_subjects_of_its_summary(
    organisation: Organisation,
) -> None:
    found = estimates_of(organisation)
    weeks = found["weekly_metrics"].group_by("metric").agg(pl.col("items", "open_items").sum())
    both = weeks.join(found["metric_summaries"], on="metric", suffix="_of_all")

    assert both.height == weeks.height
    assert both.filter(pl.col("items") != pl.col("items_of_all")).is_empty()
    assert both.filter(pl.col("open_items") != pl.col("open_items_of_all")).is_empty()


@for_any(ORGANISATIONS)
def test_an_estimate_lies_within_its_interval_and_a_week_to_come_has_none(
    organisation: Organisation,
) -> None:
    found = estimates_of(organisation)

    weeks = found["weekly_metrics"]
    mature = pl.col("is_mature")
    for column in ("estimate", "low", "high"):
        assert weeks.filter(mature != pl.col(column).is_not_null()).is_empty()
    for name in ("weekly_metrics", "metric_summaries"):
        one = found[name]
        assert one.filter(pl.col("low") > pl.col("estimate")).is_empty()
        assert one.filter(pl.col("high") < pl.col("estimate")).is_empty()


@for_any(ORGANISATIONS)
def test_the_attempts_of_each_handoff_are_all_accounted_for(organisation: Organisation) -> None:
    rates = estimates_of(organisation)["handoff_rates"]
    verdicts = ("accepted", "rejected", "recalled", "dropped", "undecided")

    assert rates.filter(pl.sum_horizontal(verdicts) != pl.col("attempts")).is_empty()
