"""What is usually there when work is handed over: the material of a definition of ready.

Looked at is the first time an item enters the stage, as it was at that instant. A field that
is filled in most items and not in all is a habit that is sometimes broken: a rule would tell when.
A field that is always filled needs no rule, one that is mostly empty is nobody's habit. Texts get a
length below which only the shortest fifth of those that were filled fall.
"""

from typing import Final

import polars as pl

from pipelines.histories import history
from pipelines.policy import DefinitionOfReady, ReadyRule
from pipelines.readiness.readiness import readiness_checks
from pipelines.readiness.rule_readings import rule_readings

READINESS_PROPOSAL = pl.Schema(
    {
        "field": pl.String(),
        "checked": pl.Int64(),
        "filled": pl.Int64(),
        "share": pl.Float64(),
        "filled_now": pl.Int64(),
        "minimum_length": pl.Int64(),
        "item_types": pl.List(pl.String),
    }
)
_ENOUGH: Final = 20
_ENOUGH_OF_A_TYPE: Final = 10
_MOST: Final = 0.6
_ALL: Final = 0.98
_RARE: Final = 0.2
_TEXT_FROM: Final = 20
_LENGTHS: Final = (20, 40, 80, 120, 200)
_SHORTEST: Final = 0.2
# What the tracker fills in by itself, what says where an item stands, and what names a person.
_NO_HABIT: Final = frozenset(
    {
        *("status", "resolution", "resolutiondate", "key", "project", "issuetype", "parent"),
        *("statuscategorychangedate", "created", "updated", "creator", "reporter", "summary"),
        *("assignee", "assignees", "rank", "watches", "votes", "comment", "worklog", "workratio"),
        *("timespent", "timeestimate", "aggregatetimespent", "lastviewed", "subtasks", "state"),
        *("draft", "review_request", "progress", "aggregateprogress", "title", "sprint", "flagged"),
        *("statuscategory", "epic child", "development", "issuerestriction", "environment"),
    }
)


def readiness_proposal(
    visits: pl.DataFrame,
    items: pl.DataFrame,
    changes: pl.DataFrame,
    present: pl.DataFrame,
    *,
    guards: str,
) -> pl.DataFrame:
    """The fields that most items, and not all, have when they first enter a stage.

    Args:
        visits: item_id, visit_number, stage, entered_at, group_end, team, item_type, is_bulk.
        items: item_id, born_at.
        changes: with ``group_end``.
        present: the values the tracker shows now.
        guards: the stage entered.

    Returns:
        One row per field, the most filled first; ``item_types`` is null where all types do it.
    """
    moments = _moments(visits, guards)
    fields = _fields(changes, present)
    if moments.height < _ENOUGH or not fields:
        return pl.DataFrame(schema=READINESS_PROPOSAL)
    ready = DefinitionOfReady(guards, tuple(ReadyRule(one, one, "required") for one in fields))
    readings = rule_readings(ready, items, changes, present)
    checks = readiness_checks(
        moments, items, changes, present, guards=guards, readings=readings, zone="UTC"
    )
    counted = _counted(checks.join(moments.select("handoff_id", "item_type"), on="handoff_id"))
    lengths = [_length(field, moments, items, changes, present) for field in counted["field"]]
    return (
        counted.with_columns(minimum_length=pl.Series(lengths, dtype=pl.Int64))
        .select(*READINESS_PROPOSAL)
        .sort(-pl.col("share"), "field")
    )


def _moments(visits: pl.DataFrame, guards: str) -> pl.DataFrame:
    """First entries into the stage; bulk edits and creation hand nothing over."""
    entries = visits.filter(
        (pl.col("stage") == guards) & (pl.col("visit_number") > 1) & ~pl.col("is_bulk")
    )
    return (
        entries.sort("item_id", "visit_number")
        .unique("item_id", keep="first", maintain_order=True)
        .select(
            "item_id",
            "team",
            "item_type",
            "group_end",
            handoff_id="item_id",
            to_stage="stage",
            handed_at="entered_at",
        )
    )


def _fields(changes: pl.DataFrame, present: pl.DataFrame) -> list[str]:
    seen = pl.concat([changes["field"], present["field"]]).drop_nulls().unique().sort()
    return [one for one in seen if one.lower() not in _NO_HABIT]


def _counted(checks: pl.DataFrame) -> pl.DataFrame:
    known = checks.filter(pl.col("outcome") != "not_evaluable")
    by_type = _shares(known, "rule", "item_type").filter(pl.col("checked") >= _ENOUGH_OF_A_TYPE)
    usual, rare = pl.col("share") >= _MOST, pl.col("share") <= _RARE
    split = by_type.group_by("rule").agg(
        types=pl.col("item_type").filter(usual).drop_nulls().sort(),
        # Some types have the habit and others clearly have not: the rule is for the former.
        is_split=usual.any() & rare.any() & (usual | rare).all(),
    )
    narrowed = known.join(split, on="rule", how="left").filter(
        ~pl.col("is_split").fill_null(value=False) | pl.col("item_type").is_in(pl.col("types"))
    )
    types = pl.when("is_split").then("types")
    return (
        _shares(narrowed, "rule")
        .join(split, on="rule", how="left", maintain_order="left")
        .filter((pl.col("checked") >= _ENOUGH) & pl.col("share").is_between(_MOST, _ALL))
        .with_columns(item_types=types, field="rule")
        .sort("field")
    )


def _shares(known: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return known.group_by(keys, maintain_order=True).agg(
        checked=pl.len().cast(pl.Int64),
        filled=(pl.col("outcome") == "pass").sum().cast(pl.Int64),
        filled_now=(pl.col("outcome_now") == "pass").sum().cast(pl.Int64),
        share=(pl.col("outcome") == "pass").mean(),
    )


def _length(
    field: str,
    moments: pl.DataFrame,
    items: pl.DataFrame,
    changes: pl.DataFrame,
    present: pl.DataFrame,
) -> int | None:
    """The length to ask of a text; None for a field whose values are no texts."""
    if not history.of_field(changes, field).filter("is_member").is_empty():
        return None
    if history.of_field(present, field).filter(pl.col("position") > 1).height:
        return None
    states = history.timeline(changes, present, items, field)
    then = history.as_of(states, moments, columns=("value_id", "value_text"))
    # What has an id was chosen from a list and not written.
    written = then.filter(pl.col("value_id").is_null())["value_text"].drop_nulls()
    lengths = written.str.strip_chars().str.len_chars()
    short = lengths.filter(lengths > 0).quantile(_SHORTEST, "lower")
    if short is None or short < _TEXT_FROM:
        return None
    return max(length for length in _LENGTHS if length <= short)
