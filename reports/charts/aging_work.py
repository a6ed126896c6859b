"""Every dot is an open item, placed by the days it has been in its stage so far.

The shade reaches to where 85 in 100 stays in that stage had ended before anything was changed, the
tick inside it to where half of all stays have. A diamond beyond the shade is overdue: it has stayed
longer than usual. A ring is an item in a stage in which too few stays have ended to say. The
height of a dot within its row means nothing; it only keeps dots apart. The axis is logarithmic, for
a stay may last an hour or a year. Open work is older than finished work by its nature: ask of a
diamond what it waits for, not why its stage has old dots.
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import pixels
from reports.charts.extents import decades, logarithmic
from reports.charts.item_dots import DOTS, dot_layers, dots, key_of
from reports.figure import Key
from reports.table import Cell, Link, Table, Tracker, figures, named
from reports.theme import colour, framed
from reports.tickets import Items
from reports.tracker_text import readable, safe_address

QUESTION = "Which open work has waited too long?"

KEYS = (
    Key("dot", "estimate", "open item"),
    Key("diamond", "rejected", "overdue"),
    Key("ring", "estimate", "no usual length known"),
    Key("box", "line", "85 in 100 stays ended by here"),
    Key("line", "muted", "half of the stays"),
)

#: Stages drawn.
MOST = 12

#: Pixels from one stage to the next; what stands in it, from its top.
_STEP = 70
_NAME_AT = 10
_DETAIL_AT = 27
_TOP, _BOTTOM = 37, 61
_VALUE_WIDTH = 120

_STAGES = {
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    **dict.fromkeys(("name_at", "detail_at", "top", "bottom"), pl.Int64),
    **dict.fromkeys(("begin", "p50", "p85"), pl.Float64),
}


def finding(work: pl.DataFrame) -> str:
    """How many of the open items are overdue, and of how many that is not known."""
    known = work.filter(pl.col("is_overdue").is_not_null())
    if known.is_empty():
        return QUESTION
    overdue = known.filter("is_overdue").height
    others = work.height - known.height
    if not overdue:
        rest = f"; of {words.whole(others)} it cannot be told" if others else ""
        return f"No open item has been in its stage for longer than is usual there{rest}"
    rest = f"; of {words.whole(others)} more it cannot be told" if others else ""
    items = words.counted(known.height, "open item")
    if overdue == 1:
        return f"1 of {items} has been in its stage for longer than usual{rest}"
    return f"{words.whole(overdue)} of {items} have been in their stage for longer than usual{rest}"


def aging_work(work: pl.DataFrame, stages: pl.DataFrame, items: Items) -> alt.LayerChart:
    """A row per stage in the order of the flow: its open items by the age of their stay.

    Columns of `work` as `main.aging_work`, of `stages` as `main.stage_durations` of one scope;
    `items` give keys.
    """
    drawn = _stages(work, stages).head(MOST).sort("stage_rank", "stage", nulls_last=True)
    height = _STEP * max(drawn.height, 1)
    steps = decades(work["age_days"], drawn["p85_days"], drawn["p50_days"])
    rows = [_row(place, row, _of(work, row), items) for place, row in _placed(drawn)]
    marks = [
        dot
        for place, row in _placed(drawn)
        for dot in dots(_of(work, row), items, place * _STEP + _TOP, place * _STEP + _BOTTOM)
    ]
    stage_rows = pl.DataFrame(rows, schema=_STAGES).with_columns(begin=pl.lit(steps[0]))
    return framed(
        [
            *_usual(height, steps),
            *_words(height),
            *dot_layers(marks, height, _days_at("age", steps)),
        ],
        data=stage_rows,
        height=height,
        description="Open items by stage and by the days of their stay, and how long stays last.",
    )


def table(work: pl.DataFrame, stages: pl.DataFrame, items: Items) -> Table:
    """Each stage with its open items, how long stays last, and the oldest of them."""
    ordered = _stages(work, stages).sort("stage_rank", "stage", nulls_last=True)
    return Table(
        caption="Open work by stage, in days of the present stay",
        columns=(
            *named("Stage"),
            *figures("Open", "Overdue", "Half of the stays", "85 in 100 stays"),
            *named("Oldest"),
            *figures("Its age"),
        ),
        rows=tuple(_table_row(row, _of(work, row), items) for _, row in _placed(ordered)),
    )


def notes(work: pl.DataFrame) -> tuple[str, ...]:
    """How many stages and items are not drawn."""
    sentences = []
    counts = work.group_by("stage").len().sort("len", "stage", descending=[True, False])
    if counts.height > MOST:
        left_out = words.counted(counts.height - MOST, "stage")
        sentences.append(f"The {MOST} stages with most open items; {left_out} more in the table.")
    others = int((counts.head(MOST)["len"].cast(pl.Int64) - DOTS).clip(lower_bound=0).sum())
    if others:
        sentences.append(
            f"Of a stage no more than {DOTS} items are drawn, evenly from the oldest to the "
            f"youngest: {words.counted(others, 'item is', 'items are')} not. The counts are of all."
        )
    return tuple(sentences)


def _stages(work: pl.DataFrame, stages: pl.DataFrame) -> pl.DataFrame:
    """The stages that hold open work, those with most of it first."""
    usual = stages.select("stage", "stage_rank", "p50_days")
    return (
        work.group_by("stage")
        .agg(
            pl.len().alias("open"),
            pl.col("is_overdue").sum().alias("overdue"),
            pl.col("p85_days").max(),
        )
        .join(usual, on="stage", how="left")
        .sort("open", "stage", descending=[True, False])
    )


def _placed(stages: pl.DataFrame) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(stages.iter_rows(named=True)))


def _of(work: pl.DataFrame, stage: dict[str, Any]) -> pl.DataFrame:
    """The open items of a stage, the oldest first."""
    inside = work.filter(pl.col("stage") == stage["stage"])
    return inside.sort("age_days", "item_id", descending=[True, False])


def _row(place: int, stage: dict[str, Any], work: pl.DataFrame, items: Items) -> dict[str, Any]:
    oldest = work.row(0, named=True)
    usual = stage["p85_days"]
    length = "no usual length known" if usual is None else f"usual: up to {words.days(usual)}"
    count = f"{words.whole(stage['overdue'])} of {words.whole(stage['open'])} overdue"
    top = place * _STEP
    return {
        "name": readable(stage["stage"], limit=40),
        "value": f"{words.whole(stage['open'])} open" if usual is None else count,
        "detail": f"{length}; oldest: {key_of(oldest, items)}, {words.days(oldest['age_days'])}",
        "name_at": top + _NAME_AT,
        "detail_at": top + _DETAIL_AT,
        "top": top + _TOP,
        "bottom": top + _BOTTOM,
        "begin": None,
        "p50": stage["p50_days"],
        "p85": usual,
    }


def _usual(height: int, steps: list[float]) -> tuple[alt.Chart, ...]:
    """The shade up to P85, and the tick at P50."""
    top = pixels.down("top", height)
    shade = alt.Chart().mark_bar(color=colour("line"))
    tick = alt.Chart().mark_rule(strokeWidth=1.5, color=colour("muted"))
    return (
        shade.encode(x=_days_at("begin", steps), x2="p85", y=top, y2="bottom"),
        tick.encode(x=_days_at("p50", steps), y=top, y2="bottom"),
    )


def _words(height: int) -> tuple[alt.Chart, ...]:
    name, detail = (pixels.down(field, height) for field in ("name_at", "detail_at"))
    return (
        pixels.left("name", name, keep=_VALUE_WIDTH, is_strong=True),
        pixels.right("value", name),
        pixels.muted(pixels.left("detail", detail, size=12)),
    )


def _days_at(field: str, steps: list[float]) -> alt.X:
    axis = alt.Axis(
        title="days in the stage so far, logarithmic", format="~g", values=steps, labelOverlap=True
    )
    return alt.X(f"{field}:Q", axis=axis, scale=logarithmic(steps))


def _table_row(stage: dict[str, Any], work: pl.DataFrame, items: Items) -> tuple[Cell, ...]:
    oldest = work.row(0, named=True)
    address = items.get(oldest["item_id"], {}).get("url")
    return (
        Tracker(readable(stage["stage"], limit=60)),
        words.whole(stage["open"]),
        words.whole(stage["overdue"]) if stage["p85_days"] is not None else "not known",
        words.reached(stage["p50_days"]),
        words.reached(stage["p85_days"]),
        Link(key_of(oldest, items), safe_address(address)),
        words.day_number(oldest["age_days"]),
    )
