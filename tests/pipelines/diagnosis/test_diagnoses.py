"""The patterns: what decides each, what hints at it, what speaks against, and what cannot tell."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.approvals.approval_steps import APPROVAL_STEPS
from pipelines.attribution.attribution_tables import ATTRIBUTION, ATTRIBUTION_RULES
from pipelines.cohorts.weekly_metrics import METRIC_SUMMARIES
from pipelines.constraints.constraints import CONSTRAINTS
from pipelines.decisions.decision_rights import DECISION_RIGHTS
from pipelines.diagnosis.diagnoses import REMEDIES, diagnoses
from pipelines.diagnosis.patterns import PATTERNS
from pipelines.effects.intervention_effects import INTERVENTION_EFFECTS
from pipelines.latency.latency_shares import LATENCY_SHARES
from pipelines.statistics.estimate import share
from tests.pipelines.frames import INSTANT, at

SCHEMAS: dict[str, Any] = {
    "constraints": CONSTRAINTS,
    "attribution": ATTRIBUTION,
    "attribution_rules": ATTRIBUTION_RULES,
    "metric_summaries": METRIC_SUMMARIES,
    "decision_rights": DECISION_RIGHTS,
    "approval_steps": APPROVAL_STEPS,
    "latency_shares": LATENCY_SHARES,
    "intervention_effects": INTERVENTION_EFFECTS,
    "weekly_metrics": {
        "scope": pl.String,
        "metric": pl.String,
        "week_on": pl.Date,
        "estimate": pl.Float64,
        "is_mature": pl.Boolean,
    },
    "approvals": {
        "first_requested_at": INSTANT,
        "approvers_requested": pl.Int32,
        "approvers_obtained": pl.Int32,
        "approvers_in_series": pl.Int32,
        "is_open": pl.Boolean,
    },
}


def found(
    pattern: str, *, zone: str = "UTC", **tables: list[dict[str, Any]]
) -> tuple[str, list[str], list[str]]:
    """How a pattern stands, and what speaks for it and against it."""
    scope = {"scope": "organisation"}
    frames = {
        name: pl.DataFrame(
            [{**(scope if "scope" in schema else {}), **row} for row in tables.get(name, [])],
            schema=schema,
        )
        for name, schema in SCHEMAS.items()
    }
    (row,) = diagnoses(frames, zone=zone).filter(pl.col("pattern") == pattern).to_dicts()
    return row["standing"], row["speaks_for"], row["speaks_against"]


def ranked(cause: str, *, verdict: str, excess: float, low: float, **more: Any) -> dict[str, Any]:
    return {
        "rank": 1,
        "cause": cause,
        "cause_kind": cause.partition(":")[0],
        "excess_days": excess,
        "excess_low": low,
        "in_rank_set": verdict != "not_the_constraint",
        "verdict": verdict,
        **more,
    }


def rule(name: str, kind: str, *, is_cause: bool) -> dict[str, Any]:
    return {
        "rule": name,
        "rule_kind": kind,
        "exposed_share": 0.4,
        "met_days": 8.0,
        "excess_low": 1.0 if is_cause else -1.0,
        "is_cause": is_cause,
    }


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_of_nothing_nothing_can_be_told(pattern: str) -> None:
    assert found(pattern) == ("cannot_tell", [], [])


def test_every_pattern_suggests_a_change_of_the_system() -> None:
    assert set(REMEDIES) == set(PATTERNS)


def test_a_rule_of_readiness_that_costs_days_shows_that_readiness_is_undefined() -> None:
    rules = [
        rule("criteria", "readiness", is_cause=True),
        rule("estimate", "readiness", is_cause=False),
    ]
    assert found("undefined_readiness", attribution_rules=rules) == (
        "shown",
        ["40% are handed over without 'criteria', and take 8.0 days longer"],
        ["'estimate' costs nothing that can be seen"],
    )


def test_a_rule_that_costs_too_little_is_not_told_to_cost_nothing() -> None:
    little = {**rule("estimate", "readiness", is_cause=False), "met_days": 1.5, "excess_low": 0.1}
    assert found("undefined_readiness", attribution_rules=[little])[2] == [
        "what 'estimate' costs is too little, or too unsure, to be a cause"
    ]
    braced = rule("{estimate}", "readiness", is_cause=True)
    assert found("undefined_readiness", attribution_rules=[braced])[0] == "shown"


def test_an_interval_that_holds_the_limit_speaks_neither_for_a_pattern_nor_against_it() -> None:
    metric = {"estimate": 0.7, "low": 0.55, "high": 0.85, "items": 25}
    ready = {"metric": "readiness_pass_rate", **metric}
    bypass = {"metric": "intake_bypass_rate", **metric, "estimate": 0.12, "low": 0.04, "high": 0.3}
    right = {
        "decision_right": "timeline",
        "effective_deciders": 1.7,
        "effective_low": 1.4,
        "effective_high": 2.0,
    }
    step = {
        "step": "security",
        "verdicts": 40,
        "no_finding_share": 0.975,
        "no_finding_low": 0.87,
        "no_finding_high": 0.996,
    }
    seat = {
        "cause_class": "seat",
        "verdict": "structural",
        "persistence": 0.94,
        "persistence_low": 0.3,
        "persistence_high": 1.6,
    }
    open_: tuple[str, list[str], list[str]] = ("cannot_tell", [], [])
    assert found("undefined_readiness", metric_summaries=[ready]) == open_
    assert found("intake_bypass", metric_summaries=[bypass]) == open_
    assert found("joint_decision_right", decision_rights=[right]) == open_
    assert found("approvals_in_series", approval_steps=[step]) == open_
    assert found("holder_replaced_pattern_stayed", attribution=[seat]) == open_


def test_few_ready_handoffs_alone_are_a_hint() -> None:
    ready = {"metric": "readiness_pass_rate", "estimate": 0.4, "low": 0.3, "high": 0.5, "items": 90}
    assert found("undefined_readiness", metric_summaries=[ready])[0] == "hinted"
    assert (
        found("undefined_readiness", metric_summaries=[{**ready, "items": 19}])[0] == "cannot_tell"
    )
    most = {**ready, "estimate": 0.9, "low": 0.8, "high": 0.95}
    assert found("undefined_readiness", metric_summaries=[most])[0] == "not_shown"


def test_a_wait_for_a_decision_that_is_the_constraint_shows_a_joint_right() -> None:
    wait = ranked("decision_wait:Roadmap", verdict="constraint", excess=7.0, low=6.0)
    sentence = (
        "waiting for a decision costs 7.0 days per item beyond normal (Roadmap), and nothing costs "
        "more"
    )
    assert found("joint_decision_right", constraints=[wait]) == ("shown", [sentence], [])


def test_a_cause_that_may_be_nothing_and_may_be_the_first_is_neither_denied_nor_shown() -> None:
    wait = ranked("approval_wait:Review", verdict="one_of_several", excess=5.8, low=-2.9)
    assert found("approvals_in_series", constraints=[wait]) == ("cannot_tell", [], [])
    small = ranked("approval_wait:Review", verdict="not_the_constraint", excess=0.1, low=-0.2)
    assert found("approvals_in_series", constraints=[small]) == (
        "not_shown",
        [],
        ["waiting for approval costs no days beyond normal that can be seen"],
    )


def test_a_cause_that_may_be_the_first_of_hardly_anything_is_told_to_cost_little() -> None:
    """Where nothing is wrong some wait is an hour beyond normal for sure, and none is longer."""
    little: dict[str, Any] = {
        "verdict": "one_of_several",
        "excess": 0.2,
        "low": 0.02,
        "share": 0.009,
    }
    wait = ranked("approval_wait:Review", **little)
    sentence = (
        "waiting for approval costs 0.2 days per item beyond normal: too little to speak for a "
        "pattern"
    )
    assert found("approvals_in_series", constraints=[wait]) == ("not_shown", [], [sentence])
    assert found("dependency", constraints=[ranked("external", **little)])[0] == "not_shown"
    queue = ranked("queue:Ready", **little)
    assert found("capacity_queue", constraints=[queue])[0] == "not_shown"
    first = ranked("external", **{**little, "verdict": "constraint"})
    assert found("dependency", constraints=[first])[0] == "shown"


def test_that_nothing_costs_more_is_said_of_the_first_cause_alone() -> None:
    several = {"verdict": "one_of_several"}
    causes = [
        ranked("queue:Ready", excess=9.0, low=4.0, **several),
        ranked("rework:Review->Merge", excess=3.0, low=0.2, rank=2, **several),
    ]
    standing, [sentence], _ = found("undefined_readiness", constraints=causes)
    assert standing == "hinted"
    assert sentence == (
        "sending work back costs 3.0 days per item beyond normal (Review->Merge), and none is "
        "shown to cost more"
    )


def test_of_a_kind_the_cause_whose_days_can_be_seen_speaks_before_a_larger_that_may_be_none() -> (
    None
):
    several = {"verdict": "one_of_several"}
    queues = [
        ranked("queue:Open", excess=31.0, low=-6.0, **several),
        ranked("queue:Ready", excess=9.0, low=4.0, rank=2, **several),
    ]
    standing, for_it, against = found("capacity_queue", constraints=queues)
    assert (standing, against) == ("hinted", [])
    assert for_it[0].startswith("waiting in a queue costs 9.0 days per item beyond normal (Ready)")


def test_counts_are_written_as_everywhere_on_the_page() -> None:
    step = {
        "channel": "review",
        "step": "engineering",
        "no_finding_share": 0.98,
        "no_finding_low": 0.97,
    }
    many = [{**step, "verdicts": 1213}]
    takes = [waits("approval_wait:Review", 0.2)]
    _, for_it, _ = found("approvals_in_series", approval_steps=many, latency_shares=takes)
    (sentence,) = for_it
    assert sentence.startswith("'engineering' finds nothing in 98% of its 1,213 verdicts, ")


def waits(component: str, taken: float | None) -> dict[str, Any]:
    """What part of an item's time a component takes."""
    return {"component": component, "cause_kind": component.partition(":")[0], "share": taken}


