"""Which stays spans lie in: every pair compared gives the same, and takes longer."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.histories.overlaps import overlaps

_SPANS = {"item_id": pl.String, "name": pl.Int64, "since": pl.Int64, "until": pl.Int64}
_STAYS = {"item_id": pl.String, "stage": pl.Int64, "entered": pl.Int64, "left": pl.Int64}
_ITEMS = st.sampled_from(["PAY-1", "PAY-2", None])


@st.composite
def _spans(draw: st.DrawFn) -> pl.DataFrame:
    ends = draw(st.lists(st.tuples(_ITEMS, st.integers(0, 20), st.integers(0, 6)), max_size=6))
    rows = [(item, name, at, at + long) for name, (item, at, long) in enumerate(ends)]
    return pl.DataFrame(rows, schema=_SPANS, orient="row")


@st.composite
def _stays(draw: st.DrawFn) -> pl.DataFrame:
    """Of each item some that do not overlap, with or without time between them."""
    rows: list[tuple[str | None, int, int, int]] = []
    for item in ("PAY-1", "PAY-2", None):
        at = draw(st.integers(0, 5))
        for between, long in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 5)))):
            rows.append((item, len(rows), at + between, at + between + long))
            at += between + long
    return pl.DataFrame(rows, schema=_STAYS, orient="row")


def _pairs(spans: pl.DataFrame, stays: pl.DataFrame) -> pl.DataFrame:
    """The same, of every pair."""
    return (
        spans.join(stays, on="item_id", nulls_equal=True)
        .with_columns(
            since=pl.max_horizontal("since", "entered"), until=pl.min_horizontal("until", "left")
        )
        .filter(pl.col("since") < pl.col("until"))
        .drop("entered", "left")
    )


@given(_spans(), _stays())
def test_they_are_those_of_every_pair(spans: pl.DataFrame, stays: pl.DataFrame) -> None:
    assert_frame_equal(
        overlaps(spans, stays, by=["item_id"]), _pairs(spans, stays), check_row_order=False
    )


def test_a_stay_that_only_touches_a_span_is_none_of_its_parts() -> None:
    spans = pl.DataFrame([("PAY-1", 1, 4, 8)], schema=_SPANS, orient="row")
    stays = pl.DataFrame(
        [("PAY-1", 1, 0, 4), ("PAY-1", 2, 6, 8), ("PAY-1", 3, 8, 9)], schema=_STAYS, orient="row"
    )
    assert overlaps(spans, stays, by=["item_id"]).select("stage", "since", "until").rows() == [
        (2, 6, 8)
    ]
