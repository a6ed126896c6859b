"""The same work judged twice: against the date first promised, and against the date it had last.

Only the first is called on time here. A date that is moved shortly before it passes is kept by
definition, so the distance between the two rows is what moving dates makes of the record. Work that
is still open when its first date has passed counts as late; a commitment whose date is still to
come is not judged.
"""

import altair as alt

from reports.charts import rows
from reports.figure import Key
from reports.reading import Reading
from reports.table import Table, figures, named
from reports.theme import colour, framed

QUESTION = "Are promises kept?"

KEYS = (Key("dot", "estimate", "share on time"), Key("line", "estimate", "95% interval"))


def finding(original: Reading, last: Reading) -> str:
    """Both rates in one sentence, where both can be told."""
    if not original.is_told:
        return QUESTION
    if not last.is_told:
        return f"{original.value} of commitments kept the first promise"
    return f"{original.value} of commitments kept the first promise, {last.value} the last date set"


def on_time(original: Reading, last: Reading) -> alt.LayerChart:
    """Two rows: on time against the first promise, and against the last date."""
    pairs = enumerate((("First promise", original), ("Last date set", last)))
    marks = rows.with_intervals(_mark(row, name, told) for row, (name, told) in pairs)
    axis = rows.shares("share of commitments")
    hue = colour("estimate")
    return framed(
        [*rows.estimates(hue, axis), *rows.lines()],
        data=marks,
        height=rows.height(2),
        description="Share on time against the first promise and against the last date.",
    )


def table(original: Reading, last: Reading) -> Table:
    """The numbers of the chart; no rows where nothing was ever promised."""
    pairs = (("First promise", original), ("Last date set", last))
    return Table(
        caption="On time against the first promise and against the last date",
        columns=(*named("Judged against"), *figures("On time"), *named("Basis")),
        rows=tuple((name, told.value, told.basis) for name, told in pairs if told.items),
    )


def _mark(row: int, name: str, told: Reading) -> dict[str, object]:
    return {
        "row": row,
        "name": name,
        "value": told.value,
        "detail": told.short_basis,
        "rate": told.estimate if told.is_told else None,
        "low": told.low if told.is_told else None,
        "high": told.high if told.is_told else None,
    }