def free(step: str, channel: str, verdicts: int = 400) -> dict[str, Any]:
    """A step that never found anything."""
    never = share(1.0, 0.0, verdicts)
    return {
        "channel": channel,
        "step": step,
        "verdicts": verdicts,
        "no_finding_share": never.value,
        "no_finding_low": never.low,
        "no_finding_high": never.high,
    }


def test_a_step_that_never_found_anything_speaks_from_73_verdicts_on() -> None:
    takes = [waits("approval_wait:Board", 0.2)]
    for verdicts, standing in ((72, "cannot_tell"), (73, "hinted")):
        steps = [free("Board", "approval", verdicts)]
        told = found("approvals_in_series", approval_steps=steps, latency_shares=takes)
        assert told[0] == standing


@pytest.mark.parametrize(
    ("taken", "standing", "told"),
    [
        (0.05, "hinted", "and waiting for it takes 5%"),
        (0.02, "not_shown", "but waiting for it takes only 2%"),
    ],
)
def test_an_approval_that_finds_nothing_and_takes_no_time_speaks_against_approvals(
    taken: float, standing: str, told: str
) -> None:
    takes = [waits("approval_wait:Board", taken), waits("approval_wait:Lawyers", 0.4)]
    steps = [free("Board", "approval")]
    found_so = found("approvals_in_series", approval_steps=steps, latency_shares=takes)
    sentence = f"'Board' finds nothing in 100% of its 400 verdicts, {told} of an item's time"
    assert found_so[0] == standing
    assert found_so[1] + found_so[2] == [sentence]


