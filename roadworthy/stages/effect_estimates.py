"""What the declared changes did: effects, what speaks against them, early signals, plans."""

from collections.abc import Sequence
from concurrent.futures import Executor

import polars as pl

from pipelines.cohorts.cohorts import Cohort
from pipelines.cohorts.scopes import ORGANISATION, Scopes
from pipelines.effects.dashboard import with_naive_ratios
from pipelines.effects.designs import Teams
from pipelines.effects.early_signals import early_signals
from pipelines.effects.effect_diagnostics import effect_diagnostics
from pipelines.effects.effect_series import effect_series
from pipelines.effects.intervention_effects import intervention_effects, judge_all
from pipelines.effects.judging import Question
from pipelines.effects.metric_sums import MetricSums
from pipelines.effects.planning import visible_effects
from pipelines.effects.recurrence import recurrences
from pipelines.policy import Policy

_OF_STAGES = "time_in_stage_days:"


def effect_estimates(
    cohorts: Sequence[Cohort],
    items: pl.DataFrame,
    scopes: Scopes,
    policy: Policy,
    cores: Executor,
) -> dict[str, pl.DataFrame]:
    """The tables by name.

    Args:
        cohorts: the metrics that have a weekly series, with their subjects.
        items: item_id, team, parent_id, observed_until: those of the cohorts.
        scopes: the groups that may be shown.
        policy: the changes that were declared.
        cores: what judges the changes.
    """
    traits = items.select("item_id", "parent_id")
    metrics = [
        MetricSums.of(metric, cohort, traits, zone=policy.hours.zone) for metric, cohort in cohorts
    ]
    everyone = tuple(items["team"].fill_null("").unique().sort())
    question = Question(policy.interventions, Teams(everyone, scopes.teams), policy.hours.zone)
    by_name = {metric.name: cohort for metric, cohort in cohorts}
    judged = judge_all(metrics, question, cores)
    found = with_naive_ratios(judged, by_name, zone=policy.hours.zone)
    # Without an item there is no snapshot; no metric can be told then, and none asks for it.
    as_of = items.select(pl.col("observed_until").max()).item()
    plannable = [one for one in metrics if not one.metric.name.startswith(_OF_STAGES)]
    planned = {ORGANISATION: (), **{f"team:{team}": (team,) for team in scopes.teams}}
    return {
        "intervention_effects": intervention_effects(found),
        "effect_diagnostics": effect_diagnostics(found),
        "effect_series": effect_series(found),
        "recurrences": recurrences(found),
        "early_signals": early_signals(cohorts, question, as_of=as_of),
        "visible_effects": visible_effects(plannable, question, planned, as_of=as_of, cores=cores),
    }
