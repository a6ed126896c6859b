"""The same figures for every team, each beside those of the whole organisation.

A dot is the team's figure, the line its 95% interval; the upright line is the organisation, the
shade about it its interval. Where a team's line crosses the upright one, the difference may be
chance. Every column has a scale of its own, which begins at zero. Teams stand in the order of their
names and not of their figures: they do different work, and most of what they wait for is not theirs
to end. A team in which too few people act is not shown.
"""

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import pixels
from reports.charts.team_columns import (
    COLUMNS,
    FOOT,
    GAP,
    HEAD,
    MOST,
    ROW,
    columns_of,
    constraint_of,
    frame_marks,
    of_scope,
    team_name,
    team_rows,
    teams_of,
    told_of,
)
from reports.data import ORGANISATION
from reports.figure import Key
from reports.reading import reading
from reports.table import Table, Tracker, figures, named
from reports.theme import colour, framed

QUESTION = "How do teams differ?"

KEYS = (
    Key("dot", "estimate", "team, 95% interval"),
    Key("line", "ink", "organisation"),
    Key("box", "line", "its 95% interval"),
)

#: One team alone does not differ from others.
_TWO = 2

_MARKS = {
    **dict.fromkeys(("kind", "text", "tip"), pl.String),
    **dict.fromkeys(("at", "below"), pl.Int64),
    **dict.fromkeys(("left", "estimate", "low", "high"), pl.Float64),
}


def finding(summaries: pl.DataFrame) -> str:
    """Between what the lead times of the teams lie, without saying whose they are."""
    told = [reading(of_scope(summaries, team), "lead_time_days") for team in teams_of(summaries)]
    days = sorted(one.estimate for one in told if one.is_told and one.estimate is not None)
    whole = reading(of_scope(summaries, ORGANISATION), "lead_time_days")
    if len(days) < _TWO or not whole.is_told:
        return QUESTION
    return (
        f"Lead times of {len(days)} teams lie between {words.day_number(days[0])} and "
        f"{words.days(days[-1])}; {whole.value} in the whole organisation"
    )


def team_multiples(summaries: pl.DataFrame, constraints: pl.DataFrame) -> alt.LayerChart:
    """A row per team in the order of names, a column per metric.

    Columns as `main.metric_summaries` and `main.constraints`, of all scopes.
    """
    teams = teams_of(summaries)[:MOST]
    columns = columns_of(summaries, teams)
    height = HEAD + ROW * max(len(teams), 1) + FOOT
    marks = (
        [*frame_marks(columns, height), *team_rows(teams, columns, constraints)] if teams else []
    )
    return framed(
        [*_whole(height), *_team_marks(height), *_words(height)],
        data=pl.DataFrame(marks, schema=_MARKS),
        height=height,
        description="Lead time, share sent back and share on time of each team and of all.",
    )


def table(summaries: pl.DataFrame, constraints: pl.DataFrame) -> Table:
    """The organisation and then every team, also those that are not drawn."""
    teams = teams_of(summaries)
    return Table(
        caption="Each team and the whole organisation",
        columns=(
            *named("Team"),
            *(one for heading in COLUMNS.values() for one in figures(heading, "95% interval")),
            *named("Most days beyond normal"),
        ),
        rows=tuple(
            _table_row(summaries, constraints, scope)
            for scope in ((ORGANISATION, *teams) if teams else ())
        ),
    )


def notes(summaries: pl.DataFrame) -> tuple[str, ...]:
    """How many teams are not drawn."""
    left_out = len(teams_of(summaries)) - MOST
    if left_out <= 0:
        return ()
    return (
        f"The first {MOST} teams by name; {words.counted(left_out, 'team')} more in the table.",
    )


def _table_row(
    summaries: pl.DataFrame, constraints: pl.DataFrame, scope: str
) -> tuple[Tracker | str, ...]:
    own = of_scope(summaries, scope)
    told = (text for metric in COLUMNS for text in told_of(reading(own, metric)))
    return (Tracker(team_name(scope)), *told, Tracker(constraint_of(constraints, scope)))


def _across(field: str) -> alt.X:
    widest = len(COLUMNS) + GAP * (len(COLUMNS) - 1)
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, widest], nice=False))


def _only(kind: str) -> alt.Chart:
    return alt.Chart().transform_filter(alt.datum.kind == kind)


def _whole(height: int) -> tuple[alt.Chart, ...]:
    """The tracks of the teams, and the organisation on each."""
    ends = {"y": pixels.down("at", height), "y2": "below"}
    shade = _only("whole").mark_bar(color=colour("line"))
    line = _only("whole").mark_rule(strokeWidth=1.5, color=colour("ink"))
    track = _only("track").mark_rule(color=colour("line"))
    return (
        track.encode(x=_across("left"), x2="high", y=pixels.down("at", height)),
        shade.encode(x=_across("low"), x2="high", **ends),
        line.encode(x=_across("estimate"), **ends),
    )


def _team_marks(height: int) -> tuple[alt.Chart, ...]:
    at, hue = pixels.down("at", height), colour("estimate")
    line = _only("mark").mark_rule(strokeWidth=3, opacity=0.6, color=hue)
    dot = _only("mark").mark_point(filled=True, opacity=1, size=80, color=hue)
    return (
        line.encode(x=_across("low"), x2="high", y=at),
        dot.encode(x=_across("estimate"), y=at, tooltip=alt.Tooltip("tip:N")),
    )


def _words(height: int) -> tuple[alt.Chart, ...]:
    """Headings and figures at the left of their columns, the ends of the scales at the bottom."""
    at = pixels.down("at", height)
    begin = _only("begin").mark_text(baseline="middle", align="left", fontSize=12)
    end = _only("end").mark_text(baseline="middle", align="right", fontSize=12)
    heading, value = (
        _only(kind).mark_text(baseline="middle", align="left", fontSize=12)
        for kind in ("heading", "value")
    )
    return (
        heading.encode(x=_across("left"), y=at, text="text:N", color=alt.value(colour("muted"))),
        pixels.left("text", at, is_strong=True).transform_filter("datum.kind === 'team'"),
        pixels.muted(pixels.left("text", at, size=12)).transform_filter("datum.kind === 'detail'"),
        *(
            one.encode(x=_across("left"), y=at, text="text:N")
            for one in (value, pixels.muted(begin), pixels.muted(end))
        ),
    )
