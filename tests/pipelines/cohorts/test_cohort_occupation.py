"""Mean times of a cohort in named states: whose stays count, how far they are followed."""

from datetime import timedelta

import polars as pl
import pytest

from pipelines.cohorts.cohort_occupation import cohort_occupation
from pipelines.statistics.occupation_intervals import Occupation
from tests.pipelines.frames import Row, at, cohort

STATES = ("build", "queue")


def occupied(*subjects: Row, horizon: float = 100.0) -> Occupation | None:
    """Each subject waits for the first day and is then built."""
    members = cohort(*subjects)
    stays = pl.concat(
        [
            members.select("subject_id", state=pl.lit("queue"), from_age=0.0, to_age=1.0),
            members.select(
                "subject_id", state=pl.lit("build"), from_age=1.0, to_age="followed_days"
            ),
            pl.DataFrame(
                {
                    "subject_id": ["somebody else"],
                    "state": ["queue"],
                    "from_age": 0.0,
                    "to_age": 9.0,
                }
            ),
        ]
    )
    return cohort_occupation(members, stays, states=STATES, horizon=horizon)


def means(*subjects: Row, horizon: float = 100.0) -> list[float | None]:
    found = occupied(*subjects, horizon=horizon)
    assert found is not None
    return [one.value for one in found.in_states]


def test_the_states_are_in_the_order_asked_for() -> None:
    assert means({"followed_days": 3.0}, {"followed_days": 5.0}) == pytest.approx([3.0, 1.0])


@pytest.mark.parametrize("end", [1, 2])
def test_every_end_ends_a_stay(end: int) -> None:
    assert means({"followed_days": 3.0, "end": end}) == pytest.approx([2.0, 1.0])


def test_nobody_is_followed_beyond_what_was_seen() -> None:
    found = occupied({"followed_days": 3.0}, {"followed_days": 5.0, "end": 0})

    assert found is not None
    assert found.horizon == 5.0
    assert found.mean == pytest.approx(4.0)


def test_whoever_was_not_watched_from_the_beginning_says_nothing_of_it() -> None:
    watched_late = {"entry_days": 1.0, "followed_days": 4.0}

    # To age 2 one and then two of them, after that half of the population.
    assert means({"followed_days": 2.0}, watched_late) == pytest.approx([1.0 + 1.0, 1.0])


def test_where_nobody_was_watched_from_the_beginning_nothing_is_known() -> None:
    assert occupied({"entry_days": 1.0, "followed_days": 4.0}) is None


def test_without_subjects_nothing_is_known() -> None:
    assert occupied() is None


def test_subjects_of_one_team_and_week_are_one_cluster() -> None:
    together = [{"followed_days": 2.0 + number} for number in range(6)]
    apart = [
        {**one, "entered_at": at("2026-03-02") + timedelta(weeks=week), "team": team}
        for one, (week, team) in zip(
            together, [(week, team) for week in range(3) for team in ("PAY", "WEB")], strict=True
        )
    ]

    for subjects, is_known in ((together, False), (apart, True)):
        found = occupied(*subjects)
        assert found is not None
        assert (found.in_states[0].low is not None) == is_known
