"""What must hold of decisions, approvals, scope and latency, whatever happened to the items."""

from datetime import timedelta

import polars as pl
import pytest

from tests.pipelines.generated import World
from tests.pipelines.laws import facts_of, facts_since_committed, for_any_world

pytestmark = pytest.mark.xdist_group("generated organisations")

_WINDOW = timedelta(days=14)
_HOUR_US = 3_600_000_000


def _hours(span: pl.Expr) -> pl.Expr:
    return span.dt.total_microseconds() / _HOUR_US


# --- latency -----------------------------------------------------------------------


@for_any_world
def test_components_sum_to_the_clock_to_the_microsecond(world: World) -> None:
    clock = (pl.col("ended_at") - pl.col("clock_from")).dt.total_microseconds()

    for facts in (facts_of(world.organisation), facts_since_committed(world.organisation)):
        sums = facts.latency_components.group_by("item_id").agg(pl.col("microseconds").sum())
        lived = facts.items.select("item_id", microseconds=clock)
        expected = lived.filter(pl.col("microseconds") > 0).sort("item_id")
        assert sums.sort("item_id").rows() == expected.rows()


@for_any_world
def test_every_instant_of_a_clock_has_one_owner(world: World) -> None:
    facts = facts_of(world.organisation)
    before = pl.col("until").shift(1).over("item_id")
    ended_at = facts.items.select("item_id", "clock_from", "ended_at")

    segments = facts.latency_segments.join(ended_at, on="item_id", maintain_order="left")
    follows = pl.col("since") == before.fill_null(pl.col("clock_from"))
    assert segments.filter(~follows | (pl.col("since") >= pl.col("until"))).is_empty()
    last = segments.group_by("item_id", maintain_order=True).last()
    assert last["until"].to_list() == last["ended_at"].to_list()


@for_any_world
def test_a_session_is_part_of_an_active_stay_and_of_no_other_session(world: World) -> None:
    facts = facts_of(world.organisation)
    active = facts.visits.filter(pl.col("stage_kind") == "active")

    sessions = facts.activity_sessions.with_row_index("session")
    stays = sessions.join(active.select("item_id", "entered_at", left="until"), on="item_id")
    within = (pl.col("entered_at") <= pl.col("since")) & (pl.col("until") <= pl.col("left"))
    assert set(stays.filter(within)["session"]) == set(sessions["session"])
    assert sessions.filter(
        pl.col("since") < pl.col("until").shift(1).over("item_id", order_by="since")
    ).is_empty()


# --- rework and readiness ----------------------------------------------------------


@for_any_world
def test_work_done_again_is_part_of_the_time_of_the_rework(world: World) -> None:
    handoffs = facts_of(world.organisation).handoffs
    touched, once = pl.col("rework_touch_hours"), pl.col("rework_touch_once_hours")

    assert handoffs.filter(touched > pl.col("rework_hours") + 1e-9).is_empty()
    assert handoffs.filter(once > touched + 1e-9).is_empty()
    assert handoffs.filter(touched.is_null() != pl.col("rework_hours").is_null()).is_empty()
    repaired = pl.col("reaccepted_at").is_not_null()
    assert handoffs.filter(repaired & (pl.col("reaccepted_at") < pl.col("verdict_at"))).is_empty()


@for_any_world
def test_no_hour_of_rework_counts_twice(world: World) -> None:
    rejected = facts_of(world.organisation).handoffs.filter(pl.col("verdict") == "rejected")
    order = ("item_id", "verdict_at", "rework_until")
    claimed = pl.col("rework_until").cum_max().shift(1).over("item_id").fill_null(strategy="zero")
    free = pl.max_horizontal("verdict_at", pl.min_horizontal(claimed, "rework_until"))

    new = rejected.sort(order).with_columns(new=_hours(pl.col("rework_until") - free))
    sums = new.group_by("item_id").agg(pl.col("new", "rework_once_hours").sum())
    assert sums.filter((pl.col("new") - pl.col("rework_once_hours")).abs() > 1e-6).is_empty()


