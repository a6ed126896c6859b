"""Shapes: the members that Jira's own answers have, spelt as Jira spells them."""

import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]
ISSUE_FIELDS = {
    "assignee",
    "attachment",
    "components",
    "created",
    "creator",
    "customfield_10016",
    "customfield_10020",
    "customfield_10030",
    "description",
    "duedate",
    "fixVersions",
    "issuelinks",
    "issuetype",
    "labels",
    "priority",
    "project",
    "reporter",
    "resolution",
    "resolutiondate",
    "status",
    "summary",
    "updated",
}
JIRA_USER = {
    "self",
    "accountId",
    "emailAddress",
    "avatarUrls",
    "displayName",
    "active",
    "timeZone",
    "accountType",
}


def test_the_organisation_has_the_size_of_a_real_one(
    issues: list[Row], pulls: list[Row], github_issues: list[Row]
) -> None:
    assert 1600 <= len(issues) <= 2200
    assert 700 <= len(pulls) <= 1000
    assert 20 <= len(github_issues) <= 90


def test_an_issue_has_the_members_of_a_search_answer(issues: list[Row]) -> None:
    for issue in issues:
        assert set(issue) == {"expand", "id", "self", "key", "changelog", "fields"}
        assert set(issue["fields"]) >= ISSUE_FIELDS
        assert set(issue["changelog"]) == {"startAt", "maxResults", "total", "histories"}
        assert issue["fields"]["status"]["statusCategory"]["key"] in (
            "new",
            "indeterminate",
            "done",
        )
        assert issue["key"].startswith(f"{issue['fields']['project']['key']}-")


def test_a_history_has_an_author_an_instant_and_items_of_seven_or_more_members(
    issues: list[Row],
) -> None:
    for issue in issues:
        for history in issue["changelog"]["histories"]:
            assert set(history) - {"author"} == {"id", "created", "items"}
            assert set(history.get("author", JIRA_USER)) == JIRA_USER
            for item in history["items"]:
                assert set(item) >= {
                    "field",
                    "fieldtype",
                    "from",
                    "fromString",
                    "to",
                    "toString",
                }


def test_ids_and_keys_are_used_once(
    issues: list[Row], pulls: list[Row], github_issues: list[Row]
) -> None:
    histories = [h["id"] for issue in issues for h in issue["changelog"]["histories"]]
    events = [e["id"] for p in (*pulls, *github_issues) for e in p["timeline"] if "id" in e]
    numbers = [p["html_url"].replace("/pull/", "/issues/") for p in (*pulls, *github_issues)]
    for kind in (
        [issue["id"] for issue in issues],
        [issue["key"] for issue in issues],
        [pull["id"] for pull in pulls],
        histories,
        events,
        numbers,
    ):
        assert len(kind) == len(set(kind))


def test_a_due_date_is_a_day_by_id_and_a_midnight_by_text(issues: list[Row]) -> None:
    items = [
        item
        for issue in issues
        for history in issue["changelog"]["histories"]
        for item in history["items"]
        if item["field"] == "duedate" and item["to"]
    ]
    assert items
    assert all(item["toString"] == f"{item['to']} 00:00:00.0" for item in items)


def test_stamps_carry_the_offset_that_the_server_had_on_that_day(issues: list[Row]) -> None:
    summer = [i["fields"]["created"] for i in issues if i["fields"]["created"][5:7] == "07"]
    winter = [i["fields"]["created"] for i in issues if i["fields"]["created"][5:7] == "01"]
    assert summer
    assert winter
    assert {stamp[-5:] for stamp in summer} == {"+0200"}
    assert {stamp[-5:] for stamp in winter} == {"+0100"}


def test_the_side_files_name_every_field_version_and_status_in_use(
    archive: Path, issues: list[Row]
) -> None:
    known = {
        name: {row["id"] for row in json.loads((archive / "jira" / f"{name}.json").read_text())}
        for name in ("fields", "versions", "statuses")
    }
    assert known["fields"] >= {name for issue in issues for name in issue["fields"]}
    assert known["versions"] >= {v["id"] for i in issues for v in i["fields"]["fixVersions"]}
    assert known["statuses"] >= {i["fields"]["status"]["id"] for i in issues}


def test_a_flag_is_told_by_option_and_shown_while_it_is_up(issues: list[Row]) -> None:
    sides = {
        tuple(item[name] for name in ("fieldId", "from", "fromString", "to", "toString"))
        for issue in issues
        for history in issue["changelog"]["histories"]
        for item in history["items"]
        if item["field"] == "Flagged"
    }
    field = "customfield_10021"
    assert sides == {
        (field, "", "", "[10019]", "Impediment"),
        (field, "[10019]", "Impediment", "", ""),
    }
    shown = [flag for issue in issues for flag in issue["fields"][field] or ()]
    assert {(flag["id"], flag["value"]) for flag in shown} == {("10019", "Impediment")}


def test_a_few_percent_of_the_items_are_flagged_while_they_are_built(issues: list[Row]) -> None:
    flagged = {
        issue["id"]
        for issue in issues
        for history in issue["changelog"]["histories"]
        for item in history["items"]
        if item["field"] == "Flagged" or "blocked:" in f"{item['fromString']} {item['toString']}"
    }
    assert 0.03 < len(flagged) / len(issues) < 0.12
