"""Who is dependent on whom: the subjects of one team and week."""

import polars as pl

from pipelines.cohorts.team_weeks import team_weeks
from tests.pipelines.frames import INSTANT, at, frame


def test_a_cluster_is_a_team_in_a_week() -> None:
    days = ("2026-03-02", "2026-03-08", "2026-03-08", "2026-03-09")
    subjects = frame(
        *({"team": team, "since": at(day)} for team, day in zip("PPWP", days, strict=True)),
        team=pl.String,
        since=INSTANT,
    )
    monday, sunday, other_team, next_monday = team_weeks(subjects, entered_at="since").tolist()

    assert monday == sunday
    assert len({monday, other_team, next_monday}) == 3


def test_where_no_team_is_known_each_week_is_a_cluster_of_its_own() -> None:
    days = ("2026-03-02", "2026-03-08", "2026-03-09", "2026-03-02")
    subjects = frame(
        *(
            {"team": team, "since": at(day)}
            for team, day in zip((None, None, None, "P"), days, strict=True)
        ),
        team=pl.String,
        since=INSTANT,
    )
    monday, sunday, next_monday, of_a_team = team_weeks(subjects, entered_at="since").tolist()

    assert monday == sunday
    assert len({monday, next_monday, of_a_team}) == 3