@for_any_world
def test_only_what_failed_is_owed_and_no_longer_than_until_it_passed(world: World) -> None:
    facts = facts_of(world.organisation)
    items = facts.items.select("item_id", "observed_until")
    checks = facts.readiness_checks.join(items, on="item_id")
    failed = pl.col("outcome") == "fail"
    owed = _hours(pl.coalesce("passed_at", "observed_until") - pl.col("checked_at")) / 24

    assert checks.filter(failed != pl.col("debt_days").is_not_null()).is_empty()
    assert checks.filter(failed != pl.col("is_filled_late").is_not_null()).is_empty()
    assert checks.filter(pl.col("debt_days") > owed + 1e-9).is_empty()
    assert checks.filter(pl.col("passed_at") < pl.col("checked_at")).is_empty()
    assert checks.filter("is_filled_late").filter(pl.col("passed_at").is_null()).is_empty()


@for_any_world
def test_a_handoff_is_ready_where_no_rule_failed(world: World) -> None:
    facts = facts_of(world.organisation)
    rule, outcome = pl.col("rule"), pl.col("outcome")
    judged = facts.readiness_checks.group_by("handoff_id").agg(
        failed=rule.filter(outcome == "fail").sort(), is_known=(outcome != "not_evaluable").any()
    )

    checked = facts.handoffs.join(judged, on="handoff_id", how="left")
    rest = checked.filter(pl.col("failed").is_null())
    assert rest["failed_rules"].null_count() == rest["is_ready"].null_count() == rest.height
    told = checked.drop_nulls("failed").select(
        pl.col("failed_rules").list.sort() == pl.col("failed"),
        pl.when("is_known").then(pl.col("failed").list.len() == 0).eq_missing(pl.col("is_ready")),
    )
    assert all(all(row) for row in told.rows())


# --- decisions ---------------------------------------------------------------------


@for_any_world
def test_a_request_is_decided_withdrawn_dropped_or_open(world: World) -> None:
    decisions = facts_of(world.organisation).decisions
    outcome = pl.col("outcome")

    assert set(decisions["outcome"]) <= {"decided", "withdrawn", "dropped", "open"}
    told = [
        ((outcome == "open") == pl.col("ended_at").is_null()),
        ((outcome == "open") == pl.col("is_open")),
        ((outcome == "decided") == pl.col("decided_at").is_not_null()),
        pl.col("decided_at").is_null() | (pl.col("decided_at") == pl.col("ended_at")),
        pl.col("ended_at").is_null() | (pl.col("ended_at") >= pl.col("requested_at")),
        (outcome == "decided") | pl.col("is_reversed").is_null(),
        (outcome == "decided") | pl.col("decided_by_role").is_null(),
    ]
    assert decisions.filter(~pl.all_horizontal(told)).is_empty()


@for_any_world
def test_a_verdict_is_reversed_within_the_window_or_it_holds(world: World) -> None:
    decisions = facts_of(world.organisation).decisions
    after = pl.col("reversed_at") - pl.col("decided_at")

    reversed_ = pl.col("is_reversed").fill_null(value=False)
    assert decisions.filter(reversed_ != pl.col("reversed_at").is_not_null()).is_empty()
    assert decisions.filter((after < timedelta()) | (after > _WINDOW)).is_empty()
    assert decisions.filter(pl.col("stable_at") < pl.col("decided_at")).is_empty()
    assert decisions.filter(reversed_ & (pl.col("stable_at") <= pl.col("decided_at"))).is_empty()


@for_any_world
def test_whoever_waits_in_a_stage_of_decision_has_asked_once(world: World) -> None:
    facts = facts_of(world.organisation)
    waits = facts.visits.filter(
        (pl.col("kind") == "ticket")
        & pl.col("stage_kind").is_in(["decision", "approval"])
        & (pl.col("entered_at") < pl.col("until"))
    )
    asked = facts.decisions.filter(pl.col("channel").is_in(["stage", "approval"]))

    spans = asked.select("item_id", "requested_at", answered_at="ended_at")
    pairs = waits.join(spans, on="item_id").filter(
        (pl.col("requested_at") <= pl.col("entered_at"))
        & (pl.col("until") <= pl.coalesce("answered_at", "until"))
    )
    assert pairs.height == waits.height


