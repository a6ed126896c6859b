"""Each row is a handoff from one stage to the next, each piece of its bar a number of attempts.

Accepted means the receiver took the work up; sent back means somebody other than the sender
returned it; recalled means the sender took it back. Undecided attempts are shown and never counted
as either. The dark strip marks accepted work that came back later all the same. Ask of the row with
the longest piece sent back: what did the receiver miss, and is that written down anywhere?
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.figure import Key
from reports.table import Table, Tracker, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable

QUESTION = "What becomes of work that is handed over?"

VERDICTS = ("accepted", "rejected", "recalled", "dropped", "undecided")

KEYS = (
    Key("bar", "accepted", "accepted"),
    Key("bar", "rejected", "sent back"),
    Key("bar", "recalled", "recalled"),
    Key("bar", "dropped", "dropped"),
    Key("box", "undecided", "undecided"),
    Key("line", "returned", "of the accepted: came back later"),
)

#: Handoffs drawn; a tracker without configured stages may have a hundred.
MOST = 10

_BAR = 14

#: Drawn hollow: what has no verdict is no result. A piece of no width would leave its outline.
_UNDECIDED = (alt.datum.verdict == "undecided") & (alt.datum.attempts > 0)

_MARKS = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "late_returns": pl.Int64,
    "verdict": pl.String,
    "place": pl.Int64,
    "attempts": pl.Int64,
    "tip": pl.String,
}


def edge(handoff: dict[str, Any], *, limit: int = 60) -> str:
    """The name of a handoff: its two stages, each cut to half of the limit."""
    half = limit // 2
    sender, receiver = handoff["from_stage"], handoff["to_stage"]
    return f"{readable(sender, limit=half)} → {readable(receiver, limit=half)}"


def worst(rates: pl.DataFrame) -> pl.DataFrame:
    """Handoffs by attempts sent back, then by attempts: the order of the charts and tables."""
    return rates.sort(
        "rejected", "attempts", "from_stage", "to_stage", descending=[True, True, False, False]
    )


def finding(rates: pl.DataFrame) -> str:
    """The handoff with most attempts sent back."""
    if rates.is_empty():
        return QUESTION
    top = worst(rates).row(0, named=True)
    if not top["rejected"]:
        return f"None of the attempts on {words.counted(rates.height, 'handoff')} was sent back"
    attempts = words.counted(top["attempts"], "attempt")
    verb = "was" if top["rejected"] == 1 else "were"
    return (
        f"{edge(top)} bounces most: {words.whole(top['rejected'])} of {attempts} {verb} sent back"
    )


def handoff_verdicts(rates: pl.DataFrame) -> alt.LayerChart:
    """One bar per handoff, worst first, at most `MOST`; columns as `main.handoff_rates`."""
    drawn = worst(rates).head(MOST)
    return framed(
        [_pieces(), _late_returns(), *_lines()],
        data=_marks(drawn),
        height=rows.height(drawn.height),
        description="Attempts on each handoff: accepted, sent back, recalled, dropped, undecided.",
    )


def table(rates: pl.DataFrame) -> Table:
    """Every handoff, also those that are not drawn."""
    return Table(
        caption="Attempts on each handoff, and what became of them",
        columns=(
            *named("Handoff"),
            *figures("Attempts", "Accepted", "Sent back", "Recalled", "Dropped", "Undecided"),
            *figures("Came back later", "Skips"),
        ),
        rows=tuple(_table_row(handoff) for handoff in worst(rates).iter_rows(named=True)),
    )


def notes(rates: pl.DataFrame) -> tuple[str, ...]:
    """What the chart leaves out."""
    if rates.height <= MOST:
        return ()
    left_out = words.counted(rates.height - MOST, "handoff")
    return (f"The {MOST} handoffs with most work sent back; {left_out} more in the table.",)


def _table_row(handoff: dict[str, Any]) -> tuple[Tracker | str, ...]:
    return (
        Tracker(edge(handoff)),
        words.whole(handoff["attempts"]),
        *(words.whole(handoff[verdict]) for verdict in VERDICTS),
        words.whole(handoff["late_returns"]),
        words.whole(handoff["skips"]),
    )


def _marks(drawn: pl.DataFrame) -> pl.DataFrame:
    pieces = [
        {**_line(row, handoff), **_piece(place, handoff)}
        for row, handoff in enumerate(drawn.iter_rows(named=True))
        for place in range(len(VERDICTS))
    ]
    return pl.DataFrame(pieces, schema=_MARKS)


def _line(row: int, handoff: dict[str, Any]) -> dict[str, Any]:
    late = handoff["late_returns"]
    roles = (
        f"{readable(handoff['from_role'], limit=30)} to {readable(handoff['to_role'], limit=30)}"
    )
    return {
        "row": row,
        "name": edge(handoff),
        "value": words.counted(handoff["attempts"], "attempt"),
        "detail": f"{roles}, {words.whole(late)} came back later" if late else roles,
        "late_returns": late,
    }


def _piece(place: int, handoff: dict[str, Any]) -> dict[str, Any]:
    verdict = VERDICTS[place]
    shown = "sent back" if verdict == "rejected" else verdict
    tip = f"{words.counted(handoff[verdict], 'attempt')} {shown}"
    return {"verdict": verdict, "place": place, "attempts": handoff[verdict], "tip": tip}


def _pieces() -> alt.Chart:
    colours = [colour(verdict) for verdict in VERDICTS]
    verdict = alt.Scale(domain=list(VERDICTS), range=colours)
    pieces: alt.Chart = (
        alt.Chart()
        .mark_bar(height=_BAR, yOffset=rows.MARKS_AT)
        .encode(
            x=alt.X("attempts:Q", stack="zero", axis=rows.counts("attempts")),
            y=rows.place(),
            fill=alt.Fill("verdict:N", scale=verdict, legend=None),
            fillOpacity=alt.when(_UNDECIDED).then(alt.value(0.15)).otherwise(alt.value(1)),
            stroke=alt.when(_UNDECIDED).then(alt.value(colour("undecided"))),
            order=alt.Order("place:Q"),
            tooltip=alt.Tooltip("tip:N"),
        )
    )
    return pieces


def _late_returns() -> alt.Chart:
    strip: alt.Chart = (
        alt.Chart()
        .transform_filter("datum.place === 0")
        .mark_bar(height=3, yOffset=rows.MARKS_AT + _BAR // 2 + 2, color=colour("returned"))
        .encode(x=alt.X("late_returns:Q"), y=rows.place())
    )
    return strip


def _lines() -> tuple[alt.Chart, ...]:
    return tuple(line.transform_filter("datum.place === 0") for line in rows.lines(110))
