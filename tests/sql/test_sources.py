"""What was read of each source: expected against found."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sql.conforming import Landing, Payload

_COUNTS = (
    "select records, quarantined, missing, histories_announced, histories_received, short_items,"
    " requests from core.sources"
)


def issue(number: int, came: int, total: int | None) -> "Payload":
    """An issue of Jira with so many histories of so many."""
    histories = [{"id": str(one), "items": []} for one in range(came)]
    return {"id": str(number), "changelog": {"total": total, "histories": histories}}


def pull(number: int, came: int, total: int) -> "Payload":
    """A pull request of GraphQL with so many events of so many."""
    nodes = [{"event": "ClosedEvent", "id": f"E_{one}"} for one in range(came)]
    return {"id": number, "number": number, "timeline": {"total": total, "nodes": nodes}}


def test_histories_of_jira_are_counted_item_by_item(jira_landing: "Landing") -> None:
    jira_landing.sync("run1", "2026-01-01", requests=9)
    jira_landing.record("issues", issue(1, 3, 3))
    jira_landing.record("issues", issue(2, 2, 5), missing_since="2026-01-01T06:00:00Z")
    jira_landing.record("issues", issue(3, 4, None))
    jira_landing.record("versions", {"id": "10"}, superseded_run_id="run2")
    jira_landing.record("versions", {"id": "10"}, run="run2")
    jira_landing.core("sources")
    assert jira_landing.rows(_COUNTS) == [(4, 0, 1, 12, 9, 1, 9)]


def test_an_issue_without_a_changelog_has_no_histories_that_all_came(
    jira_landing: "Landing",
) -> None:
    jira_landing.sync("run1", "2026-01-01")
    jira_landing.record("issues", {"id": "1"})
    jira_landing.record("issues", {"id": "2", "changelog": None})
    jira_landing.core("sources")
    assert jira_landing.rows(_COUNTS) == [(2, 0, 0, None, None, 0, 0)]


def test_an_issue_whose_changelog_has_a_total_alone_lacks_them_all(jira_landing: "Landing") -> None:
    jira_landing.sync("run1", "2026-01-01")
    jira_landing.record("issues", {"id": "3", "changelog": {"total": 2}})
    jira_landing.core("sources")
    assert jira_landing.rows(_COUNTS) == [(1, 0, 0, 2, 0, 1, 0)]


def test_events_of_github_are_counted_where_it_says_how_many(github_landing: "Landing") -> None:
    github_landing.sync("run1", "2026-01-01")
    github_landing.record("pulls", pull(1, 3, 4))
    github_landing.record("pulls", pull(2, 2, 2))
    github_landing.record("issues", {"id": 3, "timeline": [{"event": "closed", "id": 1}]})
    github_landing.core("sources")
    assert github_landing.rows(_COUNTS) == [(3, 0, 0, 6, 5, 1, 0)]


def test_a_source_that_does_not_say_has_no_count(github_landing: "Landing") -> None:
    github_landing.sync("run1", "2026-01-01")
    github_landing.record("issues", {"id": 3, "timeline": []})
    github_landing.core("sources")
    assert github_landing.rows(_COUNTS) == [(1, 0, 0, None, None, 0, 0)]
