"""When a pull request is ready for review, and which are drafts in the end."""

import pytest

from pipelines.approvals.review_windows import drafts, review_windows
from tests.pipelines.reviewing import ITEM, Event, asked, changes, opened, ready, status


def test_it_is_ready_from_each_time_it_leaves_draft_until_it_goes_back() -> None:
    found = review_windows(changes(opened(2), status(4, "draft"), ready(6), status(9, "merged")))

    assert found.select("unready_by", "ready_at").to_series().to_list() == ["draft", "merged"]
    assert found["ready_at"].dt.day().to_list() == [2, 6]
    assert found["unready_at"].dt.day().to_list() == [4, 9]


@pytest.mark.parametrize(
    ("events", "is_draft"),
    [
        ((opened(2), status(4, "draft")), True),
        ((opened(2), status(4, "draft"), asked(5, "ben")), True),
        ((opened(2), status(4, "draft"), ready(6)), False),
        ((opened(2), status(4, "draft"), status(6, "closed", "draft")), False),
        ((asked(2, "ben"),), False),
    ],
    ids=["draft again", "draft and asked", "ready again", "closed", "no status at all"],
)
def test_a_draft_is_what_was_one_in_the_end(
    events: tuple[Event, ...],
    is_draft: bool,  # noqa: FBT001 - the cases
) -> None:
    assert drafts(changes(*events))["item_id"].to_list() == [ITEM] * is_draft
