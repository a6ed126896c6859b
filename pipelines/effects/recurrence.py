"""Whether the problem came back, and how many changes in a row did not help.

A metric that improved has relapsed in the first four weeks after the change in which it is, with a
probability of more than nine in ten, back beyond half of what had been gained; of months, in the
first such month. And of the changes of an organisation, taken in order by their primary metric, it
is counted how many in a row were shown not to help; one that is merely *not_shown* neither counts
nor ends the row, because nothing is known about it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.effects.contrasts import Contrast
from pipelines.effects.effects import improvement
from pipelines.effects.judged import Judged
from pipelines.effects.step_fits import Fitted, step_model
from pipelines.statistics.normal_mixture import NormalMixture

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


def recurrences(judged: Sequence[Judged]) -> pl.DataFrame:
    """The rows of ``main.recurrences``: one per change with a primary metric, in order of time."""
    primary = [one for one in judged if one.is_primary]
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
    is_cost = improvement(one.metric.name, 1.0) > 0
    for day, belief in _windows(one.contrasts[0], one.fits[0]):
        lost = belief.above(half) if is_cost else belief.below(half)
        if lost > _SURE:
            return day
    return None


def _windows(one: Contrast, whole: Fitted) -> Iterator[tuple[date, NormalMixture]]:
    """The first bucket of four weeks after the change, and the effect if they alone came after it.

    Beside the other weeks after it, what lasts would be taken for a shock and not for a loss.
    """
    observed = whole.without_others()
    since = whole.steps[:, 0] > 0
    numbers = dict(zip(one.concerned.bucket_on, one.concerned.numbers.tolist(), strict=True))
    after = [
        day for day, told in zip(one.concerned.bucket_on, one.mature("after"), strict=True) if told
    ]
    opens = after[0]
    while opens <= after[-1]:
        inside = [day for day in after if opens <= day < opens + _WINDOW]
        window = since & np.isin(observed.times, [numbers[day] for day in inside])
        if window.any():
            kept = window | ~since
            model = step_model(one, observed.part(kept))
            yield inside[0], model.fit(window[kept, None].astype(np.float64)).step(0)
        opens += _WINDOW
