"""How each rule of a definition of ready is read: which field it means, and what that field holds.

Both are seen on all items together, and the rule is then judged on each alone: *estimate* is the
field in which anybody estimates, and a field holds a list where it does so anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from pipelines.histories import history, value_lists
from pipelines.histories.field_names import ESTIMATES, SETS, usual_name
from pipelines.histories.value_lists import Names
from pipelines.policy import DefinitionOfReady, ReadyRule


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A rule, and how the histories of its field are to be read."""

    rule: ReadyRule
    field: str
    holds: Literal["set", "list", "value"]
    names: Names
    """What the values of a list are called now."""


def rule_readings(
    ready: DefinitionOfReady, items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> tuple[RuleReading, ...]:
    """Read every rule.

    Args:
        ready: the definition of ready.
        items: item_id, source: all items.
        changes: at least all changes of the fields of :func:`fields_of`.
        present: at least all present values of these.
    """
    return tuple(_reading(rule, items, changes, present) for rule in ready.rules)


def fields_of(ready: DefinitionOfReady) -> Sequence[str]:
    """The fields, in lower case, that the rules may mean."""
    names = [usual_name(rule.field).lower() for rule in ready.rules]
    estimates = [one.lower() for one in ESTIMATES] if "estimate" in names else []
    return sorted({*names, *estimates})


def _reading(
    rule: ReadyRule, items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> RuleReading:
    field = _field_of(rule, changes, present)
    if field.lower() in SETS or not history.of_field(changes, field).filter("is_member").is_empty():
        return RuleReading(rule, field, "set", {})
    if value_lists.holds_lists(changes, present, field):
        names = value_lists.value_names(present, items, field)
        return RuleReading(rule, field, "list", names)
    return RuleReading(rule, field, "value", {})


def _field_of(rule: ReadyRule, changes: pl.DataFrame, present: pl.DataFrame) -> str:
    """The field a rule means: its own name, or the usual word for it."""
    name = usual_name(rule.field)
    if name.lower() != "estimate":
        return name
    used = [one for one in ESTIMATES if _is_used(one, changes, present)]
    shown = [one for one in ESTIMATES if not history.of_field(present, one).is_empty()]
    return next(iter([*used, *shown]), name)


def _is_used(field: str, changes: pl.DataFrame, present: pl.DataFrame) -> bool:
    """Whether anybody ever filled it in: trackers show fields that nobody has a use for."""
    held = history.of_field(present, field).drop_nulls("value_text")
    return not (held.is_empty() and history.of_field(changes, field).is_empty())
