"""Estimates over items: they compare items with one another, and come after the facts of each.

Each is a function of facts that are not sent but read in place, so that a process holds only what
it uses.
"""

from concurrent.futures import Executor, Future
from datetime import datetime

import polars as pl

from pipelines.at_once import AT_ONCE
from pipelines.cohorts.scopes import Scopes
from pipelines.diagnosis import diagnoses
from pipelines.effects.designs import Teams
from pipelines.effects.judging import Question
from pipelines.flow import aging_work, stage_durations
from pipelines.handoffs import handoff_rates
from pipelines.histories.spans import begins
from pipelines.latency import latency_shares
from pipelines.policy import Policy
from pipelines.readiness import readiness_rules
from roadworthy.stages.attribution_estimates import attribution_estimates
from roadworthy.stages.constraint_estimates import constraint_estimates
from roadworthy.stages.effect_estimates import effect_estimates
from roadworthy.stages.horizons import Horizons, horizons
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.ledger_estimates import ledger_estimates
from roadworthy.stages.metric_figures import Asking, metric_figures, quantiles, whole_window
from roadworthy.stages.metrics import further_metrics, lead_time, weekly_metrics
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
    everything, facts = facts, of_whole_items(facts, cores)
    followed, asking = horizons(facts, policy, cores), _asking(facts, scopes, policy)
    begin = cores.submit
    # The longest first; then what the judgement of changes waits for.
    located = begin(_located, facts, scopes, policy, followed.lead_time)
    weekly = [begin(metric_figures, one, asking) for one in weekly_metrics(facts, policy, followed)]
    further = [begin(whole_window, one, scopes) for one in further_metrics(facts, policy, followed)]
    quantiles_of = begin(quantiles, lead_time(facts, followed), scopes)
    aging = begin(
        aging_work.aging_work,
        everything.visits,
        everything.items,
        before=_first_intervention(policy),
    )
    begun = {
        **ledger_estimates(facts, scopes, policy, cores),
        **_of_handoffs(facts, scopes, policy, followed, cores),
    }
    figures = [one.result() for one in weekly]
    windows = [one.summaries for one in figures]
    windows += [one.result() for one in (*further, quantiles_of)]
    weeks = pl.concat([one.weeks for one in figures])
    tables = {
        "aging_work": aging.result(),
        **effect_estimates(figures, asking, cores),
        "weekly_metrics": weeks.sort("metric", "scope", "week_on"),
        "metric_summaries": pl.concat(windows).sort("metric", "scope"),
        **located.result(),
        **{name: one.result() for name, one in begun.items()},
    }
    told = {**tables, "approvals": facts.approvals}
    return {**tables, "diagnoses": diagnoses.diagnoses(told, zone=policy.hours.zone)}


def _asking(facts: ItemFacts, scopes: Scopes, policy: Policy) -> Asking:
    """What is asked of every metric."""
    everyone = tuple(facts.items["team"].fill_null("").unique().sort())
    question = Question(policy.interventions, Teams(everyone, scopes.teams), policy.hours.zone)
    as_of = facts.items.select(pl.col("observed_until").max()).item()
    return Asking(scopes, question, facts.items, as_of)


def _located(
    facts: ItemFacts, scopes: Scopes, policy: Policy, horizon: float | None
) -> dict[str, pl.DataFrame]:
    """Where days are lost, and by whom or what: each table is asked for by the next."""
    shares = latency_shares.latency_shares(
        facts.latency_segments, facts.items, scopes, horizon=horizon
    )
    constrained = constraint_estimates(facts, shares, scopes, policy)
    attributed = attribution_estimates(facts, constrained["constraints"], policy, horizon=horizon)
    return {"latency_shares": shares, **constrained, **attributed}


def _of_handoffs(
    facts: ItemFacts, scopes: Scopes, policy: Policy, followed: Horizons, cores: Executor
) -> dict[str, Future[pl.DataFrame]]:
    """Stages, the handoffs between them, and the rules they are held to."""
    begin = cores.submit
    begun = {
        "stage_durations": begin(
            stage_durations.stage_durations, facts.visits, scopes, horizons=followed.stages
        ),
        "handoff_rates": begin(
            handoff_rates.handoff_rates, facts.handoffs, scopes, horizons=followed.edges
        ),
    }
    if policy.ready is None:
        return {**begun, "readiness_rules": begin(readiness_rules.no_rules)}
    rules = begin(
        readiness_rules.readiness_rules,
        facts.readiness_checks,
        facts.handoffs,
        scopes,
        ready=policy.ready,
    )
    return {**begun, "readiness_rules": rules}


def _first_intervention(policy: Policy) -> datetime | None:
    """The first instant of the day of the first intervention."""
    day = policy.first_intervention_on
    return None if day is None else begins(day, policy.hours.zone)
