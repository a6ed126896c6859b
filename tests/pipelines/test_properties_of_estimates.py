"""What must hold of every estimate, whatever happened: intervals, shares, sums."""

from itertools import pairwise

import polars as pl
import pytest
from polars import selectors as cs
from polars.testing import assert_frame_equal

from pipelines.cohorts.scopes import ORGANISATION
from tests.pipelines.generated import World
from tests.pipelines.laws import Frames, estimates_of, facts_of, for_any_world, frames_of

pytestmark = pytest.mark.xdist_group("generated organisations")

_INTERVALS = {
    "weekly_metrics": (("estimate", "low", "high"),),
    "metric_summaries": (("estimate", "low", "high"),),
    "stage_durations": (("mean_days", "mean_low", "mean_high"),),
    "handoff_rates": (
        ("rejection_rate", "rejection_low", "rejection_high"),
        ("first_pass_yield", "first_pass_low", "first_pass_high"),
    ),
    "readiness_rules": (
        ("fail_rate", "fail_low", "fail_high"),
        ("rejection_lift", "lift_low", "lift_high"),
    ),
    "decision_times": (
        ("mean_hours", "mean_low", "mean_high"),
        ("reversal_share", "reversal_low", "reversal_high"),
    ),
    "decision_rights": (
        ("effective_deciders", "effective_low", "effective_high"),
        ("out_of_role_share", "out_of_role_low", "out_of_role_high"),
        ("contest_rate", "contest_low", "contest_high"),
    ),
    "decision_right_shares": (("share", "share_low", "share_high"),),
    "priority_churn": (("changes_per_100_item_weeks", "changes_low", "changes_high"),),
    "approval_steps": (
        ("mean_hours", "mean_low", "mean_high"),
        ("no_finding_share", "no_finding_low", "no_finding_high"),
    ),
    "latency_shares": (("days_per_item", "low", "high"), ("share", "share_low", "share_high")),
    "flow_efficiency": (
        ("efficiency_low", "efficiency_low_low", "efficiency_low_high"),
        ("efficiency_high", "efficiency_high_low", "efficiency_high_high"),
    ),
    "cost_of_delay": (("quantity", "quantity_low", "quantity_high"),),
    "forecast_drift": (("drift_rate", "drift_low", "drift_high"),),
}
_MAY_BE_NEGATIVE = ("net_slip_days",)
_NO_PARTS = ("injected_share",)
"""What came in later is no part of what had been committed."""


def _everything(world: World) -> Frames:
    return {**frames_of(facts_of(world.organisation)), **estimates_of(world.organisation)}


@pytest.mark.slow
@for_any_world
def test_every_interval_contains_its_estimate(world: World) -> None:
    found = _everything(world)

    for name, intervals in _INTERVALS.items():
        for estimate, low, high in intervals:
            value = pl.col(estimate)
            outside = (pl.col(low) > value + 1e-9) | (pl.col(high) < value - 1e-9)
            assert found[name].filter(outside).is_empty(), (name, estimate)


@for_any_world
def test_an_interval_has_two_ends_and_belongs_to_an_estimate(world: World) -> None:
    found = _everything(world)
    # A percentile that is not reached is known to be later than the lower end, and the ratio of a
    # chance to none has no upper one.
    summaries = found["metric_summaries"].filter(~pl.col("metric").str.contains(r"_p\d+$"))

    for name, intervals in _INTERVALS.items():
        frame = summaries if name == "metric_summaries" else found[name]
        for estimate, low, high in intervals:
            if estimate == "rejection_lift":
                continue
            bounds = pl.col(low).is_null() == pl.col(high).is_null()
            whole = bounds & (pl.col(estimate).is_not_null() | pl.col(low).is_null())
            assert frame.filter(~whole).is_empty(), (name, estimate)


@for_any_world
def test_every_share_is_one_of_a_whole(world: World) -> None:
    for name, one in _everything(world).items():
        shares = one.select(cs.matches(r"_(share|yield)$|^share|^efficiency_")).drop(
            _NO_PARTS, strict=False
        )
        assert shares.filter(pl.any_horizontal((cs.all() < 0) | (cs.all() > 1))).is_empty(), name


@for_any_world
def test_no_time_is_negative_and_none_is_worked_in_no_time(world: World) -> None:
    for name, one in _everything(world).items():
        times = one.select(cs.matches(r"_(hours|days|weeks)$")).drop(_MAY_BE_NEGATIVE, strict=False)
        assert times.filter(pl.any_horizontal(cs.all() < 0)).is_empty(), name
        if {"business_hours", "elapsed_hours"} <= set(one.columns):
            more = pl.col("business_hours") > pl.col("elapsed_hours") + 1e-9
            assert one.filter(more).is_empty(), name


