"""Every declared change against every metric, turned so that better always lies to the right.

The mark is how many times better or worse the metric became than it would have been without the
change, the line its 95% interval. Twice as much of what is wanted and half as much of what is not
lie equally far to the right; the axis is logarithmic. Where a line crosses the one of no effect,
chance is enough to explain it. The small hollow mark is what a dashboard would have shown: before
against after, and nothing else. A letter is the grade of the comparison: A and B support a
statement of cause, C does with reservations, D does not. Read the declared metric first: of so many
others, one or another always looks good.
"""

from collections.abc import Iterator

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import pixels
from reports.charts.effect_rows import (
    CHANGES,
    MOST,
    Row,
    effect_rows,
    latest,
    of_change,
    reach,
    times_better,
    told_times,
    turned,
    within,
)
from reports.figure import Key, Shape
from reports.measures import measure
from reports.table import Table, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable
from reports.verdicts import VERDICTS, improved_in_words

QUESTION = "What did the changes do?"

#: Verdict -> shape of its mark, whether that is filled, and the shape of its key.
_SHAPES: dict[str, tuple[str, bool, Shape]] = {
    "improved": ("circle", True, "dot"),
    "worsened": ("diamond", True, "diamond"),
    "shown_not_to_help": ("square", False, "box"),
    "not_shown": ("circle", False, "ring"),
}

_VALUE_WIDTH = 128

_MARKS = {
    **dict.fromkeys(("level", "name", "value", "detail", "verdict", "place"), pl.String),
    **dict.fromkeys(("words_at", "detail_at", "marks_at", "tick_top", "tick_bottom"), pl.Int64),
    **dict.fromkeys(("better", "low", "high", "naive", "beyond_low", "beyond_high"), pl.Float64),
}


def finding(effects: pl.DataFrame) -> str:
    """How many changes improved the metric that was declared for them."""
    declared = effects.filter("is_primary")
    if declared.is_empty():
        return QUESTION
    return improved_in_words(declared["verdict"].to_list())


def effect_intervals(effects: pl.DataFrame, interventions: pl.DataFrame) -> alt.LayerChart:
    """A row per metric under each change.

    Columns as `main.intervention_effects` and `main.interventions`.
    """
    rows = effect_rows(effects, interventions)
    furthest = reach(rows)
    height = max((row.get("marks_at", 0) for row in rows), default=0) + 14
    drawn = [{**dict.fromkeys(_MARKS), **within(row, furthest)} for row in rows]
    return framed(
        [_none(height, furthest), *_marks(drawn, height, furthest), *_words(height)],
        data=pl.DataFrame(drawn, schema=_MARKS),
        height=height,
        description="How many times better or worse each metric became by each change.",
    )


def table(effects: pl.DataFrame) -> Table:
    """Every effect, also those that are not drawn."""
    ordered = effects.sort("intervention", "is_primary", "metric", descending=[False, True, False])
    return Table(
        caption="Every change against every metric: times better, below one times worse",
        columns=(
            *named("Change", "Metric"),
            *figures("Times better", "95% interval", "A dashboard"),
            *named("Verdict", "Grade"),
        ),
        rows=tuple(_table_row(effect) for effect in ordered.iter_rows(named=True)),
    )


def notes(effects: pl.DataFrame, interventions: pl.DataFrame) -> tuple[str, ...]:
    """What the chart leaves out."""
    sentences = []
    if interventions.height > CHANGES:
        left_out = words.counted(interventions.height - CHANGES, "change")
        sentences.append(f"The {CHANGES} latest changes; {left_out} more in the table.")
    names = latest(interventions)["intervention"].to_list()
    all_rows = effects.filter(pl.col("intervention").is_in(names)).height
    missing = all_rows - sum(len(of_change(effects, name)[:MOST]) for name in names)
    if missing:
        what = words.counted(missing, "metric")
        sentences.append(
            f"Not drawn: {what}, mostly time in stages that is not shown to have moved."
        )
    return tuple(sentences)


def keys(effects: pl.DataFrame) -> tuple[Key, ...]:
    """The verdicts that occur, the interval and the mark of a dashboard."""
    present = set(effects["verdict"])
    verdicts = (
        Key(shape, verdict, VERDICTS[verdict])
        for verdict, (_, _, shape) in _SHAPES.items()
        if verdict in present
    )
    return (
        *verdicts,
        Key("line", "muted", "95% interval"),
        Key("hollow", "promised", "what a dashboard would have shown"),
    )


