"""Teams side by side, each beside the whole: of the page of the organisation alone."""

from reports.charts import team_multiples
from reports.data import TEAM, ReportData
from reports.figure import figure
from reports.origin import Origin
from reports.section import Section

_WHOLE_AND_TWO = 3
"""Rows from which on there is something to compare."""


def teams(data: ReportData) -> Section | None:
    """The same figures for every team; None where there are no two, or the page is of one."""
    drawn = figure(
        team_multiples,
        title=team_multiples.finding(data.metric_summaries),
        chart=team_multiples.team_multiples(data.metric_summaries, data.constraints),
        table=team_multiples.table(data.metric_summaries, data.constraints),
        origin=Origin("metric_summaries", also=(Origin("constraints"),)),
        keys=team_multiples.KEYS,
        notes=team_multiples.notes(data.metric_summaries),
    )
    if data.facts.scope.startswith(TEAM) or len(drawn.table.rows) < _WHOLE_AND_TWO:
        return None
    return Section(
        key="teams", heading="Team by team", lead=(), finding=drawn.title, figures=(drawn,)
    )
