"""What was found, as rows: by class of causes, by rule, and what could be told at all.

Where seats, people and rules explain no difference, and yet there is a constraint, the delay is one
that all have: whoever sits where, it waits there. What is common to everybody is nobody's doing,
and a part of the system that no comparison of people can find.
"""

from collections.abc import Iterator

import polars as pl

from pipelines.attribution.attribution_verdict import Attribution
from pipelines.attribution.class_excess import ClassExcess, in_days
from pipelines.attribution.first_attempts import READINESS, FirstAttempts
from pipelines.attribution.within_cells import RuleEffect
from pipelines.cohorts.scopes import ORGANISATION
from pipelines.statistics.estimate import UNKNOWN, Estimate
from pipelines.statistics.rounding import rounded

COMMON_CAUSE = "common_cause"
ATTRIBUTION = pl.Schema(
    {
        "scope": pl.String(),
        "cause_class": pl.String(),
        "from_role": pl.String(),
        "to_role": pl.String(),
        "excess_days": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "posterior": pl.Float64(),
        "persistence": pl.Float64(),
        "persistence_low": pl.Float64(),
        "persistence_high": pl.Float64(),
        "verdict": pl.String(),
        "reason": pl.String(),
        "verdict_even": pl.String(),
        "scrambled_p_value": pl.Float64(),
        "people": pl.String(),
        "seat_teams": pl.List(pl.String()),
        "seats_withheld": pl.Int32(),
        "mean_days": pl.Float64(),
        "items": pl.Int32(),
    }
)
ATTRIBUTION_RULES = pl.Schema(
    {
        "scope": pl.String(),
        "rule": pl.String(),
        "rule_kind": pl.String(),
        "evaluable": pl.String(),
        "exposed_share": pl.Float64(),
        "met_days": pl.Float64(),
        "met_low": pl.Float64(),
        "met_high": pl.Float64(),
        "excess_days": pl.Float64(),
        "excess_low": pl.Float64(),
        "excess_high": pl.Float64(),
        "p_value": pl.Float64(),
        "is_cause": pl.Boolean(),
    }
)
IDENTIFICATION = pl.Schema(
    {
        "scope": pl.String(),
        "seats": pl.Int32(),
        "replaced_seats": pl.Int32(),
        "people": pl.Int32(),
        "movers": pl.Int32(),
        "followed": pl.Int32(),
        "confounded": pl.Int32(),
        "components": pl.Int32(),
        "identifiable_share": pl.Float64(),
        "items": pl.Int32(),
    }
)
_CLASSES = ("rule", "seat", "person")


def attribution_rows(
    result: Attribution, attempts: FirstAttempts, *, has_constraint: bool
) -> pl.DataFrame:
    """The rows of ``main.attribution``.

    Args:
        result: what was found in the attempts.
        attempts: between whom, and how long they took.
        has_constraint: whether a cause was named that costs everybody days beyond normal.
    """
    is_common, is_common_even = (
        has_constraint and one == "none" for one in (result.verdict, result.even_verdict)
    )
    verdict = ("structural", COMMON_CAUSE) if is_common else (result.verdict, result.reason)
    by_cause: dict[str, ClassExcess] = {one.cause: one for one in result.classes}
    classes = [*_CLASSES, *(name for name in by_cause if name not in _CLASSES)]
    rows = [
        (
            ORGANISATION,
            name,
            attempts.from_role,
            attempts.to_role,
            *_of_class(by_cause.get(name)),
            *verdict,
            "structural" if is_common_even else result.even_verdict,
            rounded(result.p_value),
            result.people,
            list(result.seats),
            result.withheld_seats,
            rounded(attempts.mean_days),
            result.items,
        )
        for name in classes
    ]
    return pl.DataFrame(rows, schema=ATTRIBUTION, orient="row")


def rule_rows(result: Attribution, mean_days: float | None) -> pl.DataFrame:
    """The rows of ``main.attribution_rules``, in the order in which the rules were asked."""
    rows = [
        (
            ORGANISATION,
            rule.name.removeprefix(READINESS),
            "readiness" if rule.name.startswith(READINESS) else rule.name,
            rule.evaluable,
            rounded(rule.exposed),
            *_of_rule(rule, mean_days),
            rounded(rule.p_value),
            rule.name in result.found_rules,
        )
        for rule in result.rules
    ]
    return pl.DataFrame(rows, schema=ATTRIBUTION_RULES, orient="row")


def identification_rows(result: Attribution) -> pl.DataFrame:
    """The row of ``main.identification``; none where there was too little to look at."""
    counts = result.identification
    rows = (
        []
        if counts is None
        else [
            (
                ORGANISATION,
                counts.seats,
                counts.replaced_seats,
                counts.people,
                counts.movers,
                counts.followed,
                counts.confounded,
                counts.components,
                rounded(counts.identifiable_items),
                result.items,
            )
        ]
    )
    return pl.DataFrame(rows, schema=IDENTIFICATION, orient="row")


def _of_class(one: ClassExcess | None) -> Iterator[float | None]:
    if one is None:
        yield from (None,) * 7
        return
    yield from _interval(one.days or UNKNOWN)
    yield rounded(one.posterior)
    # What became of somebody's delay when he left is told of a seat, and of no person.
    is_of_a_seat = one.cause == "seat"
    yield from _interval((one.persistence or UNKNOWN) if is_of_a_seat else UNKNOWN)


def _of_rule(rule: RuleEffect, mean_days: float | None) -> Iterator[float | None]:
    yield from _interval(in_days(rule.coefficient, mean_days) or UNKNOWN)
    yield from _interval(in_days(rule.excess, mean_days) or UNKNOWN)


def _interval(estimate: Estimate) -> Iterator[float | None]:
    """Value, low, high."""
    yield from (rounded(estimate.value), rounded(estimate.low), rounded(estimate.high))
