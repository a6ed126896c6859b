"""Who in fact decides."""

from typing import Any

from reports.sections.deciding import deciding
from reports.table import Link, Tracker
from tests.reports import factories as f


def right(name: str, deciders: float | None, **changes: Any) -> dict[str, Any]:
    known = {
        "scope": "organisation",
        "decision_right": name,
        "decides": "product",
        "changes": 40,
        "items": 30,
        "effective_deciders": deciders,
        "effective_low": None if deciders is None else deciders - 0.1,
        "effective_high": None if deciders is None else deciders + 0.1,
        "bulk_changes": 0,
        "verdict": "insufficient_data" if deciders is None else "measured",
    }
    return {**known, **changes}


def change(key: str, number: int, **changes: Any) -> dict[str, Any]:
    known = {
        "item_id": f"jira:acme:{key}",
        "change_number": number,
        "team": "PAY",
        "decision_right": "priority",
        "field": "priority",
        "changed_at": f.at("2026-02-02"),
        "from_value": "Low",
        "to_value": "High",
        "actor_role": "engineering",
        "is_after_commitment": True,
        "is_out_of_role": True,
        "is_contest": False,
        "is_bulk": False,
    }
    return {**known, **changes}


def test_the_right_that_most_roles_share_is_the_finding() -> None:
    part = deciding(f.report_data(decision_rights=[right("scope", 1.2), right("priority", 2.0)]))
    assert part.finding == "Priority is in fact decided by 2.0 roles (1.9 to 2.1; 40 changes)"


def test_of_a_single_item_there_is_no_interval_to_tell() -> None:
    alone = right("priority", 2.0, items=1, effective_low=None, effective_high=None)
    part = deciding(f.report_data(decision_rights=[alone]))
    assert part.finding == "Priority is in fact decided by 2.0 roles (40 changes)"


UNTOLD = right("rank", None)


def test_where_no_right_is_shared_that_is_said() -> None:
    scope = right("scope", 1.2, effective_low=1.1, effective_high=1.3)
    parts = [deciding(f.report_data(decision_rights=[scope, *rest])) for rest in ([], [UNTOLD])]
    shared_most = "is held jointly: scope is shared most, by 1.2 roles (1.1 to 1.3; 40 changes)"
    assert [part.finding for part in parts] == [
        f"No right {shared_most}",
        f"No right that can be told {shared_most}",
    ]


def test_without_declared_rights_it_says_what_it_would_need() -> None:
    assert (
        "[decision_rights]"
        in deciding(f.report_data(decision_rights=[right("scope", 1.2, decides=None)])).lead[0]
    )
    assert deciding(f.report_data()).finding is None


def test_the_changes_behind_it_are_named_the_latest_first_and_no_value_is_shown() -> None:
    data = f.report_data(
        work_items=[f.work_item("PAY-1", "Refunds")],
        decision_changes=[
            change("PAY-1", 1, changed_at=f.at("2026-02-01")),
            change("PAY-1", 2, is_contest=True),
            change("PAY-2", 1, is_bulk=True),
            change("PAY-3", 1, is_out_of_role=None),
            change("PAY-4", 1, is_after_commitment=False),
        ],
    )
    (opposed,) = deciding(data).folded
    assert [row[3:] for row in opposed.rows] == [
        ("2 February 2026", "engineering", "out of role and against another role"),
        ("1 February 2026", "engineering", "out of role"),
    ]
    link = Link("PAY-1", "https://acme.example/browse/PAY-1")
    assert opposed.rows[0][:3] == (link, Tracker("Refunds"), Tracker("priority"))
