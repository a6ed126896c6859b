"""What the declared changes did: effects, what speaks against them, early signals, plans."""

from collections.abc import Sequence
from concurrent.futures import Executor

import polars as pl

from pipelines.cohorts.scopes import ORGANISATION
from pipelines.effects.dashboard import with_naive_ratios
from pipelines.effects.effect_diagnostics import effect_diagnostics
from pipelines.effects.effect_series import effect_series
from pipelines.effects.intervention_effects import intervention_effects, judge_all
from pipelines.effects.planning import visible_effects
from pipelines.effects.recurrence import recurrences
from roadworthy.stages.metric_figures import Asking, MetricFigures

_OF_STAGES = "time_in_stage_days:"


def effect_estimates(
    figures: Sequence[MetricFigures], asking: Asking, cores: Executor
) -> dict[str, pl.DataFrame]:
    """The tables by name.

    Args:
        figures: of the metrics that have a weekly series.
        asking: what was asked of them.
        cores: what judges the changes.
    """
    question = asking.question
    metrics = [one.sums for one in figures]
    judged = judge_all(metrics, question, cores)
    found = with_naive_ratios(judged, {one.sums.metric.name: one.ended for one in figures})
    plannable = [one for one in metrics if not one.metric.name.startswith(_OF_STAGES)]
    planned = {ORGANISATION: (), **{f"team:{team}": (team,) for team in question.teams.shown}}
    return {
        "intervention_effects": intervention_effects(found),
        "effect_diagnostics": effect_diagnostics(found),
        "effect_series": effect_series(found),
        "recurrences": recurrences(found),
        "early_signals": _by_change([one.signals for one in figures], asking),
        "visible_effects": visible_effects(
            plannable, question, planned, as_of=asking.as_of, cores=cores
        ),
    }


def _by_change(signals: Sequence[pl.DataFrame], asking: Asking) -> pl.DataFrame:
    """In the order of the changes, and of the metrics of each."""
    names = [change.name for change in asking.question.changes]
    found = pl.concat(signals)
    return pl.concat([found.clear(), *(found.filter(intervention=name) for name in names)])