def _better(field: str, furthest: float) -> alt.X:
    """A place on the axis; of its labels in words the middle one always has room."""
    steps = sorted({1 / furthest, 0.5, 1.0, 2.0, furthest})
    side = f"datum.value == {steps[0]} ? ' worse' : datum.value == {steps[-1]} ? ' better' : ''"
    times = "format(max(datum.value, 1 / datum.value), '~g') + ' \N{MULTIPLICATION SIGN}'"
    axis = alt.Axis(
        title="against what would have been, logarithmic",
        values=steps,
        labelExpr=f"datum.value == 1 ? 'no effect' : {times} + ({side})",
        labelOverlap="parity",
        labelFlush=True,
    )
    scale = alt.Scale(type="log", base=2, domain=[steps[0], steps[-1]])
    return alt.X(f"{field}:Q", axis=axis, scale=scale)


def _none(height: int, furthest: float) -> alt.Chart:
    """The line of no effect, broken where the names stand."""
    at = alt.Chart().transform_calculate(none="1")
    line = at.mark_rule(strokeWidth=1.5, color=colour("muted"))
    drawn: alt.Chart = line.encode(
        x=_better("none", furthest), y=pixels.down("tick_top", height), y2="tick_bottom"
    )
    return drawn


def _marks(drawn: list[Row], height: int, furthest: float) -> tuple[alt.Chart, ...]:
    """Of each verdict that occurs the intervals and the marks, and what a dashboard would show."""
    at = pixels.down("marks_at", height)
    dashboard = alt.Chart().mark_point(
        shape="diamond",
        size=40,
        strokeWidth=1.2,
        opacity=1,
        color=colour("promised"),
        invalid="filter",
    )
    layers = [dashboard.encode(x=_better("naive", furthest), y=at)]
    present = {row["verdict"] for row in drawn if row["better"] is not None}
    for verdict, (shape, is_filled, _) in _SHAPES.items():
        if verdict in present:
            layers += _verdict(verdict, shape, at, furthest, is_filled=is_filled)
    return (*layers, *_beyond(drawn, at, furthest))


def _verdict(
    verdict: str, shape: str, at: alt.Y, furthest: float, *, is_filled: bool
) -> list[alt.Chart]:
    """The effects of one verdict; the declared metric is drawn larger."""
    hue, is_declared = colour(verdict), alt.datum.level == "primary"
    line = alt.Chart().transform_filter(alt.datum.verdict == verdict).mark_rule(color=hue)
    inside = hue if is_filled else colour("paper")
    mark = (
        alt.Chart()
        .transform_filter(alt.datum.verdict == verdict)
        .mark_point(shape=shape, fill=inside, stroke=hue, opacity=1, strokeWidth=2)
    )
    return [
        line.encode(
            x=_better("low", furthest),
            x2="high",
            y=at,
            strokeWidth=alt.when(is_declared).then(alt.value(4)).otherwise(alt.value(2)),
        ),
        mark.encode(
            x=_better("better", furthest),
            y=at,
            size=alt.when(is_declared).then(alt.value(150)).otherwise(alt.value(65)),
        ),
    ]


def _beyond(drawn: list[Row], at: alt.Y, furthest: float) -> Iterator[alt.Chart]:
    """An arrow where an interval goes on beyond the axis.

    Without any there is no layer: of a mark that is not there a screen reader has nothing to say.
    """
    for field, shape in (("beyond_low", "triangle-left"), ("beyond_high", "triangle-right")):
        if all(row[field] is None for row in drawn):
            continue
        arrow = alt.Chart().mark_point(
            shape=shape, filled=True, size=60, opacity=1, color=colour("muted"), invalid="filter"
        )
        yield arrow.encode(x=_better(field, furthest), y=at)


def _words(height: int) -> tuple[alt.Chart, ...]:
    at, below = pixels.down("words_at", height), pixels.down("detail_at", height)
    place = pixels.down("marks_at", height)
    change, primary, metric = (
        f"datum.level === '{level}'" for level in ("change", "primary", "metric")
    )
    strong = pixels.left("name", at, size=12, keep=_VALUE_WIDTH, is_strong=True)
    instead = alt.Chart().mark_text(baseline="middle", fontSize=12, color=colour("muted"))
    return (
        pixels.left("name", at, is_strong=True).transform_filter(change),
        pixels.muted(pixels.left("detail", below, size=12)),
        strong.transform_filter(primary),
        pixels.left("name", at, size=12, keep=_VALUE_WIDTH).transform_filter(metric),
        pixels.right("value", at, size=12),
        instead.encode(x=alt.value({"expr": "width / 2"}), y=place, text="place:N"),
    )


def _table_row(effect: Row) -> tuple[str, ...]:
    metric = effect["metric"]
    low, high = turned(effect["ratio_low"], effect["ratio_high"], metric)
    name = words.sentence(measure(metric).words)
    return (
        readable(effect["intervention"], limit=60),
        f"{name}, declared" if effect["is_primary"] else name,
        told_times(times_better(effect["ratio"], metric)),
        "" if low is None or high is None else f"{told_times(low)} to {told_times(high)}",
        told_times(times_better(effect["naive_ratio"], metric)),
        VERDICTS[effect["verdict"]],
        effect["design_grade"],
    )