# --- sums --------------------------------------------------------------------------


@for_any_world
def test_the_days_in_the_components_sum_to_the_latency(world: World) -> None:
    shares = estimates_of(world.organisation)["latency_shares"]

    sums = shares.group_by("scope").agg(
        days=pl.col("days_per_item").sum() - pl.col("latency_days").first(),
        whole=pl.col("share").sum() - 1,
    )
    assert sums.filter(pl.any_horizontal(cs.float().abs() > 1e-9)).is_empty()


@for_any_world
def test_the_latency_is_the_mean_lead_time_within_its_horizon(world: World) -> None:
    found = estimates_of(world.organisation)
    latency = found["latency_shares"].select("scope", "latency_days", "horizon_days").unique()
    lead = found["metric_summaries"].filter(pl.col("metric") == "lead_time_days")

    both = latency.join(lead, on="scope", suffix="_of_lead")
    assert both.height == latency.height
    same = both.filter((pl.col("horizon_days") - pl.col("horizon_days_of_lead")).abs() < 1e-9)
    assert ORGANISATION in same["scope"]
    assert same.filter((pl.col("latency_days") - pl.col("estimate")).abs() > 1e-9).is_empty()


_SUMS = {
    "metric_summaries": (("metric",), ("items", "open_items")),
    "stage_durations": (("stage",), ("visits", "open_visits", "repeat_visits", "items")),
    "handoff_rates": (("from_stage", "to_stage"), ("attempts", "items", "late_returns", "skips")),
    "readiness_rules": (("rule",), ("checks", "fails", "sole_fails", "filled_later")),
    "decision_times": (("decision_right", "channel"), ("decisions", "items", "withdrawn")),
    "decision_rights": (("decision_right",), ("changes", "items", "bulk_changes")),
    "priority_churn": ((), ("changes", "items", "item_weeks")),
    "approval_steps": (("channel", "step"), ("requests", "verdicts", "open_requests")),
}
"""By table its key within a scope, and what may be summed over items."""


@for_any_world
def test_the_teams_sum_to_the_organisation(world: World) -> None:
    found = estimates_of(world.organisation)
    # A team with too many unknown actors has no contests of its own.
    told = pl.col("metric") != "contest_rate"
    found = {**found, "metric_summaries": found["metric_summaries"].filter(told)}

    for name, (key, counts) in _SUMS.items():
        keyed = found[name].select("scope", *key, *counts, every=pl.lit(0))
        is_team = pl.col("scope").str.starts_with("team:")
        teams = keyed.filter(is_team).group_by("every", *key).agg(pl.col(counts).sum())
        whole = keyed.filter(pl.col("scope") == ORGANISATION).select(teams.columns)
        assert_frame_equal(teams, whole, check_row_order=False)


@for_any_world
def test_little_holds_in_every_stage(world: World) -> None:
    flow = estimates_of(world.organisation)["stage_flow"]
    days = (pl.col("window_to") - pl.col("window_from")).dt.total_microseconds() / 86_400_000_000

    identity = (
        pl.col("mean_work_in_progress") * days
        - pl.col("arrivals") * pl.col("mean_residence_days").fill_null(0)
    ).abs()
    assert flow.filter(identity > 1e-9 * days).is_empty()
    assert flow.filter(pl.col("departures") > pl.col("arrivals")).is_empty()


@for_any_world
def test_what_stands_in_a_stage_came_and_did_not_go(world: World) -> None:
    found = estimates_of(world.organisation)
    standing = found["stage_flow"].select("stage", open=pl.col("arrivals") - pl.col("departures"))
    durations = found["stage_durations"].filter(pl.col("scope") == ORGANISATION)

    both = durations.join(standing, on="stage", how="left")
    assert both.filter(pl.col("open_visits").ne_missing(pl.col("open"))).is_empty()


_OUTCOMES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("handoff_rates", "attempts", ("accepted", "rejected", "recalled", "dropped", "undecided")),
    ("readiness_rules", "checks", ("passes", "fails", "not_evaluable")),
)
_SOME_OUTCOMES = (
    ("decision_times", "decisions", ("open_decisions", "withdrawn")),
    ("approval_steps", "requests", ("open_requests", "verdicts")),
)


@for_any_world
def test_the_outcomes_cover_what_is_counted(world: World) -> None:
    found = estimates_of(world.organisation)

    for name, whole, parts in _OUTCOMES:
        sums = pl.sum_horizontal(parts)
        assert found[name].filter(sums != pl.col(whole)).is_empty()
    for name, whole, parts in _SOME_OUTCOMES:
        assert found[name].filter(pl.sum_horizontal(parts) > pl.col(whole)).is_empty()


