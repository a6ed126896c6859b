"""What the buckets of a series are made of."""

import polars as pl

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.bucket_sums import bucket_sums, subject_values
from tests.pipelines.frames import Row, at, cohort

RATE = Metric("rejection_rate", "share", 10.0)
TRAITS = pl.DataFrame(schema={"item_id": pl.String, "parent_id": pl.String})


def attempt(days: float, *, end: int) -> Row:
    """One of a week that was read forty days later."""
    return {
        "entered_at": at("2026-01-05"),
        "followed_days": days,
        "snapshot_days": 40.0,
        "end": end,
    }


def test_what_was_not_watched_to_the_horizon_is_in_no_bucket() -> None:
    """Returned in bulk: whether it would have been rejected is not known."""
    rejected, accepted, returned = attempt(2.0, end=1), attempt(3.0, end=2), attempt(4.0, end=0)
    undecided = attempt(40.0, end=0)
    found = bucket_sums(
        subject_values(cohort(rejected, accepted, returned, undecided), TRAITS, RATE),
        RATE,
        zone="UTC",
        unit="week",
    )

    assert (found.subjects.sum(), found.total.sum()) == (3, 1)
    assert found.is_mature.all()


def test_what_is_still_watched_is_in_its_bucket_however_young() -> None:
    young = {"entered_at": at("2026-01-05"), "followed_days": 4.0, "snapshot_days": 4.0, "end": 0}
    found = bucket_sums(subject_values(cohort(young), TRAITS, RATE), RATE, zone="UTC", unit="week")

    assert found.subjects.sum() == 1
    assert not found.is_mature.any()


def test_the_same_subjects_have_the_same_sums_to_the_last_bit() -> None:
    """However groups happen to lie: days whose sum depends on the order in which they are added."""
    subjects = pl.DataFrame(
        {
            "team": "PAY",
            "cell": "story",
            "cluster": [f"epic {number % 400}" for number in range(2_000)],
            "entered_at": [at(f"2026-01-{day % 28 + 1:02}") for day in range(2_000)],
            "end": 1,
            "value": [0.1 + (number % 400) ** 0.5 for number in range(2_000)],
            "can_be_told": True,
        }
    )
    found = {repr(bucket_sums(subjects, RATE, zone="UTC", unit="week")) for _ in range(20)}

    assert len(found) == 1
