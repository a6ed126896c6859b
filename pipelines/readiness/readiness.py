"""Readiness at the handoff: each rule judged on the item as it stood then, not as it is now.

A rule looks at one field at the end of the group that made the handoff: what was filled in with
the same click counts, what was filled in a moment later does not. A rule is not evaluable where the
type of the item is out of its scope or the field cannot be known at that instant. A rule judged on
a handoff before its introduction is a counterfactual and says so. Text is judged without outer
blanks; a set or a list of values is judged member by member and, for its length, as members joined
by blanks. A field that an item shows neither now nor in its history is unknown, which is not empty;
one that was taken off the item since is what its history says.
"""

from collections.abc import Callable, Sequence

import polars as pl

from pipelines.histories import history, value_lists
from pipelines.histories.spans import begins
from pipelines.policy import ReadyRule
from pipelines.readiness.rule_readings import RuleReading

READINESS_CHECKS = pl.Schema(
    {
        "handoff_id": pl.String(),
        "item_id": pl.String(),
        "team": pl.String(),
        "rule": pl.String(),
        "checked_at": pl.Datetime("us", "UTC"),
        "outcome": pl.String(),
        "outcome_now": pl.String(),
        "passed_at": pl.Datetime("us", "UTC"),
        "debt_days": pl.Float64(),
        "is_filled_late": pl.Boolean(),
        "is_in_force": pl.Boolean(),
    }
)


def readiness_checks(
    handoffs: pl.DataFrame,
    items: pl.DataFrame,
    changes: pl.DataFrame,
    present: pl.DataFrame,
    *,
    guards: str,
    readings: Sequence[RuleReading],
    zone: str,
) -> pl.DataFrame:
    """Judge every rule at every handoff into the guarded stage.

    What the failures cost, :func:`pipelines.readiness.readiness_debt.with_debt` adds.

    Args:
        handoffs: handoff_id, item_id, team, item_type, to_stage, handed_at, group_end.
        items: item_id, source, born_at.
        changes: with ``group_end``.
        present: the values the tracker shows now.
        guards: the stage that is guarded.
        readings: the rules, as :func:`pipelines.readiness.rule_readings.rule_readings` reads them.
        zone: zone in which a rule comes into force at midnight.

    Returns:
        The columns of ``main.readiness_checks`` but those of debt, sorted by handoff and rule.
    """
    guarded = handoffs.filter(pl.col("to_stage") == guards)
    parts = [
        _judge(guarded, _states(one, items, changes, present), one.rule, zone) for one in readings
    ]
    return pl.concat(parts).sort("handoff_id", "rule")


def with_readiness(handoffs: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """Add is_ready and failed_rules: ready where no rule failed and at least one was evaluable."""
    failed = pl.col("outcome") == "fail"
    summary = checks.group_by("handoff_id").agg(
        failed_rules=pl.col("rule").filter(failed).sort(),
        is_ready=pl.when((pl.col("outcome") != "not_evaluable").any()).then(~failed.any()),
    )
    return handoffs.join(summary, on="handoff_id", how="left", maintain_order="left")


def _states(
    reading: RuleReading, items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """Whether a rule passes, from each change of its field on: a timeline of ``passes``."""
    field, rule = reading.field, reading.rule
    if reading.holds == "set":
        states = history.set_timeline(changes, present, items, field)
    elif reading.holds == "list":
        states = value_lists.list_timeline(changes, present, items, field, reading.names)
    else:
        text = pl.col("value_text").str.strip_chars()
        states = history.timeline(changes, present, items, field).with_columns(
            members=pl.when(text.fill_null("") != "").then(pl.concat_list(text)).otherwise([])
        )
    return states.select("item_id", "group_end", "valid_from", passes=_TESTS[rule.test](rule))


def _judge(guarded: pl.DataFrame, states: pl.DataFrame, rule: ReadyRule, zone: str) -> pl.DataFrame:
    then = history.as_of(states, guarded, columns=("passes",))
    latest = states.group_by("item_id").agg(passes_now=pl.col("passes").sort_by("group_end").last())
    later = (
        guarded.select("handoff_id", "item_id", handoff_end="group_end")
        .join(states.filter("passes"), on="item_id")
        .filter(pl.col("group_end") > pl.col("handoff_end"))
        .group_by("handoff_id")
        .agg(later_at=pl.col("valid_from").min())
    )
    in_scope = pl.col("item_type").is_in(rule.item_types) if rule.item_types else pl.lit(True)
    starts = begins(rule.since, zone) if rule.since else None
    return (
        then.join(latest, on="item_id", how="left")
        .join(later, on="handoff_id", how="left")
        .select(
            "handoff_id",
            "item_id",
            "team",
            rule=pl.lit(rule.name),
            checked_at="handed_at",
            outcome=_outcome("passes", in_scope),
            outcome_now=_outcome("passes_now", in_scope),
            passed_at=pl.when(in_scope).then(
                pl.when("passes").then("handed_at").otherwise("later_at")
            ),
            is_in_force=pl.col("handed_at") >= starts if starts else pl.lit(True),
        )
    )


def _outcome(passes: str, in_scope: pl.Expr) -> pl.Expr:
    return (
        pl.when(~in_scope.fill_null(value=False) | pl.col(passes).is_null())
        .then(pl.lit("not_evaluable"))
        .when(passes)
        .then(pl.lit("pass"))
        .otherwise(pl.lit("fail"))
    )


def _filled(_rule: ReadyRule) -> pl.Expr:
    return pl.col("members").list.len() > 0


def _long_enough(rule: ReadyRule) -> pl.Expr:
    return pl.col("members").list.join(" ").str.len_chars() >= rule.length


def _matching(rule: ReadyRule) -> pl.Expr:
    return pl.col("members").list.eval(pl.element().str.contains(rule.pattern)).list.any()


def _one_of(rule: ReadyRule) -> pl.Expr:
    wanted = [value.lower() for value in rule.values]
    return pl.col("members").list.eval(pl.element().str.to_lowercase().is_in(wanted)).list.any()


def _linked(rule: ReadyRule) -> pl.Expr:
    """A link reads *This issue <phrase> <key>*."""
    phrases = [value.lower() for value in rule.values]
    phrase = pl.element().str.to_lowercase().str.extract(r"^this issue (.*) \S+$")
    return pl.col("members").list.eval(phrase.is_in(phrases)).list.any()


_TESTS: dict[str, Callable[[ReadyRule], pl.Expr]] = {
    "required": _filled,
    "minimum_length": _long_enough,
    "matches": _matching,
    "any_of": _one_of,
    "link_type": _linked,
    "has_attachment": _filled,
}


def no_checks() -> pl.DataFrame:
    """The checks of a definition of ready that nobody wrote."""
    return pl.DataFrame(schema=READINESS_CHECKS)
