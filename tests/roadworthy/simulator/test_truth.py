"""The payload and the truth tell one story: stays, handoffs and verdicts, rules, dates."""

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Steps = list[tuple[datetime, Row]]
Changes = dict[str, Steps]
Attempt = tuple[str, str, datetime, str, datetime | None]
DEBOUNCE = timedelta(minutes=5)


def statuses_of(issue: Row, steps: Steps, names: dict[str, str]) -> list[tuple[datetime, str]]:
    """Entries into statuses by name, mis-clicks taken out."""
    created = datetime.fromisoformat(issue["fields"]["created"]).astimezone(UTC)
    moves = [(at, item) for at, item in steps if item["field"] == "status"]
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


def status_names(archive: Path) -> dict[str, str]:
    known = json.loads((archive / "jira" / "statuses.json").read_text())
    return {status["id"]: status["name"] for status in known}


def test_the_stays_of_the_truth_are_those_of_the_payload(
    archive: Path, issues: list[Row], changes: Changes, truth: dict[str, list[Row]]
) -> None:
    names = status_names(archive)
    expected: dict[str, list[tuple[datetime, str]]] = {}
    for visit in truth["visits"]:
        entry = instant(visit["entered_at"]), visit["stage"]
        expected.setdefault(visit["item_id"], []).append(entry)
    found = {
        f"jira:acme:{issue['id']}": statuses_of(issue, changes[issue["id"]], names)
        for issue in issues
    }
    assert found == expected


FLOW = ["Idea", "Shaping", "Roadmap Decision", "Ready for Dev", "In Development"]
FLOW += ["In Review", "Ready for Release", "Done", "Won't Do"]
PRODUCT, READY, ACCEPTED, DROPPED = FLOW[:3], "Ready for Dev", FLOW[4:8], "Won't Do"


def verdict(sender: str, later: list[tuple[datetime, str]]) -> tuple[str, datetime | None]:
    """What became of an attempt, from the stages entered after it; ``returned`` by whomever."""
    for at, name in later:
        if name in ACCEPTED:
            return "accepted", at
        if name == DROPPED:
            return "dropped", at
        if FLOW.index(name) <= FLOW.index(sender):
            return "returned", at
    return "undecided", None


def handoffs(entries: list[tuple[datetime, str]]) -> list[Attempt]:
    """Moves from product's stages to engineering's, blocked time skipped, with their verdicts."""
    flowing = [entry for entry in entries if entry[1] != "Blocked"]
    found: list[Attempt] = []
    for place, (_, sender) in enumerate(flowing[:-1]):
        at, receiver = flowing[place + 1]
        if sender in PRODUCT and receiver in (READY, *ACCEPTED[:3]):
            later = flowing[place + 2 :] if receiver == READY else flowing[place + 1 :]
            found.append((sender, receiver, at, *verdict(sender, later)))
    return found


def test_the_handoffs_and_verdicts_of_the_truth_are_those_of_the_payload(
    archive: Path, issues: list[Row], changes: Changes, truth: dict[str, list[Row]]
) -> None:
    names = status_names(archive)
    expected: dict[str, list[Attempt]] = defaultdict(list)
    for row in truth["handoffs"]:
        word = "returned" if row["verdict"] in ("rejected", "recalled") else row["verdict"]
        ended = instant(row["verdict_at"]) if row["verdict_at"] else None
        attempt = row["from_stage"], row["to_stage"], instant(row["handed_at"]), word, ended
        expected[row["item_id"]].append(attempt)
    found = {
        f"jira:acme:{issue['id']}": handoffs(statuses_of(issue, changes[issue["id"]], names))
        for issue in issues
    }
    assert {item: attempts for item, attempts in found.items() if attempts} == expected


def test_engineering_rejects_and_product_recalls(truth: dict[str, list[Row]]) -> None:
    roles = {(row["verdict"], row["verdict_role"]) for row in truth["handoffs"]}
    assert {("rejected", "engineering"), ("recalled", "product")} <= roles
    assert not {("rejected", "product"), ("recalled", "engineering")} & roles


PRESENT = {
    "Acceptance Criteria": "customfield_10030",
    "Story Points": "customfield_10016",
    "description": "description",
    "duedate": "duedate",
}


def as_of(issue: Row, steps: Steps, field: str, at: datetime) -> object:
    """The value of a field at an instant, after everything of that instant's first history."""
    side = "from", "to"
    if field != "duedate":
        side = "fromString", "toString"
    own = [(when, item) for when, item in steps if item["field"] == field]
    value = own[0][1][side[0]] if own else issue["fields"][PRESENT[field]]
    for when, item in own:
        value = item[side[1]] if when <= at else value
    return value


def failed_rules(issue: Row, steps: Steps, at: datetime) -> list[str]:
    """The rules of the configuration, judged on the item as it stood."""
    kind = issue["fields"]["issuetype"]["name"]
    linked = any(item["field"] == "Link" and when <= at for when, item in steps)
    criteria = str(as_of(issue, steps, "Acceptance Criteria", at) or "")
    description = str(as_of(issue, steps, "description", at) or "")
    verdicts = {
        "acceptance criteria": kind in ("Story", "Task") and len(criteria.strip()) < 40,
        "description": kind != "Sub-task" and len(description.strip()) < 80,
        "design link": kind == "Story" and not linked,
        "estimate": kind != "Sub-task" and as_of(issue, steps, "Story Points", at) is None,
    }
    return [rule for rule, fails in verdicts.items() if fails]


def test_the_rules_failed_at_a_handoff_are_those_that_the_payload_shows(
    issues: list[Row], changes: Changes, truth: dict[str, list[Row]]
) -> None:
    by_id = {issue["id"]: issue for issue in issues}
    guarded = [row for row in truth["handoffs"] if row["failed_rules"] is not None]
    assert len(guarded) > 1500
    for row in guarded:
        key = row["item_id"].removeprefix("jira:acme:")
        found = failed_rules(by_id[key], changes[key], instant(row["handed_at"]))
        assert found == row["failed_rules"], row


def test_the_dates_moved_in_truth_are_those_moved_in_the_payload(
    changes: Changes, truth: dict[str, list[Row]]
) -> None:
    found = sorted(
        (f"jira:acme:{issue}", at, item["from"], item["to"])
        for issue, steps in changes.items()
        for at, item in steps
        if item["field"] == "duedate"
    )
    expected = sorted(
        (row["subject_id"], instant(row["moved_at"]), row["from_on"], row["to_on"])
        for row in truth["date_moves"]
        if row["subject_kind"] == "item" and row["date_source"] == "due_date"
    )
    assert [tuple(map(str, row)) for row in found] == [tuple(map(str, row)) for row in expected]


def test_a_commitment_is_the_date_valid_when_the_build_began(
    issues: list[Row], changes: Changes, truth: dict[str, list[Row]]
) -> None:
    by_id = {issue["id"]: issue for issue in issues}
    promises = [
        row
        for row in truth["commitments"]
        if row["subject_kind"] == "item" and row["date_source"] == "due_date"
    ]
    assert len(promises) > 600
    for row in promises:
        key = row["subject_id"].removeprefix("jira:acme:")
        issue, at = by_id[key], instant(row["committed_at"])
        assert as_of(issue, changes[key], "duedate", at) == row["original_on"], row
        assert issue["fields"]["duedate"] == row["current_on"], row
        net = sum(
            move["days"]
            for move in truth["date_moves"]
            if move["subject_id"] == row["subject_id"]
            and move["is_after_commitment"]
            and move["move"] in ("slip", "pull_in")
        )
        assert net == row["gross_slip_days"] - row["pull_in_days"], row
