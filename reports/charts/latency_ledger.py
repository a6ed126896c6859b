"""All the time of the average item, part by part: the parts add up to the whole.

The bar at the top is the whole. Below it each part begins where the one before has ended; the thin
line is its 95% interval. Waiting is time in which nobody works on the item: for a decision, for an
approval, in a queue, for somebody outside. Time after work was sent back, and time after its scope
was changed, is done over whatever stage it is spent in. The parts are in the order of
their size, not of time. Ask of the longest part of waiting: who may end it, and by what rule?
"""

from collections.abc import Iterator

import altair as alt
import polars as pl

from reports import format as words
from reports.causes import cause_in_words
from reports.charts import pixels, rows
from reports.charts.extents import from_zero
from reports.charts.kinds_of_time import KINDS, MOST, SMALL, Row, days_of, ledger, of_kind, split
from reports.figure import Key
from reports.reading import FEWEST, told_share, told_share_interval
from reports.table import Table, Tracker, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable

QUESTION = "What is the time of an item made of?"

#: Pixels: height of a row, thickness of its bar; its words stand this far from its top.
_HEIGHTS = {"whole": 48, "kind": 52, "part": 34}
_BARS = {"whole": 20, "kind": 14, "part": 8}
_WORDS_AT = {"whole": 9, "kind": 22, "part": 9}
_BAR_BELOW_WORDS = 9
_WHOLE_ENDS = 38
_VALUE_WIDTH = 104

_MARKS = {
    "level": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "value": pl.String,
    "words_at": pl.Int64,
    "top": pl.Int64,
    "middle": pl.Int64,
    "bottom": pl.Int64,
    "begin": pl.Float64,
    "end": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def finding(parts: pl.DataFrame) -> str:
    """How much of the time of the average item is waiting."""
    if parts.is_empty():
        return QUESTION
    whole, waiting = parts["latency_days"][0], days_of(parts, "waiting")
    if waiting < 1:
        told = words.days(waiting) if waiting else "none"
        return f"Of {words.days(whole)} an item takes, {told} is waiting"
    told = words.days(waiting).removesuffix(" days")
    return (
        f"Of {words.days(whole)} an item takes, {told} {'is' if told == '1 day' else 'are'} waiting"
    )


def latency_ledger(parts: pl.DataFrame) -> alt.LayerChart:
    """The whole, then the kinds of time with their parts; `main.latency_shares` of one scope."""
    told = list(ledger(parts))
    drawn = pl.DataFrame(_placed(told, has_shares=_has_shares(parts)), schema=_MARKS)
    height = sum(_HEIGHTS[row["level"]] for row in told if row["name"]) or 1
    return framed(
        [*_bars(height, from_zero(drawn, "end", "high")), *_words(height)],
        data=drawn,
        height=height,
        description="Days of the average item by kind of time and by part, which sum to the whole.",
    )


def table(parts: pl.DataFrame) -> Table:
    """Every part, also those that are drawn together."""
    return Table(
        caption="Where the days of the average item go",
        columns=(
            *named("Part", "Kind of time"),
            *figures("Days", "95% interval", "Share", "95% interval"),
        ),
        rows=tuple(_table_row(part, kind) for kind in KINDS for part in of_kind(parts, kind)),
    )


def notes(parts: pl.DataFrame) -> tuple[str, ...]:
    """Of how many items it speaks, up to which age, and what is drawn together."""
    if parts.is_empty():
        return ()
    one = parts.row(0, named=True)
    still = words.whole(one["open_items"]) if one["open_items"] else "none"
    until = one["horizon_days"]
    age = f", each item up to an age of {words.days(until)}" if until is not None else ""
    basis = (
        f"Means of {words.counted(one['items'], 'item')}, {still} of them still open: open items "
        f"are counted{age}."
    )
    sentences = [basis]
    gathered = any(len(small) > 1 for small in (split(parts, kind)[1] for kind in KINDS))
    least = words.share(SMALL)
    together = (
        f"Parts of less than {least}, and those after the {MOST} largest of a kind, are drawn "
        "together; the table has each."
    )
    if gathered:
        sentences.append(together)
    if not _has_shares(parts):
        sentences.append(f"Of fewer than {FEWEST} items no share of the whole is told.")
    return tuple(sentences)


def keys(parts: pl.DataFrame) -> tuple[Key, ...]:
    """The kinds of time that occur, and the interval."""
    kinds = (Key("bar", kind, KINDS[kind][0].lower()) for kind in KINDS if of_kind(parts, kind))
    return (*kinds, Key("line", "ink", "95% interval"))


def _has_shares(parts: pl.DataFrame) -> bool:
    """Whether there are items enough for percentages."""
    return parts.is_empty() or parts["items"][0] >= FEWEST


def _placed(told: list[Row], *, has_shares: bool) -> Iterator[Row]:
    """The rows with their places and values; a piece without a name lies in the row before it."""
    below = top = 0
    for row in told:
        level = row["level"]
        if row["name"]:
            top, below = below, below + _HEIGHTS[level]
        said = top + _WORDS_AT[level]
        bar = said + _BAR_BELOW_WORDS
        places = {"words_at": said, "top": bar, "bottom": bar + _BARS[level]}
        middle = {"middle": bar + _BARS[level] // 2}
        value = _value(row, told[-1]["end"], has_shares=has_shares) if row["name"] else ""
        yield {**dict.fromkeys(_MARKS), **row, **places, **middle, "value": value}


def _value(row: Row, whole: float, *, has_shares: bool) -> str:
    """Days and share of a row; the whole has no share."""
    if row["level"] == "whole":
        return words.days(whole)
    days = row["end"] - row["begin"]
    return f"{words.days(days)}, {words.share(days / whole)}" if has_shares else words.days(days)


def _bars(height: int, reach: alt.Scale) -> tuple[alt.Chart, ...]:
    """Bars from where a part begins to where it ends, and the interval of that end."""
    axis = rows.scale_line("days, one part after another")
    begin = alt.X("begin:Q", axis=axis, scale=reach)
    hues = alt.Scale(domain=list(KINDS), range=[colour(kind) for kind in KINDS])
    bar = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=begin,
            x2="end",
            y=pixels.down("top", height),
            y2="bottom",
            color=alt.Color("kind:N", scale=hues, legend=None),
            tooltip=[alt.Tooltip("name:N", title="Part"), alt.Tooltip("value:N", title="Days")],
        )
    )
    line = (
        alt.Chart()
        .mark_rule(strokeWidth=1.5, color=colour("ink"))
        .encode(
            x=alt.X("low:Q", axis=axis, scale=reach), x2="high", y=pixels.down("middle", height)
        )
    )
    return (_steps(height, begin), bar, line)


