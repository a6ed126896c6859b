from typing import Any

from reports.sections.time_lost import time_lost
from reports.table import Link, Tracker
from tests.reports import factories as f


def test_the_longest_open_stays_come_first_and_finished_work_does_not_wait() -> None:
    data = f.report_data(
        work_items=[f.work_item("PAY-1", "Refunds"), f.work_item("PAY-2", "Capture")],
        visits=[
            f.open_visit("PAY-1", "Ready for Dev", "queue", 48.0),
            f.open_visit("PAY-2", "Ready for Dev", "queue", 240.0),
            f.open_visit("PAY-3", "Done", "done", 9000.0),
            f.open_visit("PAY-4", "Won't do", "dropped", 9000.0),
        ],
    )
    (stays,) = time_lost(data).folded
    assert [row[0] for row in stays.rows] == [
        Link("PAY-2", "https://acme.example/browse/PAY-2"),
        Link("PAY-1", "https://acme.example/browse/PAY-1"),
    ]
    assert stays.rows[0][1:] == (
        Tracker("Capture"),
        Tracker("Ready for Dev"),
        "12 January 2026",
        "10",
    )


def test_a_stay_in_a_status_without_a_stage_waits_too() -> None:
    stay = {**f.open_visit("PAY-1", "Limbo", "queue", 48.0), "stage_kind": None}
    (stays,) = time_lost(f.report_data(visits=[stay])).folded
    assert stays.rows[0][:3] == (Link("jira:acme:PAY-1", None), Tracker(""), Tracker("Limbo"))


def test_the_items_of_a_first_cause_are_listed_if_it_is_shown_to_cost_anything() -> None:
    waited = {"item_id": "jira:acme:PAY-1", "component": "queue:Ready", "days": 9.0}

    def captions(first: dict[str, Any]) -> list[str]:
        data = f.report_data(constraints=[first], latency_components=[waited])
        return [table.caption for table in time_lost(data).folded]

    stays = "The longest stays still open, at most 15"
    items = "The items with most days in it: Queue: Ready, at most 15"
    assert captions(f.cause("queue:Ready")) == [items, stays]
    assert captions(f.unsure_cause("queue:Ready")) == [stays]


def test_a_part_is_no_open_item_beside_its_whole() -> None:
    data = f.report_data(
        work_items=[f.work_item("PAY-2", "Part", is_subtask=True)],
        aging_work=[f.aging_item("PAY-1", 20.0), f.aging_item("PAY-2", 30.0)],
        stage_durations=[f.stage("Ready", 1, "queue")],
    )
    aging = next(one for one in time_lost(data).figures if one.name == "aging-work")
    assert aging.title == "1 of 1 open item has been in its stage for longer than usual"