def test_an_approval_whose_stage_owns_no_time_takes_none() -> None:
    takes, steps = [waits("approval_wait:Lawyers", 0.4)], [free("Board", "approval")]
    told = found("approvals_in_series", approval_steps=steps, latency_shares=takes)
    (sentence,) = told[2]
    assert sentence.endswith(", but waiting for it takes only 0% of an item's time")


def test_reviews_share_what_waiting_takes_that_is_in_no_approval_of_its_own() -> None:
    steps = [free("team:web", "review"), free("Board", "approval")]
    takes = [waits("approval_wait:Board", 0.4), waits("approval_wait:review required", 0.01)]
    told = found("approvals_in_series", approval_steps=steps, latency_shares=takes)
    never = "finds nothing in 100% of its 400 verdicts, "
    assert told == (
        "hinted",
        [f"'Board' {never}and waiting for it takes 40% of an item's time"],
        [f"'team:web' {never}but waiting for reviews takes only 1% of an item's time"],
    )


@pytest.mark.parametrize(
    ("channel", "takes"),
    [
        pytest.param("approval", [], id="no latency is known"),
        pytest.param("approval", [waits("approval_wait:Board", None)], id="nor a share of it"),
        pytest.param("review", [waits("queue:Review", 0.3)], id="reviews are given elsewhere"),
    ],
)
def test_of_an_approval_that_takes_nobody_knows_what_nothing_is_told(
    channel: str, takes: list[dict[str, Any]]
) -> None:
    steps = [free("Board", channel)]
    told = found("approvals_in_series", approval_steps=steps, latency_shares=takes)
    assert told == ("cannot_tell", [], [])


