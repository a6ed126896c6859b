"""Open items as dots in the strip of their stage: where each lies, and how it looks."""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import pixels
from reports.theme import colour
from reports.tickets import Items
from reports.tracker_text import readable

#: The most items of one stage; of more, as many at even distances from the oldest on.
DOTS = 40

#: Pixels that stay free at the top and at the bottom of a strip.
_MARGIN = 4

#: Multiples of it are spread evenly, and never twice at one place.
_GOLDEN = 0.618034

_DOTS = {"age": pl.Float64, "at": pl.Float64, "standing": pl.String, "tip": pl.String}

#: How an item stands -> colour and shape, and whether the shape is filled.
_STANDINGS = {
    "overdue": ("rejected", "diamond", True),
    "within": ("estimate", "circle", True),
    "unknown": ("estimate", "circle", False),
}


def dots(work: pl.DataFrame, items: Items, top: int, bottom: int) -> list[dict[str, Any]]:
    """The items of a stage, spread over the height of its strip."""
    tall = bottom - top - 2 * _MARGIN
    return [
        {
            "age": round(item["age_days"], 3),
            "at": round(top + _MARGIN + tall * (number * _GOLDEN % 1), 1),
            "standing": _standing(item["is_overdue"]),
            "tip": f"{key_of(item, items)}: {words.days(item['age_days'])}",
        }
        for number, item in enumerate(_evenly(work).iter_rows(named=True))
    ]


def dot_layers(found: list[dict[str, Any]], height: int, age: alt.X) -> tuple[alt.Chart, ...]:
    """One layer for each standing that occurs."""
    frame = pl.DataFrame(found, schema=_DOTS)
    layers = []
    for standing, (meaning, shape, is_filled) in _STANDINGS.items():
        inside = frame.filter(pl.col("standing") == standing)
        mark = alt.Chart(inside).mark_point(
            shape=shape, filled=is_filled, size=48, opacity=0.85, color=colour(meaning)
        )
        drawn = mark.encode(x=age, y=pixels.down("at", height), tooltip=alt.Tooltip("tip:N"))
        layers += [drawn] if inside.height else []
    return tuple(layers)


def key_of(item: dict[str, Any], items: Items) -> str:
    """What people call the item; its id where that is not known."""
    return readable(items.get(item["item_id"], {}).get("key") or item["item_id"], limit=24)


def _evenly(work: pl.DataFrame) -> pl.DataFrame:
    """All items, or as many as may be drawn, at even distances from the oldest to the youngest."""
    if work.height <= DOTS:
        return work
    last = work.height - 1
    return work[[round(number * last / (DOTS - 1)) for number in range(DOTS)]]


def _standing(is_overdue: bool | None) -> str:  # noqa: FBT001 - a column that may be null
    if is_overdue is None:
        return "unknown"
    return "overdue" if is_overdue else "within"
