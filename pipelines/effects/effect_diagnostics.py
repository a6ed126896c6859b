"""The diagnostics of every effect as rows: ``main.effect_diagnostics``."""

from collections.abc import Sequence

import polars as pl

from pipelines.effects.judged import Judged
from pipelines.statistics.rounding import rounded

EFFECT_DIAGNOSTICS = pl.Schema(
    {
        "intervention": pl.String(),
        "metric": pl.String(),
        "diagnostic": pl.String(),
        "outcome": pl.String(),
        "value": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "expected": pl.Float64(),
    }
)


def effect_diagnostics(judged: Sequence[Judged]) -> pl.DataFrame:
    """The rows, in the order of the effects and of the questions."""
    rows = [
        (
            one.change.name,
            one.metric.name,
            asked.name,
            asked.outcome,
            *map(rounded, (asked.value, asked.low, asked.high, asked.expected)),
        )
        for one in judged
        for asked in one.diagnostics
    ]
    return pl.DataFrame(rows, schema=EFFECT_DIAGNOSTICS, orient="row")
