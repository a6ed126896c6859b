"""Estimates over items: they compare items with one another, and come after the facts of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.cohorts import metric_cohorts, weekly_metrics
from pipelines.cohorts.cohorts import Metric, horizon_of
from pipelines.cohorts.scopes import Scopes
from pipelines.decisions.decision_changes import decided_once
from pipelines.flow import aging_work, stage_durations
from pipelines.handoffs import handoff_rates
from pipelines.policy import OPEN_KINDS, Policy
from pipelines.readiness import readiness_rules
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.ledger_estimates import ledger_estimates
from roadworthy.stages.whole_items import in_groups, of_whole_items

_VERDICT_QUANTILE = 0.95
_DURATION_QUANTILE = 0.90

Cohort = tuple[Metric, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class _Horizons:
    """How long subjects are followed, read off the time before the first intervention."""

    verdict: float | None
    lead_time: float | None


def estimates(facts: ItemFacts, scopes: Scopes, policy: Policy) -> dict[str, pl.DataFrame]:
    """The estimated tables of ``main`` by name."""
    everything = in_groups(facts)
    facts = of_whole_items(everything)
    horizons = _horizons(facts, policy)
    weekly = list(_weekly_cohorts(facts, horizons, policy))
    ready = policy.ready
    return {
        "weekly_metrics": weekly_metrics.weekly_metrics(weekly, scopes, zone=policy.hours.zone),
        "metric_summaries": pl.concat(
            [
                weekly_metrics.metric_summaries(
                    [*weekly, *_further_cohorts(facts, horizons, policy)], scopes
                ),
                weekly_metrics.quantile_summaries(
                    metric_cohorts.lead_time(facts.items), "lead_time_days", scopes
                ),
            ]
        ).sort("metric", "scope"),
        "stage_durations": stage_durations.stage_durations(facts.visits, scopes),
        "handoff_rates": handoff_rates.handoff_rates(
            facts.handoffs, scopes, horizons=_edge_horizons(facts, policy)
        ),
        "readiness_rules": readiness_rules.no_rules()
        if ready is None
        else readiness_rules.readiness_rules(
            facts.readiness_checks, facts.handoffs, scopes, ready=ready
        ),
        "aging_work": aging_work.aging_work(
            everything.visits, everything.items, before=_first_intervention(policy)
        ),
        **ledger_estimates(facts, scopes, policy, lead_time_horizon=horizons.lead_time),
    }


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
    if day is None:
        return None
    return datetime.combine(day, time(), ZoneInfo(policy.hours.zone)).astimezone(UTC)


def _horizons(facts: ItemFacts, policy: Policy) -> _Horizons:
    zone = ZoneInfo(policy.hours.zone)
    attempts = _before(
        metric_cohorts.rejection(guarded(facts.handoffs, policy)),
        policy.first_intervention_on,
        zone,
    )
    lead = _before(metric_cohorts.lead_time(facts.items), policy.first_intervention_on, zone)
    return _Horizons(
        horizon_of(attempts, _VERDICT_QUANTILE),
        _within_reach(lead, horizon_of(lead, _DURATION_QUANTILE)),
    )


def _edge_horizons(facts: ItemFacts, policy: Policy) -> dict[tuple[str, str], float]:
    """By pair of stages, how long its attempts are followed: each handoff has its own pace."""
    zone = ZoneInfo(policy.hours.zone)
    found = {}
    for part in facts.handoffs.partition_by("from_stage", "to_stage", maintain_order=True):
        attempts = _before(metric_cohorts.rejection(part), policy.first_intervention_on, zone)
        if (horizon := horizon_of(attempts, _VERDICT_QUANTILE)) is not None:
            found[part["from_stage"][0], part["to_stage"][0]] = horizon
    return found


def _before(cohort: pl.DataFrame, day: date | None, zone: ZoneInfo) -> pl.DataFrame:
    """The part of a cohort that entered before the first intervention, if there was one."""
    if day is None:
        return cohort
    early = cohort.filter(pl.col("entered_at").dt.convert_time_zone(zone.key).dt.date() < day)
    return early if not early.is_empty() else cohort


def _within_reach(cohort: pl.DataFrame, horizon: float | None) -> float | None:
    """No longer than half the window: a longer horizon would leave hardly a mature week."""
    if horizon is None:
        return None
    instant = pl.col("entered_at")
    window = cohort.select((instant.max() - instant.min()).dt.total_seconds()).item()
    half = float(window) / 86_400 / 2
    return min(horizon, half) if half > 0 else horizon


def _weekly_cohorts(facts: ItemFacts, horizons: _Horizons, policy: Policy) -> Iterator[Cohort]:
    """The metrics that have a weekly series."""
    attempts, ledger = guarded(facts.handoffs, policy), facts.commitments
    yield Metric("rejection_rate", "share", horizons.verdict), metric_cohorts.rejection(attempts)
    yield Metric("first_pass_yield", "share", horizons.verdict), metric_cohorts.first_pass(attempts)
    yield Metric("readiness_pass_rate", "share"), metric_cohorts.readiness(attempts)
    yield Metric("on_time_rate", "share"), metric_cohorts.on_time(ledger, verdict="is_on_time")
    slipped = metric_cohorts.first_slip(ledger, facts.date_moves)
    horizon = _within_reach(slipped, horizon_of(slipped, _DURATION_QUANTILE))
    yield Metric("slip_rate", "share", horizon), slipped
    yield (
        Metric("lead_time_days", "mean", horizons.lead_time),
        metric_cohorts.lead_time(facts.items),
    )
    yield (
        Metric("contest_rate", "share"),
        metric_cohorts.contests(decided_once(facts.decision_changes)),
    )
    yield Metric("intake_bypass_rate", "share"), metric_cohorts.intake_bypass(facts.intake)
    for name, cohort in (
        ("decision_days", metric_cohorts.decision_days(_asked(facts))),
        ("approval_days", metric_cohorts.approval_days(facts.approvals)),
        ("rework_days", metric_cohorts.rework_days(attempts)),
    ):
        horizon = _within_reach(cohort, horizon_of(cohort, _DURATION_QUANTILE))
        yield Metric(name, "mean", horizon), cohort
    open_stays = facts.visits.filter(pl.col("stage_kind").is_in(OPEN_KINDS))
    for (stage,), stays in sorted(
        open_stays.partition_by("stage", as_dict=True).items(), key=lambda item: str(item[0][0])
    ):
        cohort = metric_cohorts.stage_stays(stays)
        horizon = _within_reach(cohort, horizon_of(cohort, _DURATION_QUANTILE))
        yield Metric(f"time_in_stage_days:{stage}", "mean", horizon), cohort


def _asked(facts: ItemFacts) -> pl.DataFrame:
    """Requests for a decision; those for an approval have a metric of their own."""
    return facts.decisions.filter(pl.col("channel").is_in(["stage", "flag"]))


def _further_cohorts(facts: ItemFacts, horizons: _Horizons, policy: Policy) -> Iterator[Cohort]:
    """The metrics that are given for the whole window only."""
    attempts, ledger = guarded(facts.handoffs, policy), facts.commitments
    yield (
        Metric("on_time_rate_current", "share"),
        metric_cohorts.on_time(ledger, verdict="is_on_time_current"),
    )
    yield (
        Metric("readiness_pass_rate_now", "share"),
        metric_cohorts.readiness_now(attempts, facts.readiness_checks),
    )
    yield (
        Metric("silent_miss_rate", "share"),
        metric_cohorts.silent_miss(ledger),
    )
    yield (
        Metric("late_return_rate", "share", horizons.lead_time),
        metric_cohorts.late_return(attempts),
    )
