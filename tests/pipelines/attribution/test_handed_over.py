"""What is handed over."""

import polars as pl
from polars.testing import assert_frame_equal

from pipelines.attribution.handed_over import holders, ordered
from tests.pipelines.attribution.edges import rows

TOLD = rows(("B", 0, "ann", None, 2.0), ("A", 1, "bob", "ann", 1.0), ("A", 0, None, "cid", 3.0))


def test_rows_come_in_one_order_however_they_were_told() -> None:
    assert ordered(TOLD, [])["value"].to_list() == [3.0, 1.0, 2.0]
    assert_frame_equal(ordered(TOLD.reverse(), []), ordered(TOLD, []))


def test_a_row_without_a_value_or_an_exposure_is_left_out_and_one_without_a_holder_is_not() -> None:
    frame = TOLD.with_columns(
        value=pl.Series([2.0, None, float("nan")]), rule=pl.Series([1.0, 1.0, 1.0])
    )
    assert ordered(frame, ["rule"])["team"].to_list() == ["B"]
    assert ordered(frame.with_columns(rule=pl.lit(None)), ["rule"]).is_empty()


def test_holders_are_those_of_either_side_once() -> None:
    assert holders(TOLD).to_list() == ["ann", "bob", "cid"]
