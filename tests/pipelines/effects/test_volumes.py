"""Whether more or less begins since a change: a week in which nothing began counts as none."""

from datetime import timedelta

import pytest

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.designs import Teams
from pipelines.effects.diagnostics import Diagnostic
from pipelines.effects.judging import Question, judged
from pipelines.effects.metric_sums import MetricSums
from pipelines.policy import Intervention
from tests.pipelines.effects.test_laws_of_effects import CHANGED_ON, NO_TRAITS, subjects
from tests.pipelines.frames import Row, cohort


def volume(rows: list[Row], *teams: str) -> Diagnostic:
    """What is said of how much begins in team A since the change."""
    change = Intervention("Rule", "process", CHANGED_ON, teams=("A",), primary_metric="lead_time")
    sums = MetricSums.of(Metric("lead_time", "mean", 20.0), cohort(*rows), NO_TRAITS, zone="UTC")
    found = judged(change, sums, None, Question((change,), Teams(teams, teams), "UTC"))
    (told,) = (one for one in found.diagnostics if one.name == "entry_volume")
    return told


def week_of(row: Row) -> int:
    return int(row["subject_id"].split("-")[1])


@pytest.mark.parametrize("teams", ["A", "AB"])
def test_less_begins_where_nothing_begins_in_three_weeks_of_four(teams: str) -> None:
    rows = [
        row
        for row in subjects(1, names=teams)
        if row["team"] == "B" or week_of(row) < 34 or week_of(row) % 4 == 0
    ]
    assert volume(rows, *teams).outcome == "caveat"


def test_as_much_begins_where_what_began_in_two_weeks_begins_in_one() -> None:
    rows: list[Row] = []
    for row in subjects(1, names="A"):
        is_moved = week_of(row) >= 34 and week_of(row) % 2 == 1
        earlier = timedelta(weeks=1) if is_moved else timedelta()
        rows.append({**row, "entered_at": row["entered_at"] - earlier})
    assert volume(rows, "A").outcome == "clear"


def test_before_its_first_week_a_team_is_not_one_in_which_nothing_began() -> None:
    later = [row for row in subjects(1) if row["team"] == "B" or week_of(row) >= 14]
    assert volume(later, "A", "B").outcome == "clear"


def test_a_month_in_which_nothing_begins_is_none() -> None:
    """Since the change, work begins in September and around the first of December alone."""
    busy = {*range(37), 45, 46, 47}
    rows = [row for row in subjects(1) if row["team"] == "B" or week_of(row) in busy]
    assert volume(rows, "A", "B").outcome == "caveat"


@pytest.mark.parametrize("weeks", [8, 10, 12])
def test_four_times_as_much_is_told_in_the_first_weeks(weeks: int) -> None:
    """Months would tell it only when the change is long judged."""
    rows = [row for row in subjects(1, names="A") if week_of(row) < 34 + weeks]
    more: list[Row] = [
        {**row, "subject_id": f"{row['subject_id']}-{again}"}
        for row in rows
        for again in range(4 if week_of(row) >= 34 else 1)
    ]
    assert volume(more, "A").outcome == "caveat"


def test_a_month_in_which_a_side_began_is_not_counted_however_much_of_it_is_seen() -> None:
    """One week is empty, so that months are counted."""
    on_the_first, on_the_29th = (
        [row for row in subjects(1, names="A") if week_of(row) >= first and week_of(row) != 20]
        for first in (12, 16)
    )
    assert volume(on_the_29th, "A") == volume(on_the_first, "A")