def test_a_right_of_many_hands_is_a_hint() -> None:
    right = {"decision_right": "timeline", "effective_deciders": 2.4, "effective_low": 1.9}
    assert found("joint_decision_right", decision_rights=[right])[0] == "hinted"
    alone = {**right, "effective_deciders": 1.02, "effective_low": 1.0, "effective_high": 1.1}
    assert found("joint_decision_right", decision_rights=[alone])[2] == [
        "'timeline' is in fact decided by one role"
    ]


def test_seven_approvals_in_a_row_are_a_hint_and_side_by_side_they_are_none() -> None:
    def approved(count: int, *, row: int, **more: Any) -> dict[str, Any]:
        return {"approvers_obtained": count, "approvers_in_series": row, "is_open": False, **more}

    seven = [approved(7, row=7)] * 25 + [approved(1, row=1)] * 5
    assert found("approvals_in_series", approvals=seven) == (
        "hinted",
        ["half of the approved changes took 7 approvals or more, one after the other"],
        [],
    )
    few = ["most approved changes took fewer than 3 approvals one after the other"]
    side_by_side = [approved(7, row=1)] * 25
    assert found("approvals_in_series", approvals=side_by_side) == ("not_shown", [], few)
    unfinished = [approved(2, row=2, is_open=True)] * 25
    for changes in (seven[:19], seven[:19] + unfinished):
        assert found("approvals_in_series", approvals=changes)[0] == "cannot_tell"
    half = [approved(7, row=7)] * 12 + [approved(1, row=1)] * 12
    assert found("approvals_in_series", approvals=half)[0] == "cannot_tell"


def test_approvals_that_find_nothing_are_a_hint_and_their_wait_decides() -> None:
    step = {
        "channel": "review",
        "step": "security",
        "verdicts": 400,
        "no_finding_share": 0.99,
        "no_finding_low": 0.97,
    }
    takes = [waits("approval_wait:Review", 0.2)]
    by_reviews = "and waiting for reviews takes 20% of an item's time"
    assert found("approvals_in_series", approval_steps=[step], latency_shares=takes) == (
        "hinted",
        [f"'security' finds nothing in 99% of its 400 verdicts, {by_reviews}"],
        [],
    )
    useful = {**step, "no_finding_share": 0.7, "no_finding_low": 0.65, "no_finding_high": 0.74}
    assert found("approvals_in_series", approval_steps=[useful]) == (
        "not_shown",
        [],
        ["'security' finds something in 30% of its 400 verdicts"],
    )
    wait = ranked("approval_wait:Review", verdict="one_of_several", excess=3.0, low=1.0)
    assert found("approvals_in_series", constraints=[wait])[0] == "shown"


