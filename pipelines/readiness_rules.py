"""How each rule of the definition of ready fares at the handoff it guards (M6)."""

import polars as pl

from pipelines.policy import DefinitionOfReady
from pipelines.scopes import Scopes, in_each_scope
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
    }
)


def readiness_rules(
    checks: pl.DataFrame, handoffs: pl.DataFrame, scopes: Scopes, *, ready: DefinitionOfReady
) -> pl.DataFrame:
    """Count the outcomes of each rule: the columns of ``main.readiness_rules``, in rule order.

    Args:
        checks: the readiness checks.
        handoffs: handoff_id, verdict, failed_rules, item_type.
        scopes: the groups that may be shown.
        ready: the rules, in their order.
    """
    judged = checks.join(
        handoffs.select("handoff_id", "verdict", "failed_rules", "item_type"), on="handoff_id"
    )
    numbers = {rule.name: number for number, rule in enumerate(ready.rules, start=1)}
    rows = [
        (scope, name, numbers[name], *_row(part))
        for scope, inside in in_each_scope(judged, scopes, by_type=False)
        for (name,), part in inside.partition_by("rule", as_dict=True).items()
    ]
    frame = pl.DataFrame(rows, schema=READINESS_RULES, orient="row")
    return frame.sort("scope", "rule_number")


def _row(part: pl.DataFrame) -> tuple[object, ...]:
    failed, passed = (part.filter(pl.col("outcome") == one) for one in ("fail", "pass"))
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
        _rejected(failed),
        _rejected(passed),
    )


def _rejected(part: pl.DataFrame) -> float | None:
    decided = part.filter(pl.col("verdict") != "undecided")
    if decided.is_empty():
        return None
    return float((decided["verdict"] == "rejected").sum()) / decided.height


def no_rules() -> pl.DataFrame:
    """The table of a definition of ready that nobody wrote."""
    return pl.DataFrame(schema=READINESS_RULES)
