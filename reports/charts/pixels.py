"""Places in pixels from the top, for charts whose rows are of several heights.

An ordinal scale gives every row the same; headings, rows and their marks have each their own here.
"""

import altair as alt

from reports.theme import colour


def down(field: str, height: int) -> alt.Y:
    """The vertical place of a mark whose field holds pixels from the top of the chart."""
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def left(
    field: str, at: alt.Y, *, size: int = 13, keep: int = 0, is_strong: bool = False
) -> alt.Chart:
    """Text flush left; so many pixels are kept for what stands at the right of its line."""
    mark = alt.Chart().mark_text(
        align="left",
        baseline="middle",
        fontSize=size,
        fontWeight=600 if is_strong else 400,
        limit=alt.ExprRef(expr=f"width - {keep}"),
    )
    drawn: alt.Chart = mark.encode(x=alt.value(0), y=at, text=f"{field}:N")
    return drawn


def right(field: str, at: alt.Y, *, size: int = 13, is_strong: bool = False) -> alt.Chart:
    """Text flush right."""
    mark = alt.Chart().mark_text(
        align="right", baseline="middle", fontSize=size, fontWeight=600 if is_strong else 400
    )
    drawn: alt.Chart = mark.encode(x=alt.value("width"), y=at, text=f"{field}:N")
    return drawn


def muted(chart: alt.Chart) -> alt.Chart:
    """The same text in the colour of what is said beside the point."""
    return chart.encode(color=alt.value(colour("muted")))