def test_a_queue_that_grows_decides_only_where_it_costs() -> None:
    growing = {"queue_trend": "growing"}
    first = ranked("queue:Ready", verdict="constraint", excess=3.0, low=1.0, **growing)
    assert found("capacity_queue", constraints=[first])[0] == "shown"
    other = ranked("queue:Ready", verdict="not_the_constraint", excess=0.1, low=-1.0, **growing)
    assert found("capacity_queue", constraints=[other])[0] == "hinted"
    steady = {**other, "queue_trend": "steady"}
    assert found("capacity_queue", constraints=[steady])[2][-1] == "no queue grows"


def test_a_queue_that_costs_most_and_does_not_grow_is_a_delay_and_no_want_of_hands() -> None:
    steady = {"queue_trend": "steady"}
    first = ranked("queue:Open", verdict="constraint", excess=167.0, low=90.0, **steady)
    assert found("capacity_queue", constraints=[first]) == (
        "hinted",
        ["waiting in a queue costs 167 days per item beyond normal (Open), and nothing costs more"],
        ["no queue grows"],
    )


def test_scope_changes_that_cost_days_show_churn() -> None:
    rules = [rule("scope_changed", "scope_changed", is_cause=True)]
    assert found("scope_churn", attribution_rules=rules)[0] == "shown"
    none = [rule("scope_changed", "scope_changed", is_cause=False)]
    assert found("scope_churn", attribution_rules=none)[2] == [
        "a change of scope costs nothing that can be seen"
    ]
    together = [rule("several_deciders", "several_deciders", is_cause=False)]
    assert found("joint_decision_right", attribution_rules=together)[2] == [
        "deciding together costs nothing that can be seen"
    ]


def test_work_past_intake() -> None:
    bypass = {"metric": "intake_bypass_rate", "estimate": 0.3, "low": 0.2, "high": 0.4, "items": 90}
    assert found("intake_bypass", metric_summaries=[bypass])[0] == "shown"
    rare = {**bypass, "estimate": 0.05, "low": 0.02, "high": 0.08}
    assert found("intake_bypass", metric_summaries=[rare])[0] == "not_shown"


def test_waiting_for_others() -> None:
    wait = ranked("external", verdict="constraint", excess=4.0, low=2.0)
    assert found("dependency", constraints=[wait])[0] == "shown"


