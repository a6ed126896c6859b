"""Answers of another shape than was asked for: what can be used is, and the rest is told."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.jira import payloads
from connectors.jira.shapes import segment
from connectors.protocol import ConnectorError
from roadworthy.simulator.serving.faults import Planned, Rewrite, Status
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.connectors.live_jira import issue, reading

Answer = dict[str, Any]
Change = Callable[[Answer], object]


def always(path: str, change: Change) -> Planned:
    return Planned(path, None, Rewrite.json(change))


@pytest.mark.parametrize("total", [None, "7", "many", True, 1.5, [7]], ids=repr)
def test_a_total_that_is_no_number_ends_the_search_with_a_sentence(total: object) -> None:
    spoilt = always("/search", lambda answer: answer.update(total=total))
    with (
        reading(JiraSite("Server", issues=[issue(1)]), spoilt) as jira,
        pytest.raises(ConnectorError, match="acme: the tracker told a total that is no number"),
    ):
        jira.issues()


@pytest.mark.parametrize(
    "odd",
    [None, "text", 7, [], {"id": "9" * 5000}, {"created": {}}],
    ids=["nothing", "a text", "a number", "a list", "a long id", "no instant"],
)
def test_what_is_no_history_stays_for_the_audit_to_tell(odd: object) -> None:
    def spoil(answer: Answer) -> None:
        for one in answer["issues"]:
            one["changelog"] = {"total": 9, "histories": [odd, *one["changelog"]["histories"]]}

    site = JiraSite("Server", issues=[issue(1, histories=2)])
    with reading(site, always("/search", spoil)) as jira:
        (record,) = jira.issues()
    histories = record.payload["changelog"]["histories"]
    assert odd in histories
    assert len(histories) == 3


@pytest.mark.parametrize("said", ["null", "7", '"no"', "[null]", '{"errors": 7}'])
def test_a_refusal_of_any_shape_ends_with_a_sentence(said: str) -> None:
    refused = Planned("/search", None, Status(400, said))
    with (
        reading(JiraSite("Server", issues=[issue(1)]), refused) as jira,
        pytest.raises(ConnectorError, match="acme: the search for issues: "),
    ):
        jira.issues()


@pytest.mark.parametrize(
    "odd",
    [
        {"issueChangeLogs": [None, "x", {}]},
        {"issueChangeLogs": {"a": 1}},
        {"nextPageToken": {"a": []}},
    ],
    ids=repr,
)
def test_histories_that_came_in_another_shape_are_asked_for_one_by_one(odd: Answer) -> None:
    site = JiraSite("Cloud", issues=[issue(1, histories=101)])
    with reading(site, always("changelog/bulkfetch", lambda one: one.update(odd))) as jira:
        (record,) = jira.issues()
    assert len(record.payload["changelog"]["histories"]) == 101


@pytest.mark.parametrize("odd", [None, {}, "10001"], ids=repr)
def test_an_enumeration_with_something_that_has_no_id_is_not_believed(odd: object) -> None:
    with reading(
        JiraSite("Server", issues=[issue(1)]),
        always("/search", lambda answer: answer["issues"].append(odd)),
    ) as jira:
        connector = jira.connector()
        with pytest.raises(ConnectorError, match="acme: the enumeration of issues named one with"):
            connector.census(payloads.ISSUES, frozenset())


@pytest.mark.parametrize(
    ("name", "step"),
    [("PAY", "PAY"), (7, "7"), ("../admin?x#y", "..%2Fadmin%3Fx%23y"), ("a b", "a%20b")],
)
def test_a_name_of_a_tracker_is_one_step_of_a_path(name: object, step: str) -> None:
    assert segment(name) == step
