"""The longest series of requests, each made when the one before had ended."""

from datetime import timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipelines.approvals.approval_series import approval_series
from tests.pipelines.frames import INSTANT, at, frame

Span = tuple[int, int]
MONDAY = at("2026-03-02")


def depths(**items: list[Span]) -> dict[str, int]:
    """The depth of each item whose requests lasted from one hour to another."""
    rows = (
        {
            "item_id": name,
            "requested_at": MONDAY + timedelta(hours=start),
            "ended_at": MONDAY + timedelta(hours=end),
        }
        for name, spans in items.items()
        for start, end in spans
    )
    types = {"requested_at": INSTANT, "ended_at": INSTANT}
    found = approval_series(frame(*rows, item_id=str, **types))
    return dict(found.iter_rows())


def test_side_by_side_is_one_and_one_after_the_other_are_two() -> None:
    assert depths(beside=[(0, 4), (1, 5)], after=[(0, 4), (4, 5)]) == {"after": 2, "beside": 1}


def test_the_longest_series_may_leave_out_the_first_request() -> None:
    assert depths(a=[(0, 9), (1, 2), (3, 4), (5, 6)]) == {"a": 3}


def test_an_item_without_requests_has_no_depth() -> None:
    assert depths() == {}


SPANS = st.tuples(st.integers(0, 8), st.integers(0, 4)).map(lambda one: (one[0], sum(one)))


@given(st.lists(SPANS, min_size=1, max_size=7), st.lists(SPANS, min_size=1, max_size=3))
def test_no_series_is_longer(spans: list[Span], others: list[Span]) -> None:
    longest = max(
        len(chosen)
        for size in range(len(spans) + 1)
        for chosen in combinations(sorted(spans), size)
        if all(before[1] <= after[0] for before, after in pairwise(chosen))
    )
    assert depths(a=spans, b=others)["a"] == longest
