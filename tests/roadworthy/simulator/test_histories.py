"""The payload and the truth tell one story: fields replayed, stays, rules, dates."""

from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]
LISTS = {"Fix Version": "fixVersions", "Component": "components", "Attachment": "attachment"}
SINGLES = {"status", "priority", "resolution", "assignee", "project"}
TEXTS = {
    "summary": "summary",
    "description": "description",
    "Acceptance Criteria": "customfield_10030",
}
DEBOUNCE = timedelta(minutes=5)


def changes(issue: Row) -> list[tuple[datetime, Row]]:
    """Every item of the changelog, oldest first."""
    histories = sorted(issue["changelog"]["histories"], key=lambda h: int(h["id"]))
    return [
        (datetime.fromisoformat(history["created"]).astimezone(UTC), item)
        for history in histories
        for item in history["items"]
    ]


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
    rest = {
        "Key": issue["key"],
        "duedate": fields["duedate"],
        "labels": " ".join(fields["labels"]),
        "Story Points": None if points is None else f"{points:g}",
        "Sprint": ", ".join(str(sprint["id"]) for sprint in sprints),
    }
    return rest[field]


def told(item: Row) -> object:
    """The value that a single-valued field has after the item."""
    by_id = item["field"] in {*SINGLES, "duedate", "Sprint"}
    return item["to"] if by_id else item["toString"]


def came_from(item: Row) -> object:
    by_id = item["field"] in {*SINGLES, "duedate", "Sprint"}
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


def test_every_history_replayed_ends_at_the_present_value(issues: list[Row]) -> None:
    replayed = 0
    for issue in issues:
        by_field: dict[str, list[Row]] = {}
        for _, item in changes(issue):
            by_field.setdefault(item["field"], []).append(item)
        for field, steps in by_field.items():
            if field == "Rank":  # planted: Jira never tells the value of a rank
                continue
            now = present(issue, field)
            if field in LISTS:
                assert replayed_set(steps, now) == now, (issue["key"], field)
            elif field == "Link":
                assert {step["to"] for step in steps} == now, issue["key"]
            else:
                assert replayed_single(steps) == now, (issue["key"], field)
            replayed += 1
    assert replayed > 10_000


def test_histories_come_newest_first_and_whole(issues: list[Row]) -> None:
    for issue in issues:
        log = issue["changelog"]
        stamps = [datetime.fromisoformat(h["created"]) for h in log["histories"]]
        assert stamps == sorted(stamps, reverse=True)
        assert log["total"] == len(log["histories"])
        assert all(history["items"] for history in log["histories"])


def statuses_of(issue: Row, names: dict[str, str]) -> list[tuple[datetime, str]]:
    """Entries into statuses by name, mis-clicks taken out."""
    created = datetime.fromisoformat(issue["fields"]["created"]).astimezone(UTC)
    moves = [(at, item) for at, item in changes(issue) if item["field"] == "status"]
    first = moves[0][1]["from"] if moves else issue["fields"]["status"]["id"]
    entries = [(created, names[first]), *((at, names[item["to"]]) for at, item in moves)]
    kept: list[tuple[datetime, str]] = []
    for at, name in entries:
        is_undone = len(kept) > 1 and kept[-2][1] == name and at - kept[-1][0] < DEBOUNCE
        if is_undone:
            kept.pop()
        else:
            kept.append((at, name))
    return kept


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_stays_of_the_truth_are_those_of_the_payload(
    issues: list[Row], truth: dict[str, list[Row]]
) -> None:
    names = {row["fields"]["status"]["id"]: row["fields"]["status"]["name"] for row in issues}
    expected: dict[str, list[tuple[datetime, str]]] = {}
    for visit in truth["visits"]:
        entry = instant(visit["entered_at"]), visit["stage"]
        expected.setdefault(visit["item_id"], []).append(entry)
    found = {f"jira:acme:{issue['id']}": statuses_of(issue, names) for issue in issues}
    assert found == expected


def as_of(issue: Row, field: str, at: datetime) -> object:
    """The text of a field at an instant, after everything of that instant's first history."""
    steps = [(when, item) for when, item in changes(issue) if item["field"] == field]
    if not steps:
        return present(issue, field)
    value = came_from(steps[0][1])
    for when, item in steps:
        value = told(item) if when <= at else value
    return value


def failed_rules(issue: Row, at: datetime) -> list[str]:
    """The rules of the configuration, judged on the item as it stood."""
    kind = issue["fields"]["issuetype"]["name"]
    links = [item for when, item in changes(issue) if item["field"] == "Link" and when <= at]
    texts = [str(as_of(issue, f, at) or "") for f in ("Acceptance Criteria", "description")]
    verdicts = {
        "acceptance criteria": kind in ("Story", "Task") and len(texts[0].strip()) < 40,
        "description": kind != "Sub-task" and len(texts[1].strip()) < 80,
        "design link": kind == "Story" and not links,
        "estimate": kind != "Sub-task" and as_of(issue, "Story Points", at) is None,
    }
    return [rule for rule, fails in verdicts.items() if fails]


def test_the_rules_failed_at_a_handoff_are_those_that_the_payload_shows(
    issues: list[Row], truth: dict[str, list[Row]]
) -> None:
    by_id = {f"jira:acme:{issue['id']}": issue for issue in issues}
    guarded = [row for row in truth["handoffs"] if row["failed_rules"] is not None]
    assert len(guarded) > 1500
    for row in guarded:
        found = failed_rules(by_id[row["item_id"]], instant(row["handed_at"]))
        assert found == row["failed_rules"], row


def test_the_dates_moved_in_truth_are_those_moved_in_the_payload(
    issues: list[Row], truth: dict[str, list[Row]]
) -> None:
    found = sorted(
        (f"jira:acme:{issue['id']}", at, item["from"], item["to"])
        for issue in issues
        for at, item in changes(issue)
        if item["field"] == "duedate"
    )
    expected = sorted(
        (row["subject_id"], instant(row["moved_at"]), row["from_on"], row["to_on"])
        for row in truth["date_moves"]
        if row["subject_kind"] == "item" and row["date_source"] == "due_date"
    )
    assert [tuple(map(str, row)) for row in found] == [tuple(map(str, row)) for row in expected]


def test_a_commitment_is_the_date_valid_when_the_build_began(
    issues: list[Row], truth: dict[str, list[Row]]
) -> None:
    by_id = {f"jira:acme:{issue['id']}": issue for issue in issues}
    promises = [
        row
        for row in truth["commitments"]
        if row["subject_kind"] == "item" and row["date_source"] == "due_date"
    ]
    assert len(promises) > 600
    for row in promises:
        issue = by_id[row["subject_id"]]
        assert as_of(issue, "duedate", instant(row["committed_at"])) == row["original_on"], row
        assert issue["fields"]["duedate"] == row["current_on"], row
        net = sum(
            move["days"]
            for move in truth["date_moves"]
            if move["subject_id"] == row["subject_id"]
            and move["is_after_commitment"]
            and move["move"] in ("slip", "pull_in")
        )
        assert net == row["gross_slip_days"] - row["pull_in_days"], row
