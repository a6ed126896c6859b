"""The dot is the probability that an attempt on the handoff is sent back within the horizon.

The line through it is its 95% interval. Attempts without a verdict count as not known yet: leaving
them out, or counting them as accepted, makes the last weeks look better than they are. A handoff
with fewer than twenty attempts has no dot. Where two lines overlap widely, the difference between
two handoffs may be chance.
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.charts.handoff_edges import MOST, edge, worst
from reports.figure import Key
from reports.reading import FEWEST, told_share, told_share_interval
from reports.table import Table, Tracker, figures, named
from reports.theme import colour, framed

QUESTION = "How often is work sent back?"

KEYS = (
    Key("dot", "rejected", "probability of being sent back"),
    Key("line", "rejected", "95% interval"),
)


def finding(rates: pl.DataFrame) -> str:
    """The handoff with the highest probability, of those with attempts enough to say."""
    enough = rates.filter(pl.col("attempts") >= FEWEST, pl.col("rejection_rate").is_not_null())
    if enough.is_empty():
        return QUESTION
    order = ["rejection_rate", "from_stage", "to_stage"]
    top = enough.sort(order, descending=[True, False, False]).row(0, named=True)
    rate = words.share(top["rejection_rate"])
    between = told_share_interval(top["rejection_low"], top["rejection_high"], top["attempts"])
    return f"{rate} of attempts on {edge(top)} are sent back{f' ({between})' if between else ''}"


def rejection_rates(rates: pl.DataFrame) -> alt.LayerChart:
    """One dot per handoff the worst first; columns as `main.handoff_rates`."""
    drawn = worst(rates).head(MOST).iter_rows(named=True)
    marks = rows.with_intervals(_mark(row, handoff) for row, handoff in enumerate(drawn))
    return framed(
        [*_estimates(), *rows.lines(rows.room(marks["value"]))],
        data=marks,
        height=rows.height(marks.height),
        description="Probability that an attempt is sent back, per handoff, with its interval.",
    )


def table(rates: pl.DataFrame) -> Table:
    """The numbers of the chart."""
    return Table(
        caption="Probability that an attempt is sent back, and that a first one is accepted",
        columns=(
            *named("Handoff"),
            *figures("Sent back", "95% interval", "Accepted at first", "95% interval"),
            *figures("Followed, days", "Median days to verdict", "Rework days"),
        ),
        rows=tuple(_table_row(handoff) for handoff in worst(rates).iter_rows(named=True)),
    )


def _table_row(handoff: dict[str, Any]) -> tuple[Tracker | str, ...]:
    firsts = handoff["items"]
    return (
        Tracker(edge(handoff)),
        told_share(handoff["rejection_rate"], handoff["attempts"]),
        _between(handoff),
        told_share(handoff["first_pass_yield"], firsts),
        told_share_interval(handoff["first_pass_low"], handoff["first_pass_high"], firsts),
        words.reached(handoff["horizon_days"]),
        words.reached(handoff["median_verdict_days"]),
        words.day_number(handoff["rework_days"]),
    )


def _mark(row: int, handoff: dict[str, Any]) -> dict[str, Any]:
    is_told = handoff["attempts"] >= FEWEST
    between = _between(handoff)
    return {
        "row": row,
        "name": edge(handoff),
        "value": told_share(handoff["rejection_rate"], handoff["attempts"]),
        "detail": f"95% interval {between}" if between else "",
        "rate": handoff["rejection_rate"] if is_told else None,
        "low": handoff["rejection_low"] if is_told else None,
        "high": handoff["rejection_high"] if is_told else None,
    }


def _between(handoff: dict[str, Any]) -> str:
    low, high = handoff["rejection_low"], handoff["rejection_high"]
    return told_share_interval(low, high, handoff["attempts"])


def _estimates() -> tuple[alt.Chart, ...]:
    return rows.estimates(colour("rejected"), rows.shares("share of attempts"))