def committees(*, asked: tuple[int, int], sent_back: tuple[float, float]) -> dict[str, Any]:
    """Two half years, week by week: approvals asked of a change, and the share sent back."""
    weeks = [date(2025, 1, 6) + timedelta(weeks=week) for week in range(52)]
    return {
        "approvals": [
            {
                "first_requested_at": at(f"{day}") + timedelta(days=change),
                "approvers_requested": asked[week // 26] + (week + change) % 2,
            }
            for week, day in enumerate(weeks)
            for change in range(3)
        ],
        "weekly_metrics": [
            {
                "metric": "rejection_rate",
                "week_on": day,
                "estimate": sent_back[week // 26] + 0.01 * (week % 3),
                "is_mature": True,
            }
            for week, day in enumerate(weeks)
        ],
    }


def test_more_approvals_and_as_many_rejections_are_committees_without_clarity() -> None:
    standing, speaks_for, _ = found(
        "committees_grew", **committees(asked=(1, 3), sent_back=(0.3, 0.3))
    )
    assert standing == "shown"
    assert speaks_for[0] == "2.0 approvals more are asked of a change than half a year before"


def test_more_approvals_and_fewer_rejections_are_not() -> None:
    standing, _, against = found(
        "committees_grew", **committees(asked=(1, 3), sent_back=(0.4, 0.2))
    )
    assert standing == "hinted"
    assert against == ["the share sent back changed by \N{MINUS SIGN}20 points"]


def test_as_many_approvals_as_before_are_not() -> None:
    told = found("committees_grew", **committees(asked=(2, 2), sent_back=(0.3, 0.3)))
    assert told[0] == "not_shown"


def test_a_few_more_approvals_that_may_be_none_are_not_told_as_more() -> None:
    weeks = [date(2025, 1, 6) + timedelta(weeks=week) for week in range(52)]
    approvals = [
        {
            "first_requested_at": at(f"{day}"),
            "approvers_requested": 8 * (week % 2) + int(week >= 26),
        }
        for week, day in enumerate(weeks)
    ]
    assert found("committees_grew", approvals=approvals) == (
        "not_shown",
        [],
        ["it cannot be seen that more approvals are asked of a change than half a year before"],
    )


def test_the_weeks_of_approvals_are_those_of_the_organisation() -> None:
    """A Monday morning in Sydney is a Sunday in UTC: there each is of the week before it."""
    starts = [date(2025, 1, 6) + timedelta(weeks=3 * pair) for pair in range(17)]
    approvals = [
        {
            "first_requested_at": at(f"{day}") + timedelta(days=later),
            "approvers_requested": 1 + 2 * (day >= date(2025, 6, 20)),
        }
        for day in starts
        for later in (2, 6.9)
    ]
    more = ["2.0 approvals more are asked of a change than half a year before"]
    assert found("committees_grew", zone="Australia/Sydney", approvals=approvals)[1] == more
    assert found("committees_grew", approvals=approvals)[0] == "cannot_tell"


def person(verdict: str, posterior: float | None = 0.1) -> list[dict[str, Any]]:
    return [
        {
            "cause_class": "person",
            "verdict": verdict,
            "excess_days": 4.0,
            "posterior": posterior,
        }
    ]


def test_one_person_is_shown_only_by_an_individual_verdict() -> None:
    assert found("one_person", attribution=person("individual"))[0] == "shown"
    assert found("one_person", attribution=person("mixed"))[0] == "shown"
    assert found("one_person", attribution=person("structural"))[0] == "not_shown"
    assert found("one_person", attribution=person("not_identifiable"))[0] == "cannot_tell"


def test_of_people_nothing_is_denied_where_one_and_a_seat_cannot_be_told_apart() -> None:
    either = {"cause_class": "seat_or_person", "verdict": "structural", "excess_days": 2.0}
    told = [*person("structural"), either]
    assert found("one_person", attribution=told) == ("cannot_tell", [], [])
    assert found("one_person", attribution=[*person("mixed"), {**either, "verdict": "mixed"}])[
        0
    ] == ("shown")


def test_of_people_nothing_is_denied_where_nobody_could_be_asked_about() -> None:
    told = found("one_person", attribution=person("structural", posterior=None))
    assert told == ("cannot_tell", [], [])


def test_a_seat_whose_delay_outlived_its_holder() -> None:
    seat = {
        "cause_class": "seat",
        "verdict": "structural",
        "persistence": 0.94,
        "persistence_low": 0.81,
        "persistence_high": 1.07,
    }
    assert found("holder_replaced_pattern_stayed", attribution=[seat]) == (
        "shown",
        ["94% of a seat's delay was left after its holder changed"],
        [],
    )
    left = {**seat, "persistence": 0.1, "persistence_low": 0.0, "persistence_high": 0.4}
    assert found("holder_replaced_pattern_stayed", attribution=[left])[0] == "not_shown"


def test_a_replacement_that_was_shown_not_to_help() -> None:
    effect = {
        "intervention": "New head",
        "intervention_kind": "replacement",
        "is_primary": True,
        "verdict": "shown_not_to_help",
    }
    told = found("holder_replaced_pattern_stayed", intervention_effects=[effect])
    assert told == ("shown", ["'New head' was shown not to help"], [])
    open_ = {**effect, "verdict": "not_shown"}
    assert found("holder_replaced_pattern_stayed", intervention_effects=[open_])[0] == "cannot_tell"
