"""What a status is called now, where it was renamed and not every issue was read again."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sql.conforming import Landing, Payload, Rows


def status(name: str, category: str) -> "Payload":
    """The status as an issue and a list show it."""
    return {"id": "3", "name": name, "statusCategory": {"key": category}}


def issue(number: int, shown: "Payload", day: int) -> "Payload":
    """An issue that was changed last, and read, on a day of January."""
    told = f"2026-01-{day:02}T09:00:00.000+0000"
    stamps = {"created": "2026-01-01T09:00:00.000+0000", "updated": told}
    return {"id": str(number), "key": f"PAY-{number}", "fields": {"status": shown, **stamps}}


def known(landing: "Landing") -> "Rows":
    landing.core("statuses")
    return landing.rows("select status_id, status, category from core.statuses")


def test_a_list_knows_better_than_issues_read_before(jira_landing: "Landing") -> None:
    jira_landing.sync("run1", "2026-02-01")
    old = status("In Review", "done")
    jira_landing.record("issues", issue(1, old, 9))
    jira_landing.record("statuses", status("Review", "indeterminate"))
    assert known(jira_landing) == [("3", "Review", "indeterminate")]


def test_without_a_list_the_issue_changed_last_knows_best(jira_landing: "Landing") -> None:
    jira_landing.sync("run1", "2026-02-01")
    for number, name, category, day in ((1, "Doing", "done", 8), (2, "Review", "new", 9)):
        shown = issue(number, status(name, category), day)
        jira_landing.record("issues", shown)
    assert known(jira_landing) == [("3", "Review", "new")]


def test_an_issue_read_before_is_in_the_status_as_it_is_called_now(
    jira_landing: "Landing",
) -> None:
    jira_landing.sync("run1", "2026-02-01")
    jira_landing.record("issues", issue(1, status("In Review", "new"), 9))
    jira_landing.record("statuses", status("Review", "new"))
    jira_landing.core("field_values")
    jira_landing.core("items")
    shown = "select value_id, value_text from core.field_values where field = 'status'"
    assert jira_landing.rows(shown) == [("3", "Review")]
    assert jira_landing.rows("select status_id, status from core.items") == [("3", "Review")]
