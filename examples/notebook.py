"""A notebook on the published warehouse: where work waits, and how a metric moves by week.

It opens the file for reading and changes nothing. Editors with notebooks show its cells; `marimo
convert examples/notebook.py -o notebook.py` makes one for marimo.
"""

# %%
import os

import altair as alt
import duckdb
import polars as pl

warehouse = os.environ.get("ROADWORTHY", "roadworthy-demo/var/roadworthy.duckdb")


def ask(question: str, *values: str) -> pl.DataFrame:
    """The rows of an answer; opened anew each time, so that it is of the last night."""
    with duckdb.connect(warehouse, read_only=True) as reading:
        return reading.sql(question, params=list(values)).pl()


# %%
waits = ask(
    """
    select stage, stage_kind, total_days, visits, open_visits, p50_days, p85_days
    from stage_durations
    where scope = 'organisation'
    order by total_days desc
    """
)
stages = (
    alt.Chart(waits, title="Where work waits")
    .mark_bar()
    .encode(
        x=alt.X("total_days:Q", title="days of all stays together"),
        y=alt.Y("stage:N", sort=None, title=None),
        color=alt.Color("stage_kind:N", title="kind"),
        tooltip=["stage", "visits", "open_visits", "p50_days", "p85_days"],
    )
)
stages

# %%
metric = "rejection_rate"
weeks = ask(
    """
    select week_on, estimate, low, high, items, open_items
    from weekly_metrics
    where metric = $1 and scope = 'organisation' and is_mature
    order by week_on
    """,
    metric,
)
by_week = alt.Chart(weeks, title=metric).encode(x=alt.X("week_on:T", title="week of entry"))
interval = by_week.mark_errorband().encode(y=alt.Y("low:Q", title=metric), y2="high:Q")
line = by_week.mark_line().encode(y="estimate:Q", tooltip=["week_on", "estimate", "items"])
trend = interval + line
trend
