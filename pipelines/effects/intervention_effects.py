"""Every change by every metric: the rows of ``main.intervention_effects``."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace

import polars as pl

from pipelines.at_once import AT_ONCE
from pipelines.effects.effects import probability_improved, two_sided
from pipelines.effects.judged import Judged
from pipelines.effects.judging import Question, judged
from pipelines.effects.metric_sums import MetricSums
from pipelines.effects.verdicts import DISCOVERIES, discoveries, worth_having
from pipelines.statistics.rounding import rounded

INTERVENTION_EFFECTS = pl.Schema(
    {
        "intervention": pl.String(),
        "intervention_kind": pl.String(),
        "metric": pl.String(),
        "is_primary": pl.Boolean(),
        "unit": pl.String(),
        "estimate": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "counterfactual_level": pl.Float64(),
        "ratio": pl.Float64(),
        "ratio_low": pl.Float64(),
        "ratio_high": pl.Float64(),
        "probability_improved": pl.Float64(),
        "probability_useful": pl.Float64(),
        "verdict": pl.String(),
        "design_grade": pl.String(),
        "false_discovery_rate": pl.Float64(),
        "bucket": pl.String(),
        "buckets_before": pl.Int32(),
        "buckets_after": pl.Int32(),
        "buckets_immature": pl.Int32(),
        "items_before": pl.Int32(),
        "items_after": pl.Int32(),
        "teams": pl.List(pl.String()),
        "comparison_teams": pl.List(pl.String()),
        "naive_ratio": pl.Float64(),
        "smallest_visible_effect": pl.Float64(),
        "caveats": pl.List(pl.String()),
    }
)


def judge_all(
    metrics: Sequence[MetricSums], question: Question, cores: Executor = AT_ONCE
) -> list[Judged]:
    """Judge every change by every metric, in the order of changes, then of metrics.

    Args:
        metrics: with their sums.
        question: the changes, and the teams.
        cores: what judges them.
    """
    by_name = {one.metric.name: one for one in metrics}
    asked = [
        cores.submit(judged, change, one, by_name.get(change.placebo_metric or ""), question)
        for change in question.changes
        for one in metrics
    ]
    return _with_discoveries([one.result() for one in asked])


def _with_discoveries(judged: Sequence[Judged]) -> list[Judged]:
    """Hold the metrics that were not declared to the false discovery rate, all of them together."""
    beliefs = {
        place: one.effect.belief
        for place, one in enumerate(judged)
        if one.effect is not None and not one.is_primary
    }
    rates = discoveries([two_sided(belief) for belief in beliefs.values()])
    of_places = dict(zip(beliefs, rates, strict=True))
    return [_held_to(one, of_places.get(place)) for place, one in enumerate(judged)]


def _held_to(one: Judged, rate: float | None) -> Judged:
    is_chance = rate is not None and rate > DISCOVERIES
    if is_chance and one.verdict in ("improved", "worsened"):
        caveats = (*one.caveats, "one_of_many_tested")
        return replace(one, rate=rate, verdict="not_shown", caveats=caveats)
    return replace(one, rate=rate)


def intervention_effects(judged: Sequence[Judged]) -> pl.DataFrame:
    """The rows, in the order given."""
    return pl.DataFrame([_row(one) for one in judged], schema=INTERVENTION_EFFECTS)


def _row(one: Judged) -> dict[str, object]:
    return {
        "intervention": one.change.name,
        "intervention_kind": one.change.kind,
        "metric": one.metric.name,
        "is_primary": one.is_primary,
        "unit": "days" if one.metric.kind == "mean" else "share",
        "verdict": one.verdict,
        "design_grade": one.grade,
        "false_discovery_rate": rounded(one.rate),
        "naive_ratio": rounded(one.naive),
        "caveats": list(one.caveats),
        **_design(one),
        **_effect(one),
    }


def _design(one: Judged) -> dict[str, object]:
    sides = [part.concerned for part in one.contrasts]
    before = [part.mature("before") for part in one.contrasts]
    after = [part.mature("after") for part in one.contrasts]
    comparison = {team for part in one.contrasts for team in part.design.comparison}
    return {
        "bucket": one.contrasts[0].unit if one.contrasts else None,
        "buckets_before": min((int(rows.sum()) for rows in before), default=0),
        "buckets_after": max((int(rows.sum()) for rows in after), default=0),
        "buckets_immature": max((int((~side.is_mature).sum()) for side in sides), default=0),
        "items_before": sum(
            int(side.subjects[rows].sum()) for side, rows in zip(sides, before, strict=True)
        ),
        "items_after": sum(
            int(side.subjects[rows].sum()) for side, rows in zip(sides, after, strict=True)
        ),
        "teams": [team for part in one.contrasts for team in part.design.concerned],
        "comparison_teams": sorted(comparison),
    }


def _effect(one: Judged) -> dict[str, object]:
    effect = one.effect
    if effect is None:
        return {}
    low, high = effect.belief.interval()
    mean = effect.belief.mean()
    least = worth_having(one.metric.name, effect, one.change.useful_effect)
    return {
        "estimate": rounded(effect.in_units(mean)),
        "low": rounded(effect.in_units(low)),
        "high": rounded(effect.in_units(high)),
        "counterfactual_level": rounded(effect.level),
        "ratio": rounded(effect.ratio(mean)),
        "ratio_low": rounded(effect.ratio(low)),
        "ratio_high": rounded(effect.ratio(high)),
        "probability_improved": rounded(probability_improved(one.metric.name, effect.belief)),
        "probability_useful": rounded(
            probability_improved(one.metric.name, effect.belief, by=least)
        ),
        "smallest_visible_effect": rounded(effect.smallest_visible()),
    }