@for_any_world
def test_every_open_item_ages_and_no_other(world: World) -> None:
    facts = facts_of(world.organisation)
    aging = estimates_of(world.organisation)["aging_work"]
    open_items = facts.items.filter(~pl.col("is_done") & ~pl.col("is_dropped"))

    assert aging["item_id"].to_list() == sorted(open_items["item_id"])
    assert aging.filter(pl.col("age_days") > pl.col("item_age_days")).is_empty()
    is_late = pl.col("age_days") > pl.col("p85_days")
    assert aging.filter(pl.col("is_overdue").ne_missing(is_late)).is_empty()


@for_any_world
def test_the_ledgers_of_delay_sum_up_slips_and_rework(world: World) -> None:
    facts = facts_of(world.organisation)
    costs = estimates_of(world.organisation)["cost_of_delay"]
    told = dict(costs.filter(pl.col("scope") == ORGANISATION).select("ledger", "quantity").rows())
    whole = facts.items.filter(~pl.col("is_subtask"))

    again = facts.handoffs.join(whole, on="item_id", how="semi")["rework_touch_once_hours"]
    slips = facts.commitments.filter(pl.col("subject_kind") == "release")["net_slip_days"]
    assert abs(told["labour"] - again.sum()) < 1e-6
    assert abs(told["delay"] * 7 - slips.sum()) < 1e-6


@for_any_world
def test_churn_is_of_people_and_of_committed_items(world: World) -> None:
    facts = facts_of(world.organisation)
    churn = estimates_of(world.organisation)["priority_churn"].filter(
        pl.col("scope") == ORGANISATION
    )
    whole = facts.items.filter(~pl.col("is_subtask"))
    moves = facts.decision_changes.join(whole, on="item_id", how="semi").filter(
        (pl.col("decision_right") == "priority")
        & pl.col("is_after_commitment")
        & ~pl.col("is_bulk")
        & (pl.col("actor_role") != "bot")
    )

    assert churn["changes"].sum() <= moves.height
    assert churn["items"].sum() <= whole.height


# --- orders ------------------------------------------------------------------------

_ORDERS = {
    "stage_durations": ("p50_days", "p85_days"),
    "decision_times": ("p50_hours", "p85_hours"),
    "approval_steps": ("p50_hours", "p85_hours"),
    "flow_efficiency": ("touch_low_hours", "touch_high_hours", "elapsed_hours"),
    "cost_of_delay": ("low", "high"),
}
"""By table, figures of which none is more than the next."""


@for_any_world
def test_the_lesser_figure_is_no_more_than_the_greater(world: World) -> None:
    found = estimates_of(world.organisation)

    for name, figures in _ORDERS.items():
        for less, more in pairwise(figures):
            wrong = pl.col(less) > pl.col(more) + 1e-9
            assert found[name].filter(wrong).is_empty(), (name, less)


@for_any_world
def test_nobody_decides_less_than_alone(world: World) -> None:
    rights = estimates_of(world.organisation)["decision_rights"]
    is_measured = pl.col("verdict") == "measured"

    assert rights.filter(pl.col("effective_deciders") < 1).is_empty()
    assert rights.filter(pl.col("co_deciders") < 1).is_empty()
    assert rights.filter(is_measured != pl.col("contest_rate").is_not_null()).is_empty()
    is_owned = is_measured & pl.col("decides").is_not_null()
    assert rights.filter(is_owned != pl.col("out_of_role_share").is_not_null()).is_empty()


# --- weeks -------------------------------------------------------------------------


@for_any_world
def test_the_weeks_of_a_metric_hold_the_subjects_of_its_summary(world: World) -> None:
    found = estimates_of(world.organisation)
    key = ["metric", "scope"]
    weeks = found["weekly_metrics"].group_by(key).agg(pl.col("items", "open_items").sum())
    both = weeks.join(found["metric_summaries"], on=key, suffix="_of_all")

    assert both.height == weeks.height
    assert both.filter(pl.col("items") != pl.col("items_of_all")).is_empty()
    assert both.filter(pl.col("open_items") != pl.col("open_items_of_all")).is_empty()


@for_any_world
def test_a_week_has_an_estimate_once_it_is_mature(world: World) -> None:
    weeks = estimates_of(world.organisation)["weekly_metrics"]
    mature = pl.col("is_mature")

    for column in ("estimate", "low", "high"):
        assert weeks.filter(mature != pl.col(column).is_not_null()).is_empty()
