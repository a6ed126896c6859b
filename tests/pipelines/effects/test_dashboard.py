"""What a dashboard would have said: opened and finished since a change, against before."""

from datetime import date

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.dashboard import ended_around, naive_ratio
from tests.pipelines.frames import Row, at, cohort

OPEN, DONE, DROPPED = 0, 1, 2
CHANGED_ON = date(2026, 3, 9)
LEAD_TIME = Metric("lead_time_days", "mean", 30)


def lasting(day: str, days: float, end: int = DONE, team: str | None = "WEB") -> Row:
    return {"entered_at": at(day), "followed_days": float(days), "end": end, "team": team}


def ratio(
    *rows: Row, metric: Metric = LEAD_TIME, teams: tuple[str, ...] = ("WEB",), zone: str = "UTC"
) -> float | None:
    ended = ended_around(cohort(*rows), metric, [CHANGED_ON], zone=zone)
    return naive_ratio(ended, teams=teams, on=CHANGED_ON)


def test_it_is_the_mean_since_the_change_in_that_before_it() -> None:
    before, since = lasting("2026-03-01", 4), lasting("2026-03-10", 1)

    assert ratio(before, since, lasting("2026-03-10", 5)) == 0.75


def test_items_without_a_team_are_the_team_without_a_name() -> None:
    before, since = lasting("2026-03-01", 4, team=None), lasting("2026-03-10", 1, team=None)

    assert ratio(before, since, teams=("", "WEB")) == 0.25


def test_what_began_before_the_change_and_ended_since_is_in_neither() -> None:
    across = lasting("2026-03-01", 20)

    assert ratio(lasting("2026-03-01", 4), across, lasting("2026-03-10", 2)) == 0.5


def test_what_is_open_is_in_neither_though_it_is_what_takes_long() -> None:
    slow = lasting("2026-03-10", 25, OPEN)

    assert ratio(lasting("2026-03-01", 4), lasting("2026-03-10", 2), slow) == 0.5


def test_what_was_dropped_was_not_completed() -> None:
    dropped = lasting("2026-03-10", 25, DROPPED)

    assert ratio(lasting("2026-03-01", 4), lasting("2026-03-10", 2), dropped) == 0.5


def test_of_a_share_it_is_that_of_the_end_that_counts() -> None:
    before = [lasting("2026-03-01", 1), lasting("2026-03-02", 1)]
    since = [lasting("2026-03-10", 1), lasting("2026-03-10", 1, DROPPED)]

    assert ratio(*before, *since, metric=Metric("rejection_rate", "share", 5)) == 0.5


def test_only_the_concerned_teams_are_in_it_all_together() -> None:
    web = lasting("2026-03-01", 2), lasting("2026-03-10", 1)
    app = lasting("2026-03-01", 4, team="APP"), lasting("2026-03-10", 4, team="APP")
    ops = lasting("2026-03-01", 9, team="OPS")

    assert ratio(*web, *app, ops, teams=("WEB", "APP")) == 2.5 / 3


def test_days_are_those_of_the_organisation() -> None:
    sunday_evening_in_london = lasting("2026-03-08 20:00", 1)

    assert ratio(lasting("2026-03-01", 4), sunday_evening_in_london, zone="Asia/Tokyo") == 0.25


def test_there_is_none_without_anything_before_or_since() -> None:
    before, since = lasting("2026-03-01", 4), lasting("2026-03-10", 1)

    assert ratio(before) is None
    assert ratio(since) is None
    assert ratio(lasting("2026-03-01", 0), since) is None
