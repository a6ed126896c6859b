"""Releases that were renamed after an item that is planned for them was read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sql.conforming import Landing, Rows

MILESTONE = {"id": "MI_71", "title": "v2", "repository": {"full_name": "acme/web"}}
PULL = {
    "number": 7,
    "title": "A title",
    "state": "open",
    "created_at": "2026-01-01T06:00:00Z",
    "timeline": [],
    "milestone": MILESTONE,
}


def planned(landing: "Landing") -> "Rows":
    """Field, id and text of what core knows of the plans of the items."""
    landing.sync("run2", "2026-02-01")
    landing.core("field_values")
    return landing.rows(
        "select field, value_id, value_text from core.field_values"
        " where field in ('fixVersions', 'versions', 'milestone') order by field, position"
    )


def test_a_version_has_the_name_of_now(jira_landing: "Landing") -> None:
    version, other = {"id": "9", "name": "1.0"}, {"id": "8", "name": "0.9"}
    jira_landing.record("versions", version, superseded_run_id="run2")
    jira_landing.record("versions", {**version, "name": "Spring"}, run="run2")
    fields = {"fixVersions": [other, version], "versions": [version]}
    jira_landing.record("issues", {"id": "1", "key": "PAY-1", "fields": fields})
    assert planned(jira_landing) == [
        ("fixVersions", "8", "0.9"),
        ("fixVersions", "9", "Spring"),
        ("versions", "9", "Spring"),
    ]


def test_a_milestone_has_the_title_of_now(github_landing: "Landing") -> None:
    github_landing.record("pulls", PULL, key="acme/web#7")
    github_landing.record("milestones", MILESTONE, superseded_run_id="run2")
    github_landing.record("milestones", {**MILESTONE, "title": "Spring"}, run="run2")
    assert planned(github_landing) == [("milestone", "MI_71", "Spring")]


def test_of_a_milestone_with_two_keys_the_one_still_there_is_told(
    github_landing: "Landing",
) -> None:
    by_rest = {"id": 71, "node_id": "MI_71", "title": "v1"}
    github_landing.record("pulls", PULL, key="acme/web#7")
    github_landing.record("milestones", by_rest, missing_since="2026-02-01T06:00:00Z")
    github_landing.record("milestones", {**MILESTONE, "title": "Spring"}, run="run2")
    assert planned(github_landing) == [("milestone", "MI_71", "Spring")]
