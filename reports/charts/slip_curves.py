"""How promised dates were moved: each line is a commitment, each step a move of its date.

Zero on the horizontal axis is the day that was promised first; the vertical axis is how many days
later the date then stood. A promise that is kept runs along zero. In the shade, below the diagonal,
the date has passed and nobody has moved it. A line that climbs along the diagonal was moved
whenever it was about to be missed: at no time did anybody know more than that it was not done yet.
A diamond is the day of delivery, a dot the present day of what is still open. Named are releases
first, then the commitments that slipped most often; they say nothing of the usual one.
"""

import altair as alt
import polars as pl

from reports import format as words
from reports.charts.slip_paths import (
    NAMED,
    NAMES,
    PALE,
    Reach,
    Row,
    When,
    ends,
    labelled,
    moved,
    paths,
    reach_of,
)
from reports.figure import Key
from reports.table import Cell, Link, Table, figures, named
from reports.theme import colour, framed
from reports.tickets import Items
from reports.tracker_text import readable, safe_address

QUESTION = "How do promised dates move?"

KEYS = (
    Key("line", "current", "slipped most often, releases first"),
    Key("pale", "promised", "other commitments"),
    Key("hollow", "shipped", "done or released"),
    Key("dot", "current", "still open"),
    Key("box", "line", "the date has passed"),
)

#: Commitments listed.
LISTED = 25

_HEIGHT = 340

_POINTS = {
    "line": pl.Int64,
    "is_named": pl.Boolean,
    "day": pl.Int64,
    "later": pl.Int64,
}
_ENDS = {**_POINTS, "end": pl.String, "label": pl.String, "label_at": pl.Float64}


def finding(commitments: pl.DataFrame) -> str:
    """How many promises slipped more than once, and the one that did most often."""
    promised = commitments.filter(pl.col("original_on").is_not_null())
    later = moved(commitments)
    if later.is_empty():
        return QUESTION if promised.is_empty() else "No promised date was moved later"
    # A date that is cleared slips, and is not moved later.
    again = promised.filter(pl.col("slip_count") > 1)
    if again.is_empty():
        told = words.counted(promised.height, "promise")
        were = "was" if later.height == 1 else "were"
        return f"{words.whole(later.height)} of {told} {were} moved later, none of them twice"
    order = [-pl.col("slip_count"), -pl.col("gross_slip_days"), "subject", "subject_id"]
    top = again.sort(order).row(0, named=True)
    most = f"{readable(top['subject'], limit=40)} {words.counted(top['slip_count'], 'time')}"
    return f"{words.counted(again.height, 'promise')} slipped more than once, {most}"


def slip_curves(commitments: pl.DataFrame, moves: pl.DataFrame, when: When) -> alt.LayerChart:
    """Lines from the commitment to delivery or `when.until`.

    Columns as `main.commitments` and `main.date_moves`.
    """
    points = paths(commitments, moves, when)
    frame = pl.DataFrame(points, schema=_POINTS)
    reach = reach_of(points)
    marked = pl.DataFrame(labelled(ends(points, commitments), reach, _HEIGHT), schema=_ENDS)
    return framed(
        [*_ground(reach), *_captions(), *_lines(reach), *_ends(marked, reach)],
        data=frame,
        height=_HEIGHT,
        description="By how many days promised dates stood later than first promised, over time.",
    )


def table(commitments: pl.DataFrame, items: Items, timezone: str) -> Table:
    """The commitments that slipped most often, with what became of them."""
    rows = moved(commitments).head(LISTED).iter_rows(named=True)
    return Table(
        caption="Commitments moved later: releases first, then those that slipped most often",
        columns=(
            *named("Commitment", "First promise", "Date today", "Done or released"),
            *figures("Slips", "Days later in all", "Days between first and last date"),
            *named("Moves known"),
        ),
        rows=tuple(_table_row(row, items, timezone) for row in rows),
    )


def notes(commitments: pl.DataFrame) -> tuple[str, ...]:
    """How many lines are not drawn, and of which promises the moves cannot be known."""
    sentences = []
    later = moved(commitments).height
    if later > NAMED:
        drawn = min(later, NAMED + PALE)
        sentences.append(
            f"{NAMED} commitments are named, and {words.whole(drawn - NAMED)} of "
            f"{words.counted(later - NAMED, 'other')} that were moved later are pale lines."
        )
    promised = commitments.filter(pl.col("original_on").is_not_null())
    bounds = promised.filter("is_lower_bound").height
    if bounds:
        what = words.counted(bounds, "commitment")
        sentences.append(f"Of {what} the moves before the first snapshot cannot be known.")
    return tuple(sentences)


def _across(field: str, reach: Reach) -> alt.X:
    axis = alt.Axis(
        title="days from the first promised day", tickCount=5, tickMinStep=1, grid=False
    )
    scale = alt.Scale(domain=list(reach.days), nice=False, zero=False)
    return alt.X(f"{field}:Q", axis=axis, scale=scale)


