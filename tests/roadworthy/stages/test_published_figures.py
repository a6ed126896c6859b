"""What each night said, carried from published file to published file."""

from datetime import UTC, datetime, timedelta

import polars as pl
from polars.testing import assert_frame_equal

from roadworthy.stages.published_figures import TOLD, published_figures

MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
ORGANISATION = "organisation"


def tables(rate: float) -> dict[str, pl.DataFrame]:
    one = {"scope": [ORGANISATION], "items": [40]}
    return {
        "metric_summaries": pl.DataFrame(
            {
                **one,
                "metric": ["rejection_rate"],
                "estimate": [rate],
                "low": [0.2],
                "high": [0.4],
                "open_items": [3],
            }
        ),
        "constraints": pl.DataFrame(
            {
                "scope": [ORGANISATION] * 2,
                "items": [40] * 2,
                "rank": [1, 2],
                "cause": ["queue:Ready", "parked"],
                "excess_days": [2.0, 1.0],
                "excess_low": [1.0, 0.0],
                "excess_high": [3.0, 2.0],
            }
        ),
        "attribution": pl.DataFrame(
            {"scope": [ORGANISATION] * 2, "items": [40] * 2, "verdict": ["structural"] * 2}
        ),
    }


def said(rate: float, at: datetime, before: pl.DataFrame | None = None) -> pl.DataFrame:
    return published_figures(tables(rate), before, snapshot_at=at, config_hash="a")


def test_a_night_says_each_metric_the_first_cause_and_the_verdict() -> None:
    found = said(0.3, MAY).select("figure", "said", "estimate", "items", "open_items")
    assert found.rows() == [
        ("constraint", "queue:Ready", 2.0, 40, None),
        ("rejection_rate", None, 0.3, 40, 3),
        ("verdict", "structural", None, 40, None),
    ]


def test_what_was_said_before_stays() -> None:
    before = said(0.3, MAY)
    found = said(0.2, JUNE, before)
    columns = before.columns
    assert_frame_equal(found.filter(pl.col("snapshot_at") == MAY).select(columns), before)
    assert found.height == 2 * before.height


def test_a_build_of_the_same_snapshot_takes_the_place_of_the_one_before() -> None:
    assert_frame_equal(said(0.2, MAY, said(0.3, MAY)), said(0.2, MAY))


def test_what_was_said_of_a_group_that_may_be_shown_no_more_is_forgotten() -> None:
    small = said(0.3, MAY).with_columns(scope=pl.lit("team:small"))
    found = said(0.2, JUNE, pl.concat([said(0.3, MAY), small]))
    assert set(found["scope"]) == {ORGANISATION}
    assert set(found["snapshot_at"]) == {MAY, JUNE}


def test_what_is_older_than_a_year_and_a_month_is_forgotten() -> None:
    long_ago = JUNE - timedelta(days=400)
    assert set(said(0.2, JUNE, said(0.3, long_ago))["snapshot_at"]) == {JUNE}


def test_an_empty_organisation_says_nothing() -> None:
    empty = {name: tables(0.1)[name].clear() for name in TOLD}
    assert published_figures(empty, None, snapshot_at=MAY, config_hash="a").is_empty()
