"""How often a date was changed, by what the change was.

The solid bar counts moves after the commitment, the pale one moves before it, when a date is still
a plan. Moves to a later date, to a later release and cleared dates are slips when they come after
the commitment. Corrections were undone within a day, were shorter than a working day, or were part
of a bulk edit; they are shown so that nothing is hidden, and count in no sum.
"""

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.figure import Key
from reports.table import Table, figures, named
from reports.theme import colour, framed

QUESTION = "How do dates move?"

KEYS = (
    Key("bar", "current", "after the commitment"),
    Key("pale", "current", "before it"),
)

#: Kind of move -> what people would call it, in the order of the rows.
MOVES = {
    "slip": "moved later",
    "retarget_later": "moved to a later release",
    "clear": "date cleared",
    "pull_in": "moved earlier",
    "retarget_earlier": "moved to an earlier release",
    "retarget": "moved to a release of the same day",
    "set": "date set",
    "correction": "correction, not counted",
}

LATER = ("slip", "retarget_later")
"""Kinds of move by which a date stands later than before."""
_EARLIER = ("pull_in", "retarget_earlier")

_BAR = 14

_MARKS = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "moves": pl.Int64,
    "place": pl.Int64,
    "tip": pl.String,
}


def finding(moves: pl.DataFrame) -> str:
    """Moves to a later date beside moves to an earlier one, both after the commitment."""
    if moves.is_empty():
        return QUESTION
    kinds = by_kind(moves)
    later, earlier = (
        sum(_count(kinds, kind, after=True) for kind in those) for those in (LATER, _EARLIER)
    )
    told = f"{_times('later', later)} and {_times('earlier', earlier)}"
    return f"After the commitment, dates moved {told}"


def by_kind(moves: pl.DataFrame) -> pl.DataFrame:
    """The moves, those to another release told apart by where their date went."""
    to_release = pl.col("move") == "retarget"
    kind = (
        pl.when(to_release & (pl.col("days") > 0))
        .then(pl.lit("retarget_later"))
        .when(to_release & (pl.col("days") < 0))
        .then(pl.lit("retarget_earlier"))
        .otherwise("move")
    )
    return moves.with_columns(move=kind)


def date_moves(moves: pl.DataFrame) -> alt.LayerChart:
    """One row per kind of move that occurs; columns as `main.date_moves`."""
    told = by_kind(moves)
    kinds = _present(told)
    drawn = [
        _mark(told, row, kind, after=after)
        for row, kind in enumerate(kinds)
        for after in (True, False)
    ]
    return framed(
        [_bars(), *_lines()],
        data=pl.DataFrame(drawn, schema=_MARKS),
        height=rows.height(len(kinds)),
        description="Number of date changes by kind, after and before the commitment.",
    )


def table(moves: pl.DataFrame) -> Table:
    """The numbers of the chart."""
    told = by_kind(moves)
    return Table(
        caption="Changes of a date by kind",
        columns=(*named("Change"), *figures("After the commitment", "Before it")),
        rows=tuple(
            (
                words.sentence(MOVES[kind]),
                words.whole(_count(told, kind, after=True)),
                words.whole(_count(told, kind, after=False)),
            )
            for kind in _present(told)
        ),
    )


def _present(moves: pl.DataFrame) -> list[str]:
    seen = set(moves["move"].unique())
    return [kind for kind in MOVES if kind in seen]


def _count(moves: pl.DataFrame, kind: str, *, after: bool) -> int:
    return moves.filter(pl.col("move") == kind, pl.col("is_after_commitment") == after).height


def _times(where: str, count: int) -> str:
    if not count:
        return f"never {where}"
    return f"{where} {'once' if count == 1 else words.counted(count, 'time')}"


def _mark(moves: pl.DataFrame, row: int, kind: str, *, after: bool) -> dict[str, object]:
    count = _count(moves, kind, after=after)
    return {
        "row": row,
        "name": words.sentence(MOVES[kind]),
        "value": words.counted(_count(moves, kind, after=True), "change"),
        "detail": f"and {words.whole(_count(moves, kind, after=False))} before the commitment",
        "moves": count,
        "place": 0 if after else 1,
        "tip": f"{words.whole(count)} {'after' if after else 'before'} the commitment",
    }


def _bars() -> alt.Chart:
    faded = alt.Scale(domain=[0, 1], range=[1, 0.4])
    bars: alt.Chart = (
        alt.Chart()
        .mark_bar(height=_BAR, yOffset=rows.MARKS_AT, color=colour("current"))
        .encode(
            x=alt.X("moves:Q", stack="zero", axis=rows.counts("changes")),
            y=rows.place(),
            opacity=alt.Opacity("place:Q", scale=faded, legend=None),
            order=alt.Order("place:Q"),
            tooltip=alt.Tooltip("tip:N"),
        )
    )
    return bars


def _lines() -> tuple[alt.Chart, ...]:
    return tuple(line.transform_filter("datum.place === 0") for line in rows.lines())
