"""From items handed over to what delays them: rules, seats whoever holds them, or people.

The result has no id of a person and no figure about one; of seats it has only the team, and only
where enough people were in it.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from pipelines.attribution.attribution_verdict import Attribution, costs, insufficient, verdict
from pipelines.attribution.class_excess import of_rules, of_suspects, shown_seats
from pipelines.attribution.handed_over import holders, ordered
from pipelines.attribution.identification import identification
from pipelines.attribution.seat_cells import seat_cells
from pipelines.attribution.spike_scan import EVEN, USUAL
from pipelines.attribution.suspects import Suspects, scale_of
from pipelines.attribution.within_cells import RuleFit, within_cells
from pipelines.policy import Intervention

MINIMUM = 5
"""People that a figure needs."""


def attribution(
    attempts: pl.DataFrame,
    exposures: Sequence[str],
    *,
    is_binary: bool = False,
    changes: Iterable[Intervention] = (),
    baseline_days: float | None = None,
    minimum: int = MINIMUM,
    useful: float | None = None,
    unknown_share: float = 0.0,
) -> Attribution:
    """Say whether a delay is bound to rules, to seats or to people, or that it cannot be told.

    Args:
        attempts: of one edge, with the columns of :mod:`pipelines.attribution.handed_over`.
        exposures: which columns say what of the rules an item met.
        is_binary: values are 0 and 1 and not logarithms of durations.
        changes: those that were declared; a handover near one in its team tells nothing.
        baseline_days: what an item usually takes now, to tell an excess of logarithms in days.
        minimum: people that a figure needs; never less than five.
        useful: smallest excess of an item worth a word; None: a fifth longer, or five points.
        unknown_share: of the moves by people, those by somebody whose role nobody declared.
    """
    rows = ordered(attempts, exposures)
    needed = max(MINIMUM, minimum)
    missing = insufficient(
        len(rows), len(holders(rows)), minimum=needed, unknown_share=unknown_share
    )
    if missing is not None:
        return Attribution("insufficient_data", missing, len(rows))
    scale = scale_of(rows, is_binary=is_binary, useful=useful)
    fit = within_cells(rows, exposures)
    rules = tuple(rule.name for rule in fit.rules if costs(rule, fit.excess, scale.useful))
    suspects = Suspects.of(seat_cells(rows, fit), changes, scale)
    days = None if is_binary else baseline_days
    return _judged(fit, rules, suspects, items=len(rows), baseline_days=days, minimum=needed)


def _judged(
    fit: RuleFit,
    rules: tuple[str, ...],
    suspects: Suspects,
    *,
    items: int,
    baseline_days: float | None,
    minimum: int,
) -> Attribution:
    """The verdict on enough items: what the rules that cost time leave to seats and people."""
    seen, p_value = suspects.scanned(USUAL)
    even, _ = suspects.scanned(EVEN)
    asked = bool(suspects.may_be().any())
    word, reason = verdict(seen, is_rule=bool(rules), is_asked=asked)
    seats, withheld = shown_seats(seen.found, suspects, minimum=minimum)
    is_person = any(one.label == "person" for one in seen.found)
    return Attribution(
        word,
        reason,
        items,
        even_verdict=verdict(even, is_rule=bool(rules), is_asked=asked)[0],
        classes=(
            of_rules(fit.excess, is_found=bool(rules), baseline_days=baseline_days),
            *of_suspects(suspects, seen, baseline_days=baseline_days),
        ),
        rules=fit.rules,
        found_rules=rules,
        seats=seats,
        withheld_seats=withheld,
        people=f"fewer than {minimum}" if is_person else None,
        p_value=p_value,
        identification=identification(
            suspects.months, suspects.where, suspects.cells, minimum=minimum
        ),
    )
