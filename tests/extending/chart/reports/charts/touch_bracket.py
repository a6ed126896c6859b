"""Each dot is a share of the business hours until work is finished, with its 95% interval.

At most the hours in active stages are work; at least those in which somebody left a trace. The
truth lies between the two dots, and no single number is it. Hours in neither are waiting.
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.figure import Key
from reports.reading import FEWEST
from reports.table import Table, figures, named
from reports.theme import colour, framed

QUESTION = "How much of the time is work worked on?"

KEYS = (Key("dot", "estimate", "share of the hours"), Key("line", "estimate", "95% interval"))

_ENDS = (("At most: in active stages", "high"), ("At least: with a trace", "low"))
_MARKS = {
    "row": pl.Int64,
    **dict.fromkeys(("name", "value", "detail"), pl.String),
    **dict.fromkeys(("rate", "low", "high"), pl.Float64),
}


def finding(efficiency: pl.DataFrame) -> str:
    """Both ends in one sentence, where both can be told."""
    shares = [end["value"] for end in _told(efficiency)]
    if len(shares) < len(_ENDS) or "" in shares:
        return QUESTION
    return f"Worked on for {shares[1]} to {shares[0]} of the time until it is finished"


def touch_bracket(efficiency: pl.DataFrame) -> alt.LayerChart:
    """Two rows, the most above the least; columns as `main.flow_efficiency`."""
    marks = pl.DataFrame(_told(efficiency), schema=_MARKS)
    return framed(
        [*rows.estimates(colour("estimate"), rows.shares("share of the hours")), *rows.lines()],
        data=marks,
        height=rows.height(marks.height),
        description="Share of the time in which work is worked on: at most, and at least.",
    )


def table(efficiency: pl.DataFrame) -> Table:
    """The numbers of the chart."""
    return Table(
        caption="Share of the time in which work is worked on",
        columns=(*named("End"), *figures("Share", "95% interval")),
        rows=tuple((end["name"], end["value"], end["detail"]) for end in _told(efficiency)),
    )


def _told(efficiency: pl.DataFrame) -> list[dict[str, Any]]:
    """A mark for each end; none where fewer than twenty items are known."""
    enough = efficiency.filter(pl.col("items") >= FEWEST)
    return [
        _mark(number, name, scope, f"efficiency_{end}")
        for scope in enough.iter_rows(named=True)
        for number, (name, end) in enumerate(_ENDS)
    ]


def _mark(row: int, name: str, scope: dict[str, Any], end: str) -> dict[str, Any]:
    rate, low, high = scope[end], scope[f"{end}_low"], scope[f"{end}_high"]
    between = f"{words.share(low)} to {words.share(high)}" if low is not None else ""
    value = "" if rate is None else words.share(rate)
    told = {"row": row, "name": name, "value": value, "detail": between}
    return {**told, "rate": rate, "low": low, "high": high}
