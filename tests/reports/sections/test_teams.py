"""Teams beside the whole, where there are teams to compare."""

from reports.sections.teams import teams
from tests.reports import factories as f

SCOPES = ("organisation", "team:Data", "team:Web")


def shown(*scopes: str, of: str = "organisation") -> bool:
    rows = [f.summary("lead_time_days", 20.0, scope=scope) for scope in scopes]
    return teams(f.report_data(f.facts(scope=of), metric_summaries=rows)) is not None


def test_two_teams_are_compared_and_one_is_not() -> None:
    assert shown(*SCOPES)
    assert not shown(*SCOPES[:2])


def test_the_page_of_a_team_compares_nobody() -> None:
    assert not shown(*SCOPES, of="team:Web")
