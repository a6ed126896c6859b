"""Every changelog, replayed from its first change, ends at what the issue shows today."""

from collections import defaultdict
from datetime import datetime
from typing import Any

Row = dict[str, Any]
LISTS = {"Fix Version": "fixVersions", "Component": "components", "Attachment": "attachment"}
SINGLES = {"status", "priority", "resolution", "assignee", "project"}
TEXTS = {
    "summary": "summary",
    "description": "description",
    "Acceptance Criteria": "customfield_10030",
}
Changes = dict[str, list[tuple[datetime, Row]]]


def reference(value: Row | None) -> str | None:
    if value is None:
        return None
    found: str = value["accountId"] if "accountId" in value else value["id"]
    return found


def present(issue: Row, field: str) -> object:
    """The present value of a field, in the form in which the changelog tells it."""
    fields = issue["fields"]
    if field in LISTS:
        return {(v["id"], v.get("name") or v["filename"]) for v in fields[LISTS[field]]}
    if field in SINGLES:
        return reference(fields[field])
    if field in TEXTS:
        return fields[TEXTS[field]]
    if field == "Link":
        return {link["outwardIssue"]["key"] for link in fields["issuelinks"]}
    points = fields["customfield_10016"]
    sprints = fields["customfield_10020"] or []
    flags = fields["customfield_10021"]
    rest = {
        "Key": issue["key"],
        "duedate": fields["duedate"],
        "labels": " ".join(fields["labels"]),
        "Story Points": None if points is None else f"{points:g}",
        "Sprint": ", ".join(str(sprint["id"]) for sprint in sprints),
        "Flagged": f"[{', '.join(flag['id'] for flag in flags)}]" if flags else "",
    }
    return rest[field]


def told(item: Row) -> object:
    """The value that a single-valued field has after the item."""
    by_id = item["field"] in {*SINGLES, "duedate", "Sprint", "Flagged"}
    return item["to"] if by_id else item["toString"]


def came_from(item: Row) -> object:
    by_id = item["field"] in {*SINGLES, "duedate", "Sprint", "Flagged"}
    return item["from"] if by_id else item["fromString"]


def replayed_single(steps: list[Row]) -> object:
    """The last value of the chain, each link of which takes up where the one before ended."""
    value = came_from(steps[0])
    for step in steps:
        assert came_from(step) == value, step
        value = told(step)
    return value


def replayed_set(steps: list[Row], now: object) -> object:
    """What is left when the changes are undone from the present and then done again."""
    assert isinstance(now, set)
    values = set(now)
    for step in reversed(steps):
        values -= {(step["to"], step["toString"])}
        values |= {(step["from"], step["fromString"])} if step["from"] else set()
    for step in steps:
        if step["from"]:
            assert (step["from"], step["fromString"]) in values, step
            values.remove((step["from"], step["fromString"]))
        values |= {(step["to"], step["toString"])} if step["to"] else set()
    return values


def replayed(field: str, steps: list[Row], now: object) -> object:
    if field in LISTS:
        return replayed_set(steps, now)
    return {step["to"] for step in steps} if field == "Link" else replayed_single(steps)


def test_every_history_replayed_ends_at_the_present_value(
    issues: list[Row], changes: Changes
) -> None:
    compared = 0
    for issue in issues:
        by_field: dict[str, list[Row]] = defaultdict(list)
        for _, item in changes[issue["id"]]:
            by_field[item["field"]].append(item)
        by_field.pop("Rank", None)  # planted: Jira never tells the value of a rank
        for field, steps in by_field.items():
            now = present(issue, field)
            assert replayed(field, steps, now) == now, (issue["key"], field)
            compared += 1
    assert compared > 10_000


def test_histories_come_newest_first_and_whole(issues: list[Row]) -> None:
    for issue in issues:
        log = issue["changelog"]
        stamps = [datetime.fromisoformat(h["created"]) for h in log["histories"]]
        assert stamps == sorted(stamps, reverse=True)
        assert log["total"] == len(log["histories"])
        assert all(history["items"] for history in log["histories"])
