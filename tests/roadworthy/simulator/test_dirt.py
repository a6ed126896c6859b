"""Everything untidy that is promised occurs, and occurs in the payload."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import pytest

Row = dict[str, Any]
KINDS = {
    "bulk_dates",
    "bulk_versions",
    "created_in_late_status",
    "date_mistyped",
    "filled_in_same_click",
    "long_history",
    "misclick",
    "moved_project",
    "no_author",
    "rank_without_value",
    "reopened",
    "same_instant",
    "status_renamed",
    "unknown_role",
}


def histories(issues: list[Row]) -> list[Row]:
    return [history for issue in issues for history in issue["changelog"]["histories"]]


def items(issues: list[Row], field: str) -> list[Row]:
    return [i for h in histories(issues) for i in h["items"] if i["field"] == field]


def test_every_kind_of_dirt_that_is_promised_was_planted(truth: dict[str, list[Row]]) -> None:
    assert {row["kind"] for row in truth["dirt"]} == KINDS


def test_a_status_has_two_names_and_one_id(issues: list[Row]) -> None:
    moves = items(issues, "status")
    assert {i["toString"] for i in moves if i["to"] == "10005"} == {"Code Review", "In Review"}


def test_one_issue_has_more_histories_than_a_search_answer_carries(issues: list[Row]) -> None:
    assert max(issue["changelog"]["total"] for issue in issues) > 100


@pytest.mark.parametrize("field", ["duedate", "Fix Version"])
def test_one_actor_changes_a_field_of_twenty_issues_within_a_minute(
    issues: list[Row], field: str
) -> None:
    stamps = sorted(
        datetime.fromisoformat(history["created"])
        for history in histories(issues)
        if history.get("author", {}).get("accountType") == "app"
        and any(item["field"] == field for item in history["items"])
    )
    assert len(stamps) >= 20
    assert (stamps[19] - stamps[0]).total_seconds() < 60


@pytest.mark.parametrize("field", ["Fix Version", "Link"])
def test_one_history_has_several_items_of_one_field(issues: list[Row], field: str) -> None:
    counts = [Counter(i["field"] for i in h["items"])[field] for h in histories(issues)]
    assert max(counts) >= 2


def test_issues_move_between_projects_and_keep_their_id(issues: list[Row]) -> None:
    keys, projects = items(issues, "Key"), items(issues, "project")
    assert len(keys) == len(projects) >= 1
    assert all(i["fromString"].split("-")[0] != i["toString"].split("-")[0] for i in keys)


def test_two_histories_of_an_issue_share_an_instant(issues: list[Row]) -> None:
    shared = [
        issue["key"]
        for issue in issues
        if len({h["created"] for h in issue["changelog"]["histories"]})
        < len(issue["changelog"]["histories"])
    ]
    assert shared


def test_some_histories_have_no_author_and_some_an_unknown_one(issues: list[Row]) -> None:
    authors = [history.get("author") for history in histories(issues)]
    assert authors.count(None) == 3
    assert {a["displayName"] for a in authors if a and not a["active"]} == {"Jo Winter"}


def test_issues_are_reopened_and_lose_their_resolution(issues: list[Row]) -> None:
    undone = [i for i in items(issues, "resolution") if i["to"] is None]
    assert undone
    assert all(i["fromString"] == "Done" for i in undone)


def test_some_issues_begin_late_in_the_flow(issues: list[Row]) -> None:
    first = [
        next(
            (i["from"] for h in reversed(log) for i in h["items"] if i["field"] == "status"),
            issue["fields"]["status"]["id"],
        )
        for issue in issues
        if issue["fields"]["issuetype"]["name"] != "Sub-task"
        for log in [issue["changelog"]["histories"]]
    ]
    assert set(first) == {"10000", "10004", "10005"}


def test_parts_know_their_parent_and_the_parent_its_parts(issues: list[Row]) -> None:
    parents: dict[str, set[str]] = defaultdict(set)
    for issue in issues:
        if issue["fields"]["issuetype"]["subtask"]:
            parents[issue["fields"]["parent"]["id"]].add(issue["id"])
    listed = {i["id"]: {part["id"] for part in i["fields"]["subtasks"]} for i in issues}
    assert parents
    assert parents == {issue: parts for issue, parts in listed.items() if parts}


def test_some_items_are_open_in_every_stage_at_the_snapshot(issues: list[Row]) -> None:
    present = Counter(issue["fields"]["status"]["name"] for issue in issues)
    assert {"Idea", "Shaping", "Roadmap Decision", "Ready for Dev", "In Development"} <= set(
        present
    )
    assert present["Done"] > 1000


def test_reviews_come_from_bots_from_authors_and_after_the_merge(pulls: list[Row]) -> None:
    reviews = [(pull, review) for pull in pulls for review in pull["reviews"]]
    assert any(review["user"]["type"] == "Bot" for _, review in reviews)
    assert any(review["user"]["login"] == pull["user"]["login"] for pull, review in reviews)
    assert any(
        pull["merged_at"] and review["submitted_at"] > pull["merged_at"]
        for pull, review in reviews
        if review["state"] == "APPROVED"
    )


def test_pull_requests_end_in_every_way(pulls: list[Row]) -> None:
    ends = Counter((pull["state"], pull["merged"]) for pull in pulls)
    assert set(ends) == {("open", False), ("closed", False), ("closed", True)}
    assert any(pull["requested_teams"] for pull in pulls)
    assert any(pull["requested_reviewers"] for pull in pulls)
