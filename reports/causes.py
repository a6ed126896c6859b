"""Causes of time, and what may be said of them, in the words of the page."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports import format as words
from reports.tracker_text import readable

SOURCES = {
    "declared": "declared",
    "best_quartile_team": "best quarter of teams",
    "own_best_quarter": "own best quarters",
    "none": "not named",
}
"""Where a normal comes from."""

_BEYOND = {
    "best_quartile_team": "the best quarter of your teams",
    "own_best_quarter": "your own best quarters",
}

STANDINGS = {
    "constraint": "the constraint",
    "depends_on_what_is_normal": "the constraint, if this is normal",
    "one_of_several": "may be the constraint",
    "not_the_constraint": "not the constraint",
    "no_benchmark": "not compared: no normal",
    "not_compared": "not compared",
    "not_enough_data": "not enough data",
}

_RATES = ("rework", "scope_rework")
"""Kinds of cause of which normal is how often, and not how long."""
_IN_A_LIST = {
    "decision_wait": "Waiting for {}",
    "approval_wait": "Approval: {}",
    "queue": "Queue: {}",
    "touch": "Work: {}",
    "unmapped": "Status without a stage: {}",
    "rework": "Sent back: {}",
    "external": "Waiting for others",
    "scope_rework": "Scope changed, done over",
    "parked": "Paused",
}
_IN_PROSE = {
    "decision_wait": "waiting for {}",
    "approval_wait": "waiting for approval in {}",
    "queue": "waiting in {}",
    "touch": "work in {}",
    "unmapped": "{}, a status without a stage",
    "rework": "work sent back ({})",
    "external": "waiting for others",
    "scope_rework": "doing over work whose scope had changed",
    "parked": "pauses",
}


NO_FIRST = "no single cause stands out beyond what is normal"
"""What is said where causes are ranked, and the first of them may cost nothing."""


def first_cause(causes: pl.DataFrame) -> dict[str, Any] | None:
    """The row of `main.constraints`, of one scope, that costs most beyond normal.

    None where nothing is ranked, and where what comes first may cost nothing.
    """
    ranked = causes.filter(pl.col("rank") == 1).iter_rows(named=True)
    return next((row for row in ranked if is_beyond_normal(row["excess_low"])), None)


def without_first(causes: pl.DataFrame) -> str:
    """What is said in place of a first cause; empty where nothing is ranked."""
    return NO_FIRST if causes["rank"].count() else ""


def is_beyond_normal(low: float) -> bool:
    """Whether an excess whose interval begins there is shown to be one, in days per item."""
    return low > 0


def cause_in_words(cause: str, *, limit: int = 44) -> str:
    """A cause as a reader would call it; the stage in it is a tracker's word, cut to the limit."""
    return _called(cause, _IN_A_LIST, limit)


def cause_in_prose(cause: str, *, limit: int = 44) -> str:
    """A cause as a part of a sentence: days go to it."""
    return _called(cause, _IN_PROSE, limit)


def _called(cause: str, words_of: Mapping[str, str], limit: int) -> str:
    kind, _, of = cause.partition(":")
    return words_of.get(kind, "{}").format(readable(of.replace("->", " → "), limit=limit))


def beyond(row: dict[str, Any]) -> str:
    """What a normal is in a sentence, for a ranked row of `main.constraints`."""
    source = row["benchmark_source"]
    if source != "declared":
        return _BEYOND[source]
    is_rate = row["cause_kind"] in _RATES
    normal = words.share(row["normal"]) if is_rate else words.days(row["normal"])
    return f"the {normal} that you declared to be normal"
