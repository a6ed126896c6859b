"""When a pull request is ready for review, and what it is in the end."""

import pytest

from pipelines.approvals.review_windows import last_statuses, review_windows
from tests.pipelines.reviewing import Event, asked, changes, march, opened, ready, status


def test_it_is_ready_from_each_time_it_leaves_draft_until_it_goes_back() -> None:
    found = review_windows(changes(opened(2), status(4, "draft"), ready(6), status(9, "merged")))

    assert found.select("unready_by", "ready_at").to_series().to_list() == ["draft", "merged"]
    assert found["ready_at"].dt.day().to_list() == [2, 6]
    assert found["unready_at"].dt.day().to_list() == [4, 9]


@pytest.mark.parametrize(
    ("events", "last"),
    [
        ((opened(2), status(4, "draft"), asked(5, "ben")), [("draft", march(4))]),
        ((opened(2), status(4, "draft"), ready(6)), [("review required", march(6))]),
        ((opened(2), status(6, "merged")), [("merged", march(6))]),
        ((asked(2, "ben"),), []),
    ],
    ids=["draft again", "ready again", "merged", "no status at all"],
)
def test_the_last_status_is_told_with_its_instant(
    events: tuple[Event, ...], last: list[object]
) -> None:
    assert last_statuses(changes(*events)).select("status", "since").rows() == last
