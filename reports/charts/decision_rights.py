"""Each decision right with the roles that in fact use it, against the role declared to decide.

The broad bar holds all changes of the right after commitment: by the role that decides, by the one
that may override it, and out of role. Below it each role has its share, the thin line is its 95%
interval. The narrow strip is the share of changes that undo or oppose another role within the
window: that, and not the number of roles, is the sign of a deadlock. Ask of a long strip: who
should have the last word here, and does everybody know?
"""

from collections.abc import Iterator

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import pixels, rows
from reports.charts.right_rows import (
    MOST,
    STANDINGS,
    Row,
    interval,
    ordered,
    right_name,
    right_rows,
    role_name,
    roles_of,
)
from reports.figure import Key
from reports.reading import FEWEST, told_share, told_share_interval
from reports.table import Table, figures, named
from reports.theme import colour, framed

QUESTION = "Who in fact decides?"

_VALUE_WIDTH = 170

_MARKS = {
    **dict.fromkeys(("level", "name", "value", "detail", "standing"), pl.String),
    **dict.fromkeys(("words_at", "detail_at", "top", "middle", "bottom"), pl.Int64),
    **dict.fromkeys(("begin", "end", "low", "high"), pl.Float64),
}


def finding(rights: pl.DataFrame) -> str:
    """The right that is used most out of role, else the one that is contested most."""
    used = _most(rights, "out_of_role_share", "out_of_role")
    if used:
        return f"{used[0]} of the changes of {used[1]} are made out of role{used[2]}"
    opposed = _most(rights, "contest_rate", "contest")
    if opposed:
        return (
            f"{opposed[0]} of the changes of {opposed[1]} are opposed by another role{opposed[2]}"
        )
    return QUESTION


def _most(rights: pl.DataFrame, share: str, ends: str) -> tuple[str, str, str] | None:
    """The largest such share, its right and its interval in words; None where there is none."""
    known = rights.filter(pl.col(share) > 0, pl.col("changes") >= FEWEST)
    if known.is_empty():
        return None
    top = known.sort(share, "decision_right", descending=[True, False]).row(0, named=True)
    between = interval(top[f"{ends}_low"], top[f"{ends}_high"])
    return words.share(top[share]), right_name(top), f" ({between})" if between else ""


def decision_rights(rights: pl.DataFrame, shares: pl.DataFrame) -> alt.LayerChart:
    """The rights with their roles, the most contested first.

    Columns as `main.decision_rights` and `main.decision_right_shares`, of one scope.
    """
    drawn = list(right_rows(rights, shares))
    height = max((row["bottom"] or row["detail_at"] or 0) for row in drawn) + 12 if drawn else 1
    return framed(
        [*_bars(height), *_words(height)],
        data=pl.DataFrame(drawn, schema=_MARKS),
        height=height,
        description="Share of the changes of each decision right by role, and what is contested.",
    )


def table(rights: pl.DataFrame, shares: pl.DataFrame) -> Table:
    """Every right and every role that used it; one line for a right that cannot be told."""
    return Table(
        caption="Changes of what a decision right governs, after commitment, by role",
        columns=(
            *named("Right", "Role", "Its standing"),
            *figures("Changes", "Share", "95% interval", "Contested", "95% interval"),
        ),
        rows=tuple(
            line for right in ordered(rights) for line in _lines(right, roles_of(shares, right))
        ),
    )


def notes(rights: pl.DataFrame) -> tuple[str, ...]:
    """What the chart leaves out, and what is not counted in it."""
    said = []
    if rights.height > MOST:
        left_out = words.counted(rights.height - MOST, "right")
        said.append(f"The {MOST} most contested rights; {left_out} more in the table.")
    bulk = int(rights["bulk_changes"].sum())
    if bulk:
        said.append(f"{words.sentence(words.counted(bulk, 'change'))} in bulk not counted.")
    return tuple(said)


def keys(shares: pl.DataFrame) -> tuple[Key, ...]:
    """The standings that occur, and the marks."""
    present = set(shares["standing"])
    told = (Key("bar", one, STANDINGS[one]) for one in STANDINGS if one in present)
    return (*told, Key("line", "ink", "95% interval"), Key("box", "ink", "contested"))


def _bars(height: int) -> tuple[alt.Chart, ...]:
    """Pieces and roles in the colour of their standing, the strip of what is contested."""
    scale = alt.Scale(domain=[0, 1])
    begin, low = (
        alt.X(f"{field}:Q", axis=rows.shares("share of changes"), scale=scale)
        for field in ("begin", "low")
    )
    top = pixels.down("top", height)
    hues = alt.Scale(domain=list(STANDINGS), range=[colour(one) for one in STANDINGS])
    standing = alt.Color("standing:N", scale=hues, legend=None)
    bar = alt.Chart().mark_bar()
    line = alt.Chart().mark_rule(strokeWidth=1.5, color=colour("ink"))
    return (
        bar.transform_filter("datum.level !== 'right'").encode(
            x=begin,
            x2="end",
            y=top,
            y2="bottom",
            color=standing,
        ),
        bar.transform_filter("datum.level === 'right'").encode(
            x=begin, x2="end", y=top, y2="bottom", color=alt.value(colour("returned"))
        ),
        line.encode(x=low, x2="high", y=pixels.down("middle", height)),
    )


def _words(height: int) -> tuple[alt.Chart, ...]:
    at, below = pixels.down("words_at", height), pixels.down("detail_at", height)
    right, role = "datum.level === 'right'", "datum.level === 'role'"
    return (
        pixels.left("name", at, keep=_VALUE_WIDTH, is_strong=True).transform_filter(right),
        pixels.right("value", at).transform_filter(right),
        pixels.muted(pixels.left("detail", below, size=12)),
        pixels.left("name", at, size=12, keep=_VALUE_WIDTH).transform_filter(role),
        pixels.right("value", at, size=12).transform_filter(role),
    )


def _lines(right: Row, roles: list[Row]) -> Iterator[tuple[str, ...]]:
    """The lines of the table about one right."""
    name, changes = words.sentence(right_name(right)), words.whole(right["changes"])
    if not roles:
        yield (name, "", "", changes, "too little to say", "", "", "")
        return
    of = right["changes"]
    contested = told_share(right["contest_rate"], of)
    between = told_share_interval(right["contest_low"], right["contest_high"], of)
    for role in roles:
        yield (
            name,
            role_name(role["role"]),
            STANDINGS[role["standing"]],
            words.whole(role["changes"]),
            told_share(role["share"], of),
            told_share_interval(role["share_low"], role["share_high"], of),
            contested,
            between,
        )
