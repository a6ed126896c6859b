"""Days of the average item that go to rules, to seats whoever sits in them, and to people.

The dot is what an item would be spared, the line its 95% interval. Rules are compared within one
team and one month. A seat keeps its delay when its holder changes; a person takes it along. What
all wait for alike is no difference between people: it is drawn under Where the time goes, not here.
Ask before anybody is replaced: what do rules and seats leave to explain?
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.charts.extents import from_zero
from reports.figure import Key
from reports.table import Table, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable

QUESTION = "Is it a rule, a seat or a person?"

KEYS = (Key("dot", "estimate", "days an item would be spared, 95% interval"),)

CLASSES = {
    "rule": "Rules and rights",
    "seat": "Seats, whoever holds them",
    "person": "People",
    "seat_or_person": "A seat or a person: these data cannot tell",
}
_NAMES = {
    "rule": "rules not kept and rights not clear",
    "seat": "seats",
    "person": "people",
    "seat_or_person": "a seat or a person",
}
_SEEN = 0.05
"""Days that are more than nothing once they are rounded to be read."""
_MARKS = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "days": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def finding(classes: pl.DataFrame) -> str | None:
    """What the classes of cause cost the average item; None where nothing of it can be told."""
    known = [row for row in classes.iter_rows(named=True) if _is_known(row)]
    costly = [row for row in known if row["low"] is not None and row["low"] > _SEEN]
    if not known:
        return None
    if not costly and known[0]["reason"] == "common_cause":
        return "All wait alike, whoever sits where: the delay is common to everybody"
    if not costly:
        return "Neither rules nor seats nor people cost days that can be seen"
    mean = words.day_number(known[0]["mean_days"])
    costs = words.listed([_cost(one) for one in costly])
    others = [_NAMES[row["cause_class"]] for row in known if row not in costly]
    rest = f"; {words.listed(others)} nothing that can be seen" if others else ""
    return f"Of {mean} days an item handed over takes, {costs}{rest}"


def _cost(row: dict[str, Any]) -> str:
    interval = words.signed_interval(row["low"], row["high"])
    return f"{_NAMES[row['cause_class']]} cost {words.signed(row['excess_days'])} ({interval})"


def cause_classes(classes: pl.DataFrame) -> alt.LayerChart:
    """One row per class; columns as `main.attribution`."""
    mark_rows = [_mark(place, row) for place, row in enumerate(classes.iter_rows(named=True))]
    marks = pl.DataFrame(mark_rows, schema=_MARKS)
    reach = from_zero(marks, "days", "high")

    def length(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=rows.scale_line("days per item"), scale=reach)

    line = alt.Chart().mark_rule(
        strokeWidth=3, opacity=0.45, yOffset=rows.MARKS_AT, color=colour("estimate")
    )
    dot = alt.Chart().mark_point(
        filled=True,
        opacity=1,
        size=110,
        yOffset=rows.MARKS_AT,
        color=colour("estimate"),
        invalid="filter",
    )
    return framed(
        [
            rows.track(),
            line.encode(x=length("low"), x2="high", y=rows.place()),
            dot.encode(x=length("days"), y=rows.place()),
            *rows.lines(rows.room(marks["value"])),
        ],
        data=marks,
        height=rows.height(marks.height),
        description="Days per item by rules, seats and people, with their intervals.",
    )


def table(classes: pl.DataFrame) -> Table:
    """The numbers of the chart, and how much stayed when a holder changed."""
    return Table(
        caption="Days of the average item by class of cause",
        columns=(
            *named("Class"),
            *figures("Days", "95% interval", "Probability", "Left after the holder changed"),
        ),
        rows=tuple(_table_row(row) for row in classes.iter_rows(named=True) if _is_known(row)),
    )


def notes(classes: pl.DataFrame) -> tuple[str, ...]:
    """Of which items it speaks."""
    row = classes.row(0, named=True)
    roles = (row["from_role"], row["to_role"])
    between = "" if None in roles else " from {} to {}".format(*map(readable, roles))
    count, mean = words.whole(row["items"]), words.days(row["mean_days"])
    return (f"Of {count} items handed over{between}, which take {mean} on average.",)


def _is_known(row: dict[str, Any]) -> bool:
    return row["excess_days"] is not None


def _mark(place: int, row: dict[str, Any]) -> dict[str, Any]:
    value = f"{words.signed(row['excess_days'])} days" if _is_known(row) else "cannot be told"
    return {
        "row": place,
        "name": CLASSES[row["cause_class"]],
        "value": value,
        "detail": _interval(row),
        "days": row["excess_days"],
        "low": row["low"],
        "high": row["high"],
    }


def _interval(row: dict[str, Any]) -> str:
    if row["low"] is None or row["high"] is None:
        return ""
    return f"95% interval {words.signed_interval(row['low'], row['high'])} days"


def _table_row(row: dict[str, Any]) -> tuple[str, ...]:
    stayed = row["persistence"]
    return (
        CLASSES[row["cause_class"]],
        words.signed(row["excess_days"]),
        _interval(row).removeprefix("95% interval ").removesuffix(" days"),
        "" if row["posterior"] is None else words.share(row["posterior"]),
        "" if stayed is None else words.share(stayed),
    )