def _steps(height: int, begin: alt.X) -> alt.Chart:
    """Hair lines from the whole down to where each kind of time begins."""
    step: alt.Chart = (
        alt.Chart()
        .transform_filter("datum.level === 'kind' && datum.begin > 0")
        .mark_rule(color=colour("line"))
        .encode(x=begin, y=pixels.down("top", height), y2=alt.value(_WHOLE_ENDS))
    )
    return step


def _words(height: int) -> tuple[alt.Chart, ...]:
    """Name and days above each bar; those of parts are smaller."""
    at = pixels.down("words_at", height)
    return tuple(
        text.transform_filter(f"(datum.level === 'part') === {'false' if is_strong else 'true'}")
        for is_strong in (True, False)
        for text in (
            pixels.left(
                "name", at, size=13 if is_strong else 12, keep=_VALUE_WIDTH, is_strong=is_strong
            ),
            pixels.right("value", at, size=13 if is_strong else 12, is_strong=is_strong),
        )
    )


def _table_row(part: Row, kind: str) -> tuple[Tracker | str, ...]:
    between = "" if part["low"] is None else _interval(part["low"], part["high"])
    items = part["items"]
    return (
        Tracker(readable(cause_in_words(part["component"], limit=80), limit=100)),
        KINDS[kind][0],
        words.day_number(part["days_per_item"]),
        between,
        told_share(part["share"], items),
        told_share_interval(part["share_low"], part["share_high"], items),
    )


def _interval(low: float, high: float) -> str:
    return f"{words.day_number(low)} to {words.day_number(high)}"