@for_any_world
def test_a_contest_answers_another_role_within_the_window(world: World) -> None:
    changes = facts_of(world.organisation).decision_changes
    earlier = changes.select(
        "item_id", "field", before="change_number", then="changed_at", by="actor_role"
    )

    answers = changes.filter("is_contest").join(earlier, on=["item_id", "field"])
    found = answers.filter(
        (pl.col("before") < pl.col("change_number"))
        & (pl.col("by") != pl.col("actor_role"))
        & (pl.col("changed_at") - pl.col("then") <= _WINDOW)
    )
    contests = changes.filter("is_contest").select("item_id", "change_number")
    assert set(found.select(contests.columns).rows()) == set(contests.rows())
    assert (
        changes.filter("is_contest")
        .filter(pl.col("is_bulk") | pl.col("actor_role").is_in(["bot", "?"]))
        .is_empty()
    )


@for_any_world
def test_changes_are_numbered_and_out_of_role_only_where_a_role_decides(world: World) -> None:
    changes = facts_of(world.organisation).decision_changes
    numbers = changes.group_by("item_id", maintain_order=True).agg("change_number")

    for told in numbers["change_number"].to_list():
        assert told == list(range(1, len(told) + 1))
    is_owned = pl.col("decision_right").is_in(["priority", "timeline"])
    is_ones_own = ~pl.col("actor_role").is_in(["bot", "?"]) & ~pl.col("is_bulk")
    is_judged = pl.col("is_out_of_role").is_not_null()
    assert changes.filter(is_judged != (is_owned & is_ones_own)).is_empty()
    assert changes.filter(pl.col("is_override") & pl.col("is_out_of_role")).is_empty()


# --- approvals ---------------------------------------------------------------------


@for_any_world
def test_a_request_for_an_approval_ends_with_a_verdict_or_without_or_is_open(world: World) -> None:
    requests = facts_of(world.organisation).approval_requests
    verdict, finding = pl.col("verdict"), pl.col("has_finding")
    is_verdict = verdict.is_in(["approved", "changes_requested"])

    assert requests.filter((verdict == "open") != pl.col("ended_at").is_null()).is_empty()
    assert requests.filter(pl.col("ended_at") < pl.col("requested_at")).is_empty()
    assert requests.filter(~is_verdict & finding.is_not_null()).is_empty()
    assert requests.filter((verdict == "changes_requested") & ~finding).is_empty()
    assert requests.filter(is_verdict & pl.col("decided_by_role").is_null()).is_empty()


@for_any_world
def test_the_approvals_of_an_item_sum_up_its_requests(world: World) -> None:
    facts = facts_of(world.organisation)
    lives = facts.items.select("item_id", "is_ended", life_ends_at="ended_at")
    asked = facts.approval_requests.join(lives, on="item_id").filter(
        (pl.col("asked_by") != "nobody")
        & (~pl.col("is_ended") | (pl.col("requested_at") <= pl.col("life_ends_at")))
    )
    sums = asked.group_by("item_id").agg(
        first_asked_at=pl.col("requested_at").min(), any_open=(pl.col("verdict") == "open").any()
    )

    told = facts.approvals.join(sums, on="item_id")
    assert told.height == facts.approvals.height == sums.height
    assert told.filter(pl.col("first_asked_at") != pl.col("first_requested_at")).is_empty()
    assert told.filter(pl.col("any_open") != pl.col("is_open")).is_empty()
    assert told.filter(pl.col("solo_hours") > pl.col("waiting_hours") + 1e-9).is_empty()
    assert told.filter(pl.col("depth") > pl.col("verdict_count")).is_empty()
    row = pl.col("approvers_in_series")
    assert told.filter(row > pl.min_horizontal("depth", "approvers_obtained")).is_empty()
    findings = pl.col("changes_requested_count") + pl.col("no_finding_count")
    assert told.filter(findings > pl.col("verdict_count")).is_empty()
