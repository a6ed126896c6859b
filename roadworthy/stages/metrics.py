"""The metrics: who enters when, which end counts, and for how long subjects are followed.

Nothing is computed here: that happens where the figures of a metric are made
(:mod:`roadworthy.stages.metric_figures`).
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

import polars as pl

from pipelines.cohorts import attempt_cohorts, contests, metric_cohorts
from pipelines.decisions.decision_changes import decided_once, uses
from pipelines.policy import OPEN_KINDS, Policy
from roadworthy.stages.horizons import Horizons, duration_horizon
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.metric_figures import Asked

_Subjects: TypeAlias = Callable[[], pl.DataFrame]


def weekly_metrics(facts: ItemFacts, policy: Policy, horizons: Horizons) -> Iterator[Asked]:
    """Those that have a weekly series.

    Args:
        facts: those of whole items.
        policy: what was declared.
        horizons: for how long subjects are followed.
    """
    yield from _verdicts(facts, policy, horizons)
    yield from _promises(facts, policy)
    yield lead_time(facts, horizons)
    yield Asked("contest_rate", "outcome", partial(_contests, facts.decision_changes))
    yield Asked(
        "intake_bypass_rate", "outcome", partial(metric_cohorts.intake_bypass, facts.intake)
    )
    yield from _durations(facts, policy)
    yield from _stays(facts.visits, horizons)


def further_metrics(facts: ItemFacts, policy: Policy, horizons: Horizons) -> Iterator[Asked]:
    """Those that are given for the whole window only."""
    of_attempts = partial(_of_attempts, facts, policy)
    ledger = facts.commitments
    on_time = partial(metric_cohorts.on_time, ledger, verdict="is_on_time_current")
    yield Asked("on_time_rate_current", "outcome", on_time)
    ready_now = of_attempts(attempt_cohorts.readiness_now, facts.readiness_checks)
    yield Asked("readiness_pass_rate_now", "outcome", ready_now)
    yield Asked("silent_miss_rate", "outcome", partial(metric_cohorts.silent_miss, ledger))
    late = of_attempts(attempt_cohorts.late_return)
    yield Asked("late_return_rate", "share", late, horizons.lead_time)


def lead_time(facts: ItemFacts, horizons: Horizons) -> Asked:
    """From creation to done."""
    items = partial(metric_cohorts.lead_time, facts.items)
    return Asked("lead_time_days", "mean", items, horizons.lead_time)


def _verdicts(facts: ItemFacts, policy: Policy, horizons: Horizons) -> Iterator[Asked]:
    of_attempts = partial(_of_attempts, facts, policy)
    rejected, passed = (
        of_attempts(attempt_cohorts.rejection),
        of_attempts(attempt_cohorts.first_pass),
    )
    yield Asked("rejection_rate", "share", rejected, horizons.verdict)
    yield Asked("first_pass_yield", "share", passed, horizons.verdict)
    yield Asked("readiness_pass_rate", "outcome", of_attempts(attempt_cohorts.readiness))


def _promises(facts: ItemFacts, policy: Policy) -> Iterator[Asked]:
    ledger = facts.commitments
    on_time = partial(metric_cohorts.on_time, ledger, verdict="is_on_time")
    yield Asked("on_time_rate", "outcome", on_time)
    slipped = partial(metric_cohorts.first_slip, ledger, facts.date_moves)
    yield Asked("slip_rate", "share", slipped, partial(duration_horizon, policy=policy))


def _durations(facts: ItemFacts, policy: Policy) -> Iterator[Asked]:
    reworked = _of_attempts(facts, policy, attempt_cohorts.rework_days)
    for name, subjects in (
        ("decision_days", partial(_decision_days, facts.decisions)),
        ("approval_days", partial(metric_cohorts.approval_days, facts.approvals)),
        ("rework_days", reworked),
    ):
        yield Asked(name, "mean", subjects, partial(duration_horizon, policy=policy))


def _stays(visits: pl.DataFrame, horizons: Horizons) -> Iterator[Asked]:
    """The stays in each stage that is neither done nor dropped."""
    stages = visits.lazy().filter(pl.col("stage_kind").is_in(OPEN_KINDS)).select("stage")
    for stage in stages.unique().sort("stage").collect()["stage"]:
        stays = partial(_stays_in, visits, stage)
        yield Asked(f"time_in_stage_days:{stage}", "mean", stays, horizons.stages.get(stage))


def _stays_in(visits: pl.DataFrame, stage: str) -> pl.DataFrame:
    here = (pl.col("stage") == stage) & pl.col("stage_kind").is_in(OPEN_KINDS)
    return metric_cohorts.stage_stays(metric_cohorts.stays(visits, "stage_kind").filter(here))


def _of_attempts(
    facts: ItemFacts,
    policy: Policy,
    cohort: Callable[..., pl.DataFrame],
    *beside: pl.DataFrame,
) -> _Subjects:
    """A cohort of the attempts that are guarded, and of what else it is made of."""
    return partial(_of_guarded, facts.handoffs, policy.guarded_stage, cohort, *beside)


def _of_guarded(
    handoffs: pl.DataFrame,
    guards: str | None,
    cohort: Callable[..., pl.DataFrame],
    *beside: pl.DataFrame,
) -> pl.DataFrame:
    return cohort(attempt_cohorts.guarded(handoffs, guards), *beside)


def _contests(decision_changes: pl.DataFrame) -> pl.DataFrame:
    return contests.contests(decided_once(uses(decision_changes)))


def _decision_days(decisions: pl.DataFrame) -> pl.DataFrame:
    """Requests for a decision; those for an approval have a metric of their own."""
    asked = pl.col("channel").is_in(["stage", "flag"])
    return metric_cohorts.decision_days(decisions.filter(asked))
