"""Every handoff from a stage (row) to a stage (column), both in the order of the flow.

The size of a disc is the number of attempts, its inner part those that were sent back. The figure
below is the probability of being sent back, and so is the thickness of the arrow that leads back.
The number of a stage stands where its row and its column meet: what lies to the right of it is
handed on, what lies to the left is handed against the flow. Ask of a thick arrow: what does the
receiver miss, and is that written down anywhere?
"""

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import pixels
from reports.charts.handoff_edges import edge, worst
from reports.charts.matrix_marks import (
    HEAD,
    MOST,
    Row,
    cell_marks,
    drawn_handoffs,
    order_of_flow,
    row_tops,
    stage_marks,
)
from reports.figure import Key
from reports.reading import FEWEST, told_share, told_share_interval
from reports.table import Table, Tracker, figures, named
from reports.theme import colour, framed

QUESTION = "Between which stages is work sent back?"

KEYS = (
    Key("ring", "accepted", "attempts"),
    Key("dot", "rejected", "of these sent back"),
    Key("line", "rejected", "how likely it is sent back"),
)

#: Square pixels of the largest disc.
_LARGEST = 1000
_VALUE_WIDTH = 110

_MARKS = {
    **dict.fromkeys(("kind", "name", "value", "number", "share", "tip", "head"), pl.String),
    **dict.fromkeys(("name_at", "disc_at", "share_at", "line_at"), pl.Int64),
    **dict.fromkeys(("column", "back_to", "attempts", "rejected", "rate"), pl.Float64),
}


def finding(rates: pl.DataFrame) -> str:
    """How many attempts were sent back, and on which handoff most of them."""
    if rates.is_empty():
        return QUESTION
    back, attempts = int(rates["rejected"].sum()), int(rates["attempts"].sum())
    if not back:
        return f"None of {words.counted(attempts, 'attempt')} to hand over was sent back"
    top = worst(rates).row(0, named=True)
    were = "was" if back == 1 else "were"
    attempted = words.counted(attempts, "attempt")
    told = f"{words.whole(back)} of {attempted} to hand over {were} sent back"
    if rates.height == 1:
        return told
    of_them = "" if back == 1 else f"{words.whole(top['rejected'])} of them "
    return f"{told}, {of_them}on {edge(top)}"


def handoff_matrix(rates: pl.DataFrame, stages: pl.DataFrame) -> alt.LayerChart:
    """A row and a column for each stage.

    Columns as `main.handoff_rates` and `main.stage_durations`, both of one scope.
    """
    drawn = drawn_handoffs(rates)
    tops, height = row_tops(drawn, order_of_flow(drawn, stages))
    largest = max(drawn["attempts"].to_list(), default=1)
    marks = [*stage_marks(drawn, tops), *cell_marks(drawn, tops)]
    return framed(
        [
            *_grid(height, len(tops)),
            *_returns(height, len(tops)),
            *_discs(height, len(tops), largest),
            *_words(height, len(tops)),
        ],
        data=pl.DataFrame(marks, schema=_MARKS),
        height=height,
        description="Attempts to hand over from stage to stage, and how many were sent back.",
    )


def table(rates: pl.DataFrame) -> Table:
    """Every handoff, also those that are not drawn."""
    return Table(
        caption="Attempts on each handoff, what became of them, and how likely they are sent back",
        columns=(
            *named("Handoff"),
            *figures("Attempts", "Accepted", "Sent back", "Recalled", "Dropped", "Undecided"),
            *figures("Came back later", "Probability sent back", "95% interval"),
        ),
        rows=tuple(_table_row(handoff) for handoff in worst(rates).iter_rows(named=True)),
    )


def notes(rates: pl.DataFrame) -> tuple[str, ...]:
    """What the chart leaves out."""
    said = []
    left_out = rates.height - drawn_handoffs(rates).height
    if left_out:
        what = words.counted(left_out, "handoff")
        said.append(f"Drawn are the most used handoffs of {MOST} stages; {what} more in the table.")
    few = drawn_handoffs(rates).filter(pl.col("attempts") < FEWEST).height
    if few:
        said.append(f"A disc without a figure is of fewer than {FEWEST} attempts.")
    return tuple(said)


