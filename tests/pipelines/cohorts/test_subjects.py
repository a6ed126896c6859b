"""Whom a metric counts, under which groups, and from which age on."""

import polars as pl

from pipelines.cohorts.cohorts import COHORT
from pipelines.cohorts.subjects import known_or_open, seen, subjects
from pipelines.histories.spans import days
from tests.pipelines.frames import INSTANT, Row, at, frame


def lives(*rows: Row) -> pl.DataFrame:
    """Items that began on 2 March."""
    return frame(
        *(
            {"key": str(number), "began_at": at("2026-03-02"), **row}
            for number, row in enumerate(rows)
        ),
        key=pl.String,
        **dict.fromkeys(("began_at", "ended_at", "watched_from"), INSTANT),
    )


def lasted() -> pl.Expr:
    return days(pl.col("ended_at") - pl.col("began_at"))


def entries(*rows: Row) -> list[tuple[str, float]]:
    found = seen(lives(*rows), entered_at="began_at", followed_days=lasted())
    return found.select("key", "entry_days").rows()


def test_what_began_after_the_watch_was_seen_from_its_beginning() -> None:
    after, at_once = at("2026-03-01"), at("2026-03-02")

    assert entries(
        {"ended_at": at("2026-03-05"), "watched_from": after},
        {"ended_at": at("2026-03-05"), "watched_from": at_once},
        {"ended_at": at("2026-03-05")},
    ) == [("0", 0.0), ("1", 0.0), ("2", 0.0)]


def test_what_began_before_it_was_seen_from_the_age_it_then_had() -> None:
    assert entries({"ended_at": at("2026-03-05"), "watched_from": at("2026-03-03 12:00")}) == [
        ("0", 1.5)
    ]


def test_what_ended_before_or_with_it_was_not_seen() -> None:
    watched_from = at("2026-03-05")

    assert (
        entries(
            {"ended_at": at("2026-03-04"), "watched_from": watched_from},
            {"ended_at": at("2026-03-05"), "watched_from": watched_from},
        )
        == []
    )


def test_what_ended_as_soon_as_it_began_was_seen_where_it_was_watched() -> None:
    assert entries({"ended_at": at("2026-03-02"), "watched_from": at("2026-03-02")}) == [("0", 0.0)]


def test_what_is_known_at_once_counts_from_the_watch_on_only() -> None:
    found = known_or_open(
        lives({"watched_from": at("2026-03-03")}, {"watched_from": at("2026-03-02")}),
        "key",
        entered_at="began_at",
        counts=pl.lit(True),
    )

    assert found["subject_id"].to_list() == ["1"]


def test_a_subject_belongs_to_the_groups_that_its_frame_names() -> None:
    found = subjects(
        lives({"ended_at": at("2026-03-05")}).with_columns(release=pl.lit("R1")),
        "key",
        entered_at="began_at",
        followed_days=lasted(),
        end=pl.lit(1),
    )

    assert found.schema == COHORT
    assert found.select("item_id", "snapshot_days").rows() == [(None, None)]
    assert found.select("team", "item_type", "release").rows() == [(None, None, "R1")]


def test_a_subject_could_be_followed_to_the_snapshot_of_its_source_though_it_ended() -> None:
    found = subjects(
        lives({"ended_at": at("2026-03-05")}).with_columns(
            item_id=pl.lit("A"), observed_until=pl.lit(at("2026-03-12"))
        ),
        "key",
        entered_at="began_at",
        followed_days=lasted(),
        end=pl.lit(1),
    )

    assert found.select("item_id", "followed_days", "snapshot_days").rows() == [("A", 3.0, 10.0)]
