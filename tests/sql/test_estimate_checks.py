"""The checks of the estimates: no share beyond all, no interval beside its estimate."""

import re

import pytest

from roadworthy.dictionary import tables
from roadworthy.warehouse import Warehouse
from tests.sql.rules import broken

SHARES_CHECK = "shares_lie_between_none_and_all"
INTERVALS_CHECK = "intervals_hold_their_estimate"

COLUMNS = [(table.name, column.name) for table in tables() for column in table.columns]

#: Everything that is a part of a whole. A release may gain more than it had, drift is no share, and
#: what is better than normal is an excess below nothing.
SHARES = [
    (table, column)
    for table, column in COLUMNS
    if re.search("share$|_rate$|_yield$|^rejected_when_|^efficiency_(low|high)$", column)
    and column not in ("injected_share", "drift_rate")
    and table not in ("data_audit", "constraints")
]

RANGES = ("cost_of_delay", "effect_diagnostics")

#: Each of these is a figure with the ends of its interval.
ESTIMATES = (
    "approval_steps mean_hours mean_low mean_high",
    "approval_steps no_finding_share no_finding_low no_finding_high",
    "attribution excess_days low high",
    "attribution persistence persistence_low persistence_high",
    "attribution_rules met_days met_low met_high",
    "attribution_rules excess_days excess_low excess_high",
    "constraints excess_days excess_low excess_high",
    "cost_of_delay quantity quantity_low quantity_high",
    "decision_rights effective_deciders effective_low effective_high",
    "decision_rights out_of_role_share out_of_role_low out_of_role_high",
    "decision_rights contest_rate contest_low contest_high",
    "decision_right_shares share share_low share_high",
    "decision_times mean_hours mean_low mean_high",
    "decision_times reversal_share reversal_low reversal_high",
    "flow_efficiency efficiency_low efficiency_low_low efficiency_low_high",
    "flow_efficiency efficiency_high efficiency_high_low efficiency_high_high",
    "flow_efficiency touch_high_hours touch_low_hours elapsed_hours",
    "forecast_drift drift_rate drift_low drift_high",
    "handoff_rates rejection_rate rejection_low rejection_high",
    "handoff_rates first_pass_yield first_pass_low first_pass_high",
    "handoff_rates two_attempts_share two_attempts_low two_attempts_high",
    "handoff_rates three_attempts_share three_attempts_low three_attempts_high",
    "handoff_rates mean_attempts mean_attempts_low mean_attempts_high",
    "early_signals ratio ratio_low ratio_high",
    "effect_series observed observed_low observed_high",
    "effect_series counterfactual counterfactual_low counterfactual_high",
    "intervention_effects estimate low high",
    "intervention_effects ratio ratio_low ratio_high",
    "latency_shares days_per_item low high",
    "latency_shares share share_low share_high",
    "metric_summaries estimate low high",
    "priority_churn changes_per_100_item_weeks changes_low changes_high",
    "published_figures estimate low high",
    "readiness_rules fail_rate fail_low fail_high",
    "readiness_rules rejection_lift lift_low lift_high",
    "stage_durations mean_days mean_low mean_high",
    "weekly_metrics estimate low high",
)


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
@pytest.mark.parametrize(("table", "column"), SHARES)
def test_a_share_of_less_than_none_or_more_than_all_is_found(
    ledger: Warehouse, table: str, column: str, share: float
) -> None:
    ledger.execute(f"update {table} set {column} = $1", [share])  # noqa: S608 - our own names

    assert any(table in detail for detail in broken(ledger, SHARES_CHECK))


@pytest.mark.parametrize("metric", ["on_time_rate", "readiness_pass_rate_now"])
def test_a_metric_that_is_a_share_is_held_to_it(ledger: Warehouse, metric: str) -> None:
    ledger.execute("update metric_summaries set estimate = 1.1 where metric = $1", [metric])

    assert broken(ledger, SHARES_CHECK) == [f"metric_summaries of organisation: {metric}"]


def test_rounding_is_no_fault(ledger: Warehouse) -> None:
    ledger.execute(
        "update approval_steps set solo_share = 1 + 1e-12, mean_high = mean_hours - 1e-12"
    )

    assert broken(ledger, SHARES_CHECK) == []
    assert broken(ledger, INTERVALS_CHECK) == []


@pytest.mark.parametrize("of", ESTIMATES)
def test_an_interval_beside_its_estimate_is_found(ledger: Warehouse, of: str) -> None:
    table, estimate, low, high = of.split()
    for end, beside in ((low, f"{estimate} + 0.1"), (high, f"{estimate} - 0.1")):
        ledger.execute(f"update {table} set {end} = {beside}")  # noqa: S608 - our own names
        assert any(table in detail for detail in broken(ledger, INTERVALS_CHECK))


def test_an_upper_end_of_nothing_is_found(ledger: Warehouse) -> None:
    ledger.execute("update metric_summaries set estimate = null where metric = 'on_time_rate'")

    assert broken(ledger, INTERVALS_CHECK) == ["metric_summaries of organisation: on_time_rate"]


def test_every_interval_is_held_to_its_estimate() -> None:
    held = {(of.split()[0], end) for of in ESTIMATES for end in of.split()[1:]}
    ends = {(table, column) for table, column in COLUMNS if re.search("(^|_)(low|high)$", column)}

    # What delay costs lies between two prices, and a diagnostic may have a range beside its figure.
    no_intervals = {(table, end) for table in RANGES for end in ("low", "high")}
    assert ends - held == no_intervals
