"""The series of every effect as rows: ``main.effect_series``.

What was seen, bucket by bucket, what the comparison had, and what the teams concerned would have
had without the change: the series without its sampling noise, minus the effect, with the band of
the effect. Buckets that are not mature yet are there with what they count, and without a value.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl

from pipelines.effects.contrasts import Contrast
from pipelines.effects.judged import Judged
from pipelines.effects.series import Series
from pipelines.effects.step_fits import Fitted
from pipelines.statistics.estimate import Z
from pipelines.statistics.rounding import rounded

EFFECT_SERIES = pl.Schema(
    {
        "intervention": pl.String(),
        "metric": pl.String(),
        "bucket_on": pl.Date(),
        "phase": pl.String(),
        "is_mature": pl.Boolean(),
        "items": pl.Int32(),
        "open_items": pl.Int32(),
        "observed": pl.Float64(),
        "observed_low": pl.Float64(),
        "observed_high": pl.Float64(),
        "comparison": pl.Float64(),
        "counterfactual": pl.Float64(),
        "counterfactual_low": pl.Float64(),
        "counterfactual_high": pl.Float64(),
    }
)
_Values = tuple[float | None, float | None, float | None]
_NOTHING: _Values = (None, None, None)


def effect_series(judged: Sequence[Judged]) -> pl.DataFrame:
    """The rows, in the order of the effects and of time.

    Of a staggered roll-out, those of the teams that were changed first.
    """
    rows = [
        (one.change.name, one.metric.name, *row)
        for one in judged
        if one.contrasts
        for row in _rows(one.contrasts[0], one.fits[0] if one.fits else None)
    ]
    return pl.DataFrame(rows, schema=EFFECT_SERIES, orient="row")


def _rows(one: Contrast, fit: Fitted | None) -> Iterator[tuple[object, ...]]:
    side = one.concerned
    comparison = {} if one.comparison is None else _adjusted(one, one.comparison)
    without = {} if fit is None else _without(one, fit)
    for place, (day, phase) in enumerate(zip(side.bucket_on, one.phases(side), strict=True)):
        mature = bool(side.is_mature[place])
        yield (
            day,
            phase,
            mature,
            int(side.subjects[place]),
            int(side.open_subjects[place]),
            *(_observed(one, place) if mature else _NOTHING),
            comparison.get(day),
            *without.get(day, _NOTHING),
        )


def _adjusted(one: Contrast, side: Series) -> dict[date, float | None]:
    return {
        day: rounded(_possible(one, float(value))) if mature else None
        for day, value, mature in zip(side.bucket_on, side.adjusted, side.is_mature, strict=True)
    }


def _observed(one: Contrast, place: int) -> _Values:
    """The value of a bucket with the interval of its sampling noise."""
    side = one.concerned
    value, margin = float(side.values[place]), Z * float(np.sqrt(side.variances[place]))
    return _told(
        _possible(one, float(side.adjusted[place])), *_scaled(one, value - margin, value + margin)
    )


def _scaled(one: Contrast, low: float, high: float) -> tuple[float, float]:
    if one.is_log:
        return float(np.exp(low)), float(np.exp(high))
    return _possible(one, low), _possible(one, high)


def _told(value: float, low: float, high: float) -> _Values:
    return rounded(value), rounded(min(low, value)), rounded(max(high, value))


def _possible(one: Contrast, value: float) -> float:
    """A value as it can be told: a share adjusted for the mix of work may pass none or all."""
    return value if one.is_log else min(1.0, max(0.0, value))


def _without(one: Contrast, model: Fitted) -> dict[date, _Values]:
    """What would have been, on the buckets after the change."""
    belief = model.fit.step(0)
    least, most = belief.interval()
    own = ~model.observed.is_comparison
    after = own & (model.steps[:, 0] > 0)
    days = dict(zip(one.concerned.numbers.tolist(), one.concerned.bucket_on, strict=True))
    told = {}
    for time, smooth in zip(model.observed.times[after], model.smoothed[after], strict=True):
        low, high = _scaled(one, smooth - most, smooth - least)
        middle, _ = _scaled(one, smooth - belief.mean(), smooth)
        told[days[float(time)]] = _told(middle, low, high)
    return told
