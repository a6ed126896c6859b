"""Estimates over items: they compare items with one another, and come after the facts of each."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from datetime import datetime

import polars as pl

from pipelines.at_once import AT_ONCE
from pipelines.cohorts import contests, metric_cohorts, weekly_metrics
from pipelines.cohorts.cohorts import Cohort, Metric
from pipelines.cohorts.scopes import Scopes
from pipelines.decisions.decision_changes import decided_once
from pipelines.diagnosis import diagnoses
from pipelines.flow import aging_work, stage_durations
from pipelines.handoffs import handoff_rates
from pipelines.histories.spans import begins
from pipelines.policy import OPEN_KINDS, Policy
from pipelines.readiness import readiness_rules
from roadworthy.stages.attribution_estimates import attribution_estimates
from roadworthy.stages.constraint_estimates import constraint_estimates
from roadworthy.stages.effect_estimates import effect_estimates
from roadworthy.stages.horizons import (
    duration_horizon,
    edge_horizons,
    stage_horizons,
    verdict_horizon,
)
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.ledger_estimates import ledger_estimates
from roadworthy.stages.whole_items import of_whole_items


def estimates(
    facts: ItemFacts, scopes: Scopes, policy: Policy, cores: Executor = AT_ONCE
) -> dict[str, pl.DataFrame]:
    """The estimated tables of ``main`` by name.

    Args:
        facts: those of all items.
        scopes: the groups that may be shown.
        policy: what was declared.
        cores: what computes the tables.
    """
    everything, facts = facts, of_whole_items(facts)
    lead_time = duration_horizon(metric_cohorts.lead_time(facts.items), policy)
    in_stages = stage_horizons(facts.visits, policy)
    weekly = [
        *_weekly_cohorts(facts, policy, lead_time_horizon=lead_time),
        *_stays(facts.visits, in_stages),
    ]
    # What others wait for is begun first.
    begun = {
        **ledger_estimates(facts, scopes, policy, lead_time_horizon=lead_time, cores=cores),
        "stage_durations": cores.submit(
            stage_durations.stage_durations, facts.visits, scopes, horizons=in_stages
        ),
        "handoff_rates": cores.submit(
            handoff_rates.handoff_rates,
            facts.handoffs,
            scopes,
            horizons=edge_horizons(facts.handoffs, policy),
        ),
    }
    further = _further_cohorts(facts, policy, lead_time_horizon=lead_time)
    summaries = weekly_metrics.metric_summaries([*weekly, *further], scopes, cores=cores)
    weeks = weekly_metrics.weekly_metrics(weekly, scopes, zone=policy.hours.zone, cores=cores)
    constrained = constraint_estimates(facts, begun["latency_shares"].result(), scopes, policy)
    quantiles = weekly_metrics.quantile_summaries(
        metric_cohorts.lead_time(facts.items), "lead_time_days", scopes
    )
    ready = policy.ready
    found = {
        "readiness_rules": readiness_rules.no_rules()
        if ready is None
        else readiness_rules.readiness_rules(
            facts.readiness_checks, facts.handoffs, scopes, ready=ready
        ),
        "aging_work": aging_work.aging_work(
            everything.visits, everything.items, before=_first_intervention(policy)
        ),
        **constrained,
        **attribution_estimates(facts, constrained["constraints"], policy, horizon=lead_time),
        **effect_estimates(weekly, facts.items, scopes, policy, cores),
        "weekly_metrics": weeks(),
        "metric_summaries": pl.concat([summaries(), quantiles]).sort("metric", "scope"),
        **{name: one.result() for name, one in begun.items()},
    }
    return {**found, "diagnoses": diagnoses.diagnoses({**found, "approvals": facts.approvals})}


def guarded(attempts: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The attempts the rates speak of: those a definition of ready guards, else all of them.

    One rate over every handoff of an organisation would mix reviews of code with decisions about
    products; ``handoff_rates`` has each of them.
    """
    if policy.ready is None:
        return attempts
    return attempts.filter(pl.col("to_stage") == policy.ready.guards)


def _first_intervention(policy: Policy) -> datetime | None:
    """The first instant of the day of the first intervention."""
    day = policy.first_intervention_on
    return None if day is None else begins(day, policy.hours.zone)


def _weekly_cohorts(
    facts: ItemFacts, policy: Policy, *, lead_time_horizon: float | None
) -> Iterator[Cohort]:
    """The metrics that have a weekly series."""
    attempts, ledger = guarded(facts.handoffs, policy), facts.commitments
    rejection = metric_cohorts.rejection(attempts)
    verdict = verdict_horizon(rejection, policy)
    yield Metric("rejection_rate", "share", verdict), rejection
    yield Metric("first_pass_yield", "share", verdict), metric_cohorts.first_pass(attempts)
    yield Metric("readiness_pass_rate", "outcome"), metric_cohorts.readiness(attempts)
    yield Metric("on_time_rate", "outcome"), metric_cohorts.on_time(ledger, verdict="is_on_time")
    slipped = metric_cohorts.first_slip(ledger, facts.date_moves)
    yield Metric("slip_rate", "share", duration_horizon(slipped, policy)), slipped
    yield (
        Metric("lead_time_days", "mean", lead_time_horizon),
        metric_cohorts.lead_time(facts.items),
    )
    yield (
        Metric("contest_rate", "outcome"),
        contests.contests(decided_once(facts.decision_changes)),
    )
    yield Metric("intake_bypass_rate", "outcome"), metric_cohorts.intake_bypass(facts.intake)
    for name, cohort in (
        ("decision_days", metric_cohorts.decision_days(_asked(facts))),
        ("approval_days", metric_cohorts.approval_days(facts.approvals)),
        ("rework_days", metric_cohorts.rework_days(attempts)),
    ):
        yield Metric(name, "mean", duration_horizon(cohort, policy)), cohort


def _stays(visits: pl.DataFrame, horizons: Mapping[str, float]) -> Iterator[Cohort]:
    """The stays in each stage that is neither done nor dropped."""
    open_stays = metric_cohorts.stays(visits, "stage_kind").filter(
        pl.col("stage_kind").is_in(OPEN_KINDS)
    )
    in_order = open_stays.sort("stage", maintain_order=True)
    for part in in_order.partition_by("stage", maintain_order=True):
        stage = part["stage"][0]
        metric = Metric(f"time_in_stage_days:{stage}", "mean", horizons.get(stage))
        yield metric, metric_cohorts.stage_stays(part)


def _asked(facts: ItemFacts) -> pl.DataFrame:
    """Requests for a decision; those for an approval have a metric of their own."""
    return facts.decisions.filter(pl.col("channel").is_in(["stage", "flag"]))


def _further_cohorts(
    facts: ItemFacts, policy: Policy, *, lead_time_horizon: float | None
) -> Iterator[Cohort]:
    """The metrics that are given for the whole window only."""
    attempts, ledger = guarded(facts.handoffs, policy), facts.commitments
    yield (
        Metric("on_time_rate_current", "outcome"),
        metric_cohorts.on_time(ledger, verdict="is_on_time_current"),
    )
    yield (
        Metric("readiness_pass_rate_now", "outcome"),
        metric_cohorts.readiness_now(attempts, facts.readiness_checks),
    )
    yield (
        Metric("silent_miss_rate", "outcome"),
        metric_cohorts.silent_miss(ledger),
    )
    yield (
        Metric("late_return_rate", "share", lead_time_horizon),
        metric_cohorts.late_return(attempts),
    )
