"""Did it come back, and how often was something tried that did not help (M22).

A metric that improved has relapsed in the first four weeks after the change in which it is, with a
probability of more than nine in ten, back beyond half of what had been gained. And of the changes
of an organisation, taken in order by their primary metric, it is counted how many in a row were
shown not to help; one that was only not shown to help neither counts nor ends the row, for nothing
is known of it. The two are different verdicts.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.effects.contrasts import Contrast, Fitted, step_model
from pipelines.effects.effects import improvement
from pipelines.effects.judged import Judged

RECURRENCES = pl.Schema(
    {
        "intervention": pl.String(),
        "intervention_kind": pl.String(),
        "metric": pl.String(),
        "effective_on": pl.Date(),
        "verdict": pl.String(),
        "relapsed_on": pl.Date(),
        "failures_in_a_row": pl.Int32(),
    }
)
_WINDOW = timedelta(days=28)
_SURE = 0.9


def recurrences(found: Sequence[Judged]) -> pl.DataFrame:
    """The rows of ``main.recurrences``: one per change with a primary metric, in order of time."""
    primary = [one for one in found if one.is_primary]
    rows = []
    failures = 0
    for one in sorted(primary, key=lambda one: (one.change.effective_on, one.change.name)):
        if one.verdict == "shown_not_to_help":
            failures += 1
        elif one.verdict == "improved":
            failures = 0
        rows.append(
            (
                one.change.name,
                one.change.kind,
                one.metric.name,
                one.change.effective_on,
                one.verdict,
                relapse(one),
                failures,
            )
        )
    return pl.DataFrame(rows, schema=RECURRENCES, orient="row")


def relapse(one: Judged) -> date | None:
    """First day of the four weeks in which an improvement was half lost; None if it never was."""
    if one.verdict != "improved" or one.effect is None:
        return None
    half = one.effect.belief.mean() / 2
    for day, lost in _windows(one.contrasts[0], one.fits[0], one.metric.name, half):
        if lost > _SURE:
            return day
    return None


def _windows(
    one: Contrast, found: Fitted, metric: str, half: float
) -> Iterator[tuple[date, float]]:
    """Four-week windows after the change, with the probability that half of the gain is lost."""
    model = step_model(one, found.observed)
    numbers = dict(zip(one.concerned.bucket_on, one.concerned.numbers.tolist(), strict=True))
    after = [
        day for day, told in zip(one.concerned.bucket_on, one.mature("after"), strict=True) if told
    ]
    opens = after[0]
    while opens <= after[-1]:
        inside = [numbers[day] for day in after if opens <= day < opens + _WINDOW]
        window = np.isin(found.observed.times, inside) & ~found.observed.is_comparison
        rest = found.steps.copy()
        rest[window, 0] = 0.0
        told = window.any() and rest[:, 0].any()
        if told:
            columns = np.column_stack([window.astype(np.float64), rest])
            belief = model.fit(columns).step(0)
            is_cost = improvement(metric, 1.0) > 0
            yield opens, belief.above(half) if is_cost else belief.below(half)
        opens += _WINDOW
