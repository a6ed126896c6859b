"""The rows of the forest of effects: each change with its metrics, turned so that better is right.

A ratio of a half is twice as good where less is better, and half as good where more is.
"""

import math
from typing import Any

import polars as pl

from reports import format as words
from reports.measures import RISING_IS_GOOD, measure, reading_order
from reports.tracker_text import readable
from reports.verdicts import VERDICTS, signed

Row = dict[str, Any]

#: Changes drawn, the latest; metrics of one, the declared one first.
CHANGES = 4
MOST = 14

#: An axis does not reach beyond so many times better or worse.
FURTHEST = 8.0

#: Pixels of a change and of a metric; what stands in them, from their top.
CHANGE = 50
METRIC = 36
_CHANGE_AT = 22
_DETAIL_AT = 38
_METRIC_AT = 9
_MARKS_AT = 24
_TICK = 8

_OF_STAGES = "time_in_stage_days:"
_MOVED = ("improved", "worsened", "shown_not_to_help")
_ENDS = ("better", "low", "high", "naive")


def latest(interventions: pl.DataFrame) -> pl.DataFrame:
    """The changes drawn, in the order in which they came into force."""
    return interventions.sort("effective_on", "intervention").tail(CHANGES)


def of_change(effects: pl.DataFrame, change: str) -> list[Row]:
    """The effects of a change: by its declared metric, on metrics, on stages where one is shown."""
    rows = effects.filter(pl.col("intervention") == change).to_dicts()
    told = [row for row in rows if not _is_of_stage(row) or row["verdict"] in _MOVED]
    return sorted(told, key=lambda row: (not row["is_primary"], reading_order(row["metric"], [])))


def effect_rows(effects: pl.DataFrame, interventions: pl.DataFrame) -> list[Row]:
    """Headings and metrics from the top; an effect without a ratio has words in its place."""
    rows: list[Row] = []
    top = 0
    for change in latest(interventions).iter_rows(named=True):
        shown = of_change(effects, change["intervention"])[:MOST]
        if shown:
            rows.append(_heading(change, top))
            top += CHANGE
        for effect in shown:
            rows.append(_metric(effect, top))
            top += METRIC
    return rows


def times_better(ratio: float | None, metric: str) -> float | None:
    """How many times better: above one better, below it worse, whatever way the metric goes."""
    if ratio is None or metric in RISING_IS_GOOD:
        return ratio
    return 1 / ratio if ratio else math.inf


def told_times(value: float | None) -> str:
    """How many times better, as a table has it; empty where it is unknown."""
    if value is None:
        return ""
    return "beyond measure" if value == math.inf else f"{value:.2f}"


def turned(low: float | None, high: float | None, metric: str) -> tuple[float | None, float | None]:
    """The ends of an interval as times better, the lesser first; one of them may be unknown."""
    ends = times_better(low, metric), times_better(high, metric)
    return ends if metric in RISING_IS_GOOD else ends[::-1]


def reach(rows: list[Row]) -> float:
    """The power of two up to which the axis must go on either side, no further than `FURTHEST`."""
    told = [row[end] for row in rows for end in _ENDS if row.get(end) is not None]
    away = max((_away(value) for value in told), default=1.0)
    return min(FURTHEST, 2.0 ** max(1, math.ceil(math.log2(away))))


def within(row: Row, furthest: float) -> Row:
    """The row with its marks on the axis, and at which end its interval goes on beyond it."""
    cut = {
        end: None if row.get(end) is None else min(furthest, max(1 / furthest, row[end]))
        for end in _ENDS
    }
    low, high = row.get("low"), row.get("high")
    beyond = {
        "beyond_low": 1 / furthest if low is not None and low < 1 / furthest else None,
        "beyond_high": furthest if high is not None and high > furthest else None,
    }
    return {**row, **cut, **beyond}


def _away(value: float) -> float:
    furthest = max(value, 1 / value) if value else math.inf
    return min(furthest, FURTHEST)


def _is_of_stage(effect: Row) -> bool:
    return bool(effect["metric"].startswith(_OF_STAGES))


def _heading(change: Row, top: int) -> Row:
    kind = change["intervention_kind"].replace("_", " ")
    return {
        "level": "change",
        "name": readable(change["intervention"], limit=60),
        "value": "",
        "detail": f"{kind}, in force {words.calendar_day(change['effective_on'])}",
        "words_at": top + _CHANGE_AT,
        "detail_at": top + _DETAIL_AT,
    }


def _metric(effect: Row, top: int) -> Row:
    metric, is_told = effect["metric"], effect["estimate"] is not None
    low, high = turned(effect["ratio_low"], effect["ratio_high"], metric)
    grade = f"{VERDICTS[effect['verdict']]}, {effect['design_grade']}" if is_told else ""
    name, at = words.sentence(measure(metric).words), top + _MARKS_AT
    instead = "" if effect["ratio"] is not None else _in_place(effect)
    return {
        "level": "primary" if effect["is_primary"] else "metric",
        "name": f"{name} (declared)" if effect["is_primary"] else name,
        "value": grade,
        "verdict": effect["verdict"],
        "words_at": top + _METRIC_AT,
        "marks_at": at,
        **({} if instead else {"tick_top": at - _TICK, "tick_bottom": at + _TICK}),
        "better": times_better(effect["ratio"], metric),
        "low": low,
        "high": high,
        "naive": None if instead else times_better(effect["naive_ratio"], metric),
        "place": instead,
    }


def _in_place(effect: Row) -> str:
    """What stands where the mark would be: the difference, or that there is not enough data."""
    if effect["estimate"] is None:
        return VERDICTS["not_enough_data"]
    low, high = signed(effect["low"], effect), signed(effect["high"], effect)
    return f"{signed(effect['estimate'], effect)} ({low} to {high})"