def _up(field: str, reach: Reach) -> alt.Y:
    axis = alt.Axis(
        title=None, tickCount=5, tickMinStep=1, labelExpr="datum.label + ' d'", minExtent=44
    )
    scale = alt.Scale(domain=list(reach.later), nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=axis, scale=scale)


def _ground(reach: Reach) -> tuple[alt.Chart, ...]:
    """The shade in which a date has passed, its edge, and the line of a promise that is kept."""
    first, last = max(reach.days[0], reach.later[0]), min(reach.days[1], reach.later[1])
    corners = [(first, first), (last, last), (max(reach.days[1], last), last)]
    edge = alt.Chart(pl.DataFrame(corners, schema=("day", "later"), orient="row"))
    kept = alt.Chart(pl.DataFrame({"later": [0]}))
    below = alt.datum(reach.later[0])
    return (
        edge.mark_area(color=colour("line"), opacity=0.7, clip=True).encode(
            x=_across("day", reach), y=_up("later", reach), y2=below
        ),
        kept.mark_rule(strokeWidth=1.5, color=colour("muted")).encode(
            x=alt.value(0), x2=alt.value("width"), y=_up("later", reach)
        ),
    )


def _captions() -> tuple[alt.Chart, ...]:
    """What up means, above the chart, and what the shade, in it."""
    up, passed = (
        alt.Chart(pl.DataFrame({"said": [said]}))
        for said in ("days later than first promised", "the date has passed")
    )
    above = up.mark_text(align="left", baseline="middle", fontSize=12, color=colour("muted"))
    within = passed.mark_text(
        align="right", baseline="middle", dx=-8, fontSize=12, color=colour("muted")
    )
    low = alt.value(_HEIGHT - 9)
    return (
        above.encode(x=alt.value(0), y=alt.value(-10), text="said:N"),
        within.encode(x=alt.value("width"), y=low, text="said:N"),
    )


def _lines(reach: Reach) -> tuple[alt.Chart, ...]:
    """The pale lines, and those that are named above them."""
    at = {"x": _across("day", reach), "y": _up("later", reach), "detail": "line:N"}
    lines = []
    for is_named, width, opacity, hue in (
        ("false", 1, 0.55, "promised"),
        ("true", 2.2, 1, "current"),
    ):
        some = alt.Chart().transform_filter(f"datum.is_named === {is_named}")
        line = some.mark_line(
            interpolate="step-after", strokeWidth=width, opacity=opacity, color=colour(hue)
        )
        lines.append(line.encode(**at))
    return tuple(lines)


def _ends(marked: pl.DataFrame, reach: Reach) -> tuple[alt.Chart, ...]:
    """What became of the named commitments, and their names."""
    at = {"x": _across("day", reach), "y": _up("later", reach)}
    layers: list[alt.Chart] = []
    for end, shape, fill, hue in (
        ("shipped", "diamond", "paper", "shipped"),
        ("open", "circle", "current", "current"),
    ):
        inside = marked.filter(pl.col("end") == end, "is_named")
        mark = alt.Chart(inside).mark_point(
            shape=shape, size=110, opacity=1, fill=colour(fill), stroke=colour(hue), strokeWidth=2
        )
        layers += [mark.encode(**at)] if inside.height else []
    text = alt.Chart(marked.filter("is_named")).mark_text(
        align="left",
        dx=12,
        baseline="middle",
        fontSize=12,
        fontWeight=600,
        limit=alt.ExprRef(expr=f"width * {_room(marked, reach):.3f} - 12"),
    )
    told = text.encode(x=at["x"], y=_up("label_at", reach), text="label:N")
    return (*layers, told) if marked.height else ()


def _room(marked: pl.DataFrame, reach: Reach) -> float:
    """Part of the width that is free behind the farthest end with a name."""
    first, last = reach.days
    farthest = marked.filter("is_named")["day"].max()
    return NAMES if farthest is None else (last - float(str(farthest))) / (last - first)


def _table_row(commitment: Row, items: Items, timezone: str) -> tuple[Cell, ...]:
    is_item = commitment["subject_kind"] == "item"
    item = items.get(commitment["subject_id"], {}) if is_item else {}
    shipped, now = commitment["shipped_at"], commitment["current_on"]
    net = commitment["net_slip_days"]
    return (
        Link(readable(commitment["subject"], limit=60), safe_address(item.get("url"))),
        words.calendar_day(commitment["original_on"]),
        words.calendar_day(now) if now else "cleared",
        words.local_day(shipped, timezone) if shipped else "open",
        words.whole(commitment["slip_count"]),
        words.whole(commitment["gross_slip_days"]),
        words.whole(net) if net is not None else "",
        "at least these" if commitment["is_lower_bound"] else "all",
    )
