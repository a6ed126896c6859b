"""Every history of every issue, however the server tells them."""

from typing import Any

import pytest

from connectors.protocol import Record
from roadworthy.simulator.serving import jira_events
from roadworthy.simulator.serving.faults import Act, Planned, Rewrite, Status
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.connectors.live_jira import Deployment, at, issue, reading, stamp

BOTH = pytest.mark.parametrize("deployment", ["Cloud", "Server"])
BULK = r"/changelog/bulkfetch"


def site(deployment: Deployment, *lengths: int) -> JiraSite:
    issues = [issue(n, updated=n, histories=length) for n, length in enumerate(lengths, start=1)]
    return JiraSite(deployment, issues=issues)


def told(records: list[Record]) -> dict[str, tuple[int, int]]:
    """By issue, how many histories were announced and how many different ones came."""
    return {
        record.key: (
            record.payload["changelog"]["total"],
            len({one["id"] for one in record.payload["changelog"]["histories"]}),
        )
        for record in records
    }


@BOTH
def test_histories_of_41_101_and_400_entries_are_complete(deployment: Deployment) -> None:
    with reading(site(deployment, 0, 40, 41, 100, 101, 400)) as jira:
        assert told(jira.issues()) == {
            "1": (0, 0),
            "2": (40, 40),
            "3": (41, 41),
            "4": (100, 100),
            "5": (101, 101),
            "6": (400, 400),
        }


def test_those_that_came_whole_are_not_asked_for_again() -> None:
    with reading(site("Cloud", 3, 99, 7)) as jira:
        jira.issues()
        assert [entry.path for entry in jira.server.log] == [
            "/rest/api/2/serverInfo",
            "/rest/api/2/myself",
            "/rest/api/2/search/jql",
        ]


def test_all_that_is_missing_on_a_page_is_asked_for_at_once() -> None:
    with reading(site("Cloud", *[120] * 30)) as jira:
        assert all(pair == (120, 120) for pair in told(jira.issues()).values())
        assert len(jira.asked("bulkfetch")) == 4  # 3,600 histories, a thousand at a time


def test_they_come_newest_first_and_in_one_order() -> None:
    with reading(site("Cloud", 250)) as jira:
        entries = jira.issues()[0].payload["changelog"]["histories"]
        assert [int(one["id"]) for one in entries] == list(range(1249, 999, -1))


def test_a_cap_below_the_usual_one_is_seen_by_the_total() -> None:
    jira_site = site("Cloud", 55)
    jira_site.limits.inline_histories = 40
    with reading(jira_site) as jira:
        assert told(jira.issues()) == {"1": (55, 55)}


def test_a_total_that_does_not_own_up_to_the_cap_is_not_believed() -> None:
    def lie(answer: dict[str, Any]) -> None:
        for one in answer["issues"]:
            one["changelog"]["total"] = len(one["changelog"]["histories"])

    with reading(site("Cloud", 130), Planned("search/jql", None, Rewrite.json(lie))) as jira:
        assert told(jira.issues()) == {"1": (100, 130)}


def test_without_the_bulk_endpoint_each_issue_is_asked_for_its_own() -> None:
    with reading(site("Cloud", 230, 120), Planned(BULK, None, Status(404))) as jira:
        assert told(jira.issues()) == {"1": (230, 230), "2": (120, 120)}


def _forget(answer: dict[str, Any]) -> None:
    answer["issueChangeLogs"] = []


def test_where_the_bulk_endpoint_is_empty_the_other_one_is_asked() -> None:
    with reading(site("Cloud", 230), Planned(BULK, None, Rewrite.json(_forget))) as jira:
        assert told(jira.issues()) == {"1": (230, 230)}


def test_what_no_endpoint_tells_stays_missing_and_is_counted() -> None:
    def forget_oldest(answer: dict[str, Any]) -> None:
        answer["values"] = [one for one in answer["values"] if int(one["id"]) > 1009]

    with reading(
        site("Cloud", 230),
        Planned(BULK, None, Rewrite.json(_forget)),
        Planned(r"issue/1/changelog", None, Rewrite.json(forget_oldest)),
    ) as jira:
        assert told(jira.issues()) == {"1": (230, 220)}


def test_an_issue_that_changes_before_its_histories_come_is_read_again() -> None:
    jira_site = site("Cloud", 150)

    def change() -> None:
        jira_events.edit(jira_site, "1", at(60), {"summary": "Changed"})

    with reading(jira_site, Planned(BULK, frozenset({1}), Act(change))) as jira:
        found = jira.issues()
        assert told(found) == {"1": (151, 151)}
        assert found[0].payload["fields"]["summary"] == "Changed"


def test_what_changes_while_histories_come_does_not_carry_the_cursor_past_the_others() -> None:
    jira_site = site("Cloud", *[150 if n == 3 else 1 for n in range(1, 301)])

    def change() -> None:
        jira_events.edit(jira_site, "3", at(5000), {"summary": "Changed"})

    with reading(jira_site, Planned(BULK, frozenset({1}), Act(change))) as jira:
        first = jira.pages()[0]
        rest = {record.key for record in jira.issues(first.next_cursor)}
    assert {str(n) for n in range(101, 301)} <= rest


@pytest.mark.parametrize(("late", "readings"), [(0.02, 0), (30, 1)])
def test_histories_dated_later_than_the_change_cost_one_reading_at_most(
    late: float, readings: int
) -> None:
    jira_site = site("Cloud", 150)
    row = jira_site.rows[1]
    row.payload["fields"]["updated"] = stamp(1 - late)
    jira_site.changed()
    with reading(jira_site) as jira:
        assert told(jira.issues()) == {"1": (150, 150)}
        assert len(jira.asked("issue/1")) == readings


def test_an_issue_that_vanishes_before_its_histories_come_keeps_what_it_came_with() -> None:
    jira_site = site("Cloud", 150)

    def delete() -> None:
        jira_events.delete(jira_site, "1")

    with reading(jira_site, Planned(BULK, frozenset({1}), Act(delete))) as jira:
        assert told(jira.issues()) == {"1": (150, 100)}


def test_a_data_center_that_cuts_its_histories_is_told_apart_by_its_total() -> None:
    jira_site = site("Server", 150)
    jira_site.limits.inline_histories = 100
    with reading(jira_site) as jira:
        # It has no endpoint for the rest; what is missing is for the audit to tell.
        assert told(jira.issues()) == {"1": (150, 100)}