def _across(field: str, stages: int) -> alt.X:
    """The horizontal place of a column."""
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, max(stages, 1)], nice=False))


def _grid(height: int, stages: int) -> tuple[alt.Chart, ...]:
    """Hair lines, and the number of a stage above its column and where its row meets it."""
    row, down = (alt.Chart().mark_rule(color=colour("line")) for _ in range(2))
    number = alt.Chart().mark_text(
        baseline="middle", fontSize=13, fontWeight=600, color=colour("muted")
    )
    column = _across("column", stages)
    meeting = number.encode(x=column, y=pixels.down("disc_at", height), text="number:N")
    above = number.encode(x=column, y=alt.value(HEAD - 12), text="number:N")
    return (
        row.encode(x=alt.value(0), x2=alt.value("width"), y=pixels.down("line_at", height)),
        down.transform_filter("isValid(datum.number)").encode(
            x=_across("column", stages),
            y=alt.value(HEAD),
            y2=alt.value(height),
            opacity=alt.value(0.6),
        ),
        meeting.transform_filter("datum.kind === 'sender'"),
        above.transform_filter("isValid(datum.number)"),
    )


def _returns(height: int, stages: int) -> tuple[alt.Chart, ...]:
    """An arrow from the receiver back to the sender, as thick as it is likely."""
    at, hue = pixels.down("disc_at", height), colour("rejected")
    some = alt.Chart().transform_filter("isValid(datum.rate)")
    back = _across("back_to", stages)
    thick = alt.Scale(domain=[0, 1], range=[1, 12])
    line = some.mark_rule(color=hue).encode(
        x=back, x2="column", y=at, strokeWidth=alt.StrokeWidth("rate:Q", scale=thick, legend=None)
    )
    head = some.mark_point(filled=True, size=90, opacity=1, color=hue)
    shapes = alt.Scale(domain=["back", "on"], range=["triangle-left", "triangle-right"])
    shape = alt.Shape("head:N", scale=shapes, legend=None)
    return (line, head.encode(x=back, y=at, shape=shape))


def _discs(height: int, stages: int, largest: int) -> tuple[alt.Chart, ...]:
    """Attempts as a disc on paper and those sent back inside it, both by area."""
    disc = alt.Chart().transform_filter("datum.kind === 'handoff'")
    scale = alt.Scale(domain=[0, largest], range=[0, _LARGEST])
    shared = {
        "x": _across("column", stages),
        "y": pixels.down("disc_at", height),
        "tooltip": alt.Tooltip("tip:N"),
    }
    attempts, back = (
        alt.Size(f"{field}:Q", scale=scale, legend=None) for field in ("attempts", "rejected")
    )
    ring = disc.mark_circle(
        fill=colour("paper"), stroke=colour("accepted"), strokeWidth=2, opacity=1
    )
    inner = disc.mark_circle(fill=colour("rejected"), opacity=1)
    return (ring.encode(size=attempts, **shared), inner.encode(size=back, **shared))


def _words(height: int, stages: int) -> tuple[alt.Chart, ...]:
    at, column = pixels.down("name_at", height), _across("column", stages)
    share = alt.Chart().mark_text(baseline="middle", fontSize=12)
    told = share.encode(x=column, y=pixels.down("share_at", height), text="share:N")
    heading = alt.Chart(pl.DataFrame({"text": ["Handed to stage"]})).mark_text(
        align="left", baseline="middle", fontSize=12, color=colour("muted")
    )
    return (
        pixels.left("name", at, keep=_VALUE_WIDTH, is_strong=True),
        pixels.muted(pixels.right("value", at, size=12)),
        told.transform_filter("datum.kind === 'handoff'"),
        heading.encode(x=alt.value(0), y=alt.value(8), text="text:N"),
    )


def _table_row(handoff: Row) -> tuple[Tracker | str, ...]:
    counts = ("attempts", "accepted", "rejected", "recalled", "dropped", "undecided")
    low, high = handoff["rejection_low"], handoff["rejection_high"]
    return (
        Tracker(edge(handoff)),
        *(words.whole(handoff[count]) for count in counts),
        words.whole(handoff["late_returns"]),
        told_share(handoff["rejection_rate"], handoff["attempts"]),
        told_share_interval(low, high, handoff["attempts"]),
    )
