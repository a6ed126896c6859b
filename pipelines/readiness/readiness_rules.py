"""How each rule of the definition of ready fares at the handoff it guards.

How often it fails, what is rejected where it does (:mod:`pipelines.readiness.rejection_lift`), and
what becomes of its failures (:mod:`pipelines.readiness.readiness_debt`).
"""

from collections.abc import Iterator

import polars as pl

from pipelines.cohorts.scopes import Scopes, in_each_scope
from pipelines.cohorts.subjects import seen
from pipelines.policy import DefinitionOfReady
from pipelines.readiness.readiness_debt import fill_in
from pipelines.readiness.rejection_lift import marked_again, rejection_lifts
from pipelines.statistics.estimate import share

READINESS_RULES = pl.Schema(
    {
        "scope": pl.String,
        "rule": pl.String,
        "rule_number": pl.Int32,
        "checks": pl.Int32,
        "passes": pl.Int32,
        "fails": pl.Int32,
        "not_evaluable": pl.Int32,
        "sole_fails": pl.Int32,
        "fail_rate": pl.Float64,
        "fail_low": pl.Float64,
        "fail_high": pl.Float64,
        "passes_now": pl.Int32,
        "filled_later": pl.Int32,
        "rejected_when_failed": pl.Float64,
        "rejected_when_passed": pl.Float64,
        "rejection_lift": pl.Float64,
        "lift_low": pl.Float64,
        "lift_high": pl.Float64,
        "late_fill_share": pl.Float64,
        "never_filled_share": pl.Float64,
        "median_fill_days": pl.Float64,
        "debt_days": pl.Float64,
    }
)


def readiness_rules(
    checks: pl.DataFrame, handoffs: pl.DataFrame, scopes: Scopes, *, ready: DefinitionOfReady
) -> pl.DataFrame:
    """Count the outcomes of each rule: the columns of ``main.readiness_rules``, in rule order.

    Args:
        checks: the readiness checks, with their debt; ``watched_from`` where a source was not
            watched from the beginning: what was checked before that counts nowhere, but makes the
            next check of its item one that comes again.
        handoffs: handoff_id, verdict, failed_rules, ended_at, is_ended.
        scopes: the groups that may be shown.
        ready: the rules, in their order.
    """
    watched = seen(marked_again(checks), entered_at="checked_at", followed_days=pl.lit(0.0))
    judged = watched.join(
        handoffs.select("handoff_id", "verdict", "failed_rules", "ended_at", "is_ended"),
        on="handoff_id",
    )
    numbers = {rule.name: number for number, rule in enumerate(ready.rules, start=1)}
    rows = [
        (scope, name, numbers[name], *figures)
        for scope, inside in in_each_scope(judged, scopes, by_type=False)
        for name, figures in _figures(inside)
    ]
    frame = pl.DataFrame(rows, schema=READINESS_RULES, orient="row")
    return frame.sort("scope", "rule_number")


def _figures(judged: pl.DataFrame) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Each rule with its figures; what it predicts depends on the other rules."""
    lifts = rejection_lifts(judged)
    for (name,), part in judged.partition_by("rule", as_dict=True).items():
        failed, passed = (part.filter(pl.col("outcome") == one) for one in ("fail", "pass"))
        rejected, lift = (_rejected(failed), _rejected(passed)), lifts[name]
        predicts = (*rejected, lift.value, lift.low, lift.high)
        yield name, (*_counts(part, failed, passed), *predicts, *fill_in(failed))


def _counts(part: pl.DataFrame, failed: pl.DataFrame, passed: pl.DataFrame) -> tuple[object, ...]:
    """How often a rule passed and failed, then and now."""
    decided = failed.height + passed.height
    rate = failed.height / decided if decided else 0.0
    interval = share(rate, 0.0, decided)
    return (
        part.height,
        passed.height,
        failed.height,
        part.height - decided,
        int((failed["failed_rules"].list.len() == 1).sum()),
        interval.value,
        interval.low,
        interval.high,
        int((part["outcome_now"] == "pass").sum()),
        failed.height - int(failed["passed_at"].null_count()),
    )


def _rejected(part: pl.DataFrame) -> float | None:
    decided = part.filter(pl.col("verdict") != "undecided")
    if decided.is_empty():
        return None
    return float((decided["verdict"] == "rejected").sum()) / decided.height


def no_rules() -> pl.DataFrame:
    """The table of a definition of ready that nobody wrote."""
    return pl.DataFrame(schema=READINESS_RULES)
