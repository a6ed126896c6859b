from typing import Any

import polars as pl

from reports.charts import team_multiples as chart
from reports.table import Tracker
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records
from tests.reports.hostile import HUGE


def team(name: str, days: float = 30.0, **changes: Any) -> list[dict[str, Any]]:
    """A lead time and two shares of a scope."""
    scope = name if name == "organisation" else f"team:{name}"
    figures = (("lead_time_days", days), ("rejection_rate", 0.4), ("on_time_rate", 0.6))
    return [f.summary(metric, value, scope=scope, **changes) for metric, value in figures]


def summaries(*teams: list[dict[str, Any]]) -> pl.DataFrame:
    return f.frame("metric_summaries", [row for rows in teams for row in rows])


WHOLE = team("organisation", 25.0)
USUAL = summaries(WHOLE, team("Web", 20.0), team("Data"))
CAUSES = f.frame(
    "constraints",
    [
        f.cause("queue:Ready", scope="team:Web"),
        f.cause("queue:Ready", scope="team:Data", excess_low=-0.5),
    ],
)


def marks(frame: pl.DataFrame, kind: str) -> list[dict[str, Any]]:
    drawn = records(chart.team_multiples(frame, CAUSES).to_dict())
    return [row for row in drawn if row["kind"] == kind]


def test_teams_stand_in_the_order_of_their_names_whatever_their_figures() -> None:
    assert [row["text"] for row in marks(USUAL, "team")] == ["Data", "Web"]
    assert [row["text"] for row in marks(USUAL, "value")] == [
        *("30 days", "40%", "60%"),
        *("20 days", "40%", "60%"),
    ]


def test_every_column_has_a_scale_of_its_own_that_begins_at_zero() -> None:
    ends = [row["text"] for row in marks(USUAL, "end")]
    assert [row["text"] for row in marks(USUAL, "begin")] == ["0", "0%", "0%"]
    assert ends == ["40 days", "50%", "70%"]
    places = [row["estimate"] for row in marks(USUAL, "mark")]
    assert places == [0.75, 1.94, 3.13714, 0.5, 1.94, 3.13714]


def test_the_organisation_is_beside_every_team() -> None:
    found = marks(USUAL, "whole")
    assert [row["estimate"] for row in found] == [0.625, 1.94, 3.13714] * 2
    spec = chart.team_multiples(USUAL, CAUSES).to_dict()
    assert layers_on(spec, "x")[:5] == [
        ("rule", "left"),
        ("bar", "low"),
        ("rule", "estimate"),
        ("rule", "low"),
        ("point", "estimate"),
    ]


def test_what_costs_most_is_told_where_it_is_shown_to_cost_anything() -> None:
    assert [row["text"] for row in marks(USUAL, "detail")] == [
        "no single cause stands out beyond what is normal",
        "Queue: Ready: 7.0 days beyond normal",
    ]


def test_a_figure_of_too_few_is_words_and_no_dot() -> None:
    frame = summaries(WHOLE, team("Web", items=3))
    assert {row["text"] for row in marks(frame, "value")} == {"too few to say (3)"}
    assert marks(frame, "mark") == []
    assert len(marks(frame, "whole")) == 3


def test_the_title_names_no_team() -> None:
    assert chart.finding(USUAL) == (
        "Lead times of 2 teams lie between 20 and 30 days; 25 days in the whole organisation"
    )
    assert chart.finding(summaries(WHOLE, team("Web"))) == chart.QUESTION
    assert chart.finding(summaries()) == chart.QUESTION


def test_thirty_teams_are_drawn_as_twenty_four_and_listed_in_full() -> None:
    frame = summaries(WHOLE, *(team(f"Team {n:02}") for n in range(30)))
    assert [row["text"] for row in marks(frame, "team")][-1] == "Team 23"
    assert len(chart.table(frame, CAUSES).rows) == 31
    assert chart.notes(frame) == ("The first 24 teams by name; 6 teams more in the table.",)


def test_the_table_begins_with_the_organisation() -> None:
    rows = chart.table(USUAL, CAUSES).rows
    assert [row[0] for row in rows] == [Tracker("All teams"), Tracker("Data"), Tracker("Web")]
    assert rows[2][1:5] == ("20 days", "18 to 22 days", "40%", "36 to 44%")
    assert chart.table(summaries(WHOLE), CAUSES).rows == ()


def test_a_team_whose_name_has_no_end_is_cut() -> None:
    assert len(marks(summaries(WHOLE, team(HUGE)), "team")[0]["text"]) == 40


def test_without_teams_nothing_is_drawn() -> None:
    assert records(chart.team_multiples(summaries(WHOLE), CAUSES).to_dict()) == []
