"""Issues page by page: all of them, each once, whatever happens meanwhile."""

import json
from datetime import timedelta
from typing import Any

import pytest
from werkzeug import Response

from connectors.jira.search import LARGEST_PAGES, Search
from connectors.protocol import ConnectorError
from roadworthy.simulator.serving import jira_events
from roadworthy.simulator.serving.faults import Act, Planned, Rewrite, Stall, Status
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.connectors.live_jira import Deployment, at, issue, keys, reading

BOTH = pytest.mark.parametrize("deployment", ["Cloud", "Server"])
FIRST_MONTH = [issue(number, updated=number) for number in range(1, 321)]


def site(deployment: Deployment, issues: list[dict[str, Any]] = FIRST_MONTH) -> JiraSite:
    return JiraSite(deployment, issues=issues)


def search(nth: int, fault: Any) -> Planned:
    """A fault of the nth page of the search."""
    return Planned(r"/search", frozenset({nth}), fault)


@BOTH
def test_all_issues_come_oldest_change_first(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]


@BOTH
def test_issues_of_one_instant_are_more_than_a_page(deployment: Deployment) -> None:
    with reading(site(deployment, [issue(n, updated=7) for n in range(1, 402)])) as jira:
        assert sorted(map(int, keys(jira.issues()))) == list(range(1, 402))


@BOTH
def test_a_read_goes_on_from_any_page(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        pages = jira.pages()
        whole = {record.key for page in pages for record in page.records}
        for place, page in enumerate(pages):
            before = {record.key for one in pages[: place + 1] for record in one.records}
            rest = {record.key for record in jira.issues(page.next_cursor)}
            assert before | rest == whole


@BOTH
def test_a_second_read_brings_what_changed_and_ten_minutes_again(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        cursor = jira.pages()[-1].next_cursor
        jira_events.edit(jira.site, "5", at(400), {"summary": "Changed"})
        # The cursor is that of the fifth issue from the end.
        assert keys(jira.issues(cursor)) == [*map(str, range(306, 321)), "5"]


@BOTH
def test_an_issue_that_changes_between_two_pages_is_not_lost_nor_any_other(
    deployment: Deployment,
) -> None:
    jira_site = site(deployment)

    def change() -> None:
        for number in range(1, 60):
            jira_events.edit(jira_site, str(number), at(500 + number), {"summary": "Changed"})

    with reading(jira_site, search(2, Act(change))) as jira:
        last = {record.key: record.payload for record in jira.issues()}
    assert sorted(map(int, last)) == list(range(1, 321))
    assert last["5"]["fields"]["summary"] == "Changed"


@BOTH
def test_an_issue_that_changed_since_it_was_indexed_does_not_hide_those_behind_it(
    deployment: Deployment,
) -> None:
    lagging = {"2", "14"} if deployment == "Cloud" else {"150"}

    def advance(answer: dict[str, Any]) -> None:
        for one in answer["issues"]:
            if one["id"] in lagging:
                one["fields"]["updated"] = "2026-03-30T09:00:00.000+0000"

    with reading(site(deployment), Planned("/search", None, Rewrite.json(advance))) as jira:
        pages = jira.pages()
        after_the_first = jira.issues(pages[0].next_cursor)
    assert len({record.key for page in pages for record in page.records}) == 320
    assert {str(n) for n in range(151, 321)} <= {record.key for record in after_the_first}


@BOTH
def test_issues_deleted_between_two_pages_cost_no_other(deployment: Deployment) -> None:
    jira_site = site(deployment)

    def delete() -> None:
        for number in range(1, 60):
            jira_events.delete(jira_site, str(number))

    with reading(jira_site, search(2, Act(delete))) as jira:
        assert set(range(60, 321)) <= {int(key) for key in keys(jira.issues())}


@BOTH
def test_a_server_that_gives_smaller_pages_than_asked_loses_nothing(
    deployment: Deployment,
) -> None:
    jira_site = site(deployment)
    jira_site.limits.page = 17
    with reading(jira_site) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]


def _shrink(answer: dict[str, Any]) -> None:
    del answer["issues"][40:]


def test_a_page_that_shrinks_on_a_data_center_is_read_on_from_where_it_broke() -> None:
    with reading(site("Server"), search(2, Rewrite.json(_shrink))) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]


def test_a_token_that_repeats_begins_the_search_anew_at_the_last_issue() -> None:
    tokens: list[str] = []

    def repeat(answer: dict[str, Any]) -> None:
        tokens.append(answer["nextPageToken"])
        answer["nextPageToken"] = tokens[0]

    plan = Planned(r"/search", frozenset({1, 2}), Rewrite.json(repeat))
    with reading(site("Cloud"), plan) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]


def test_a_token_that_is_refused_begins_the_search_anew_at_the_last_issue() -> None:
    expired = Status(400, json.dumps({"errorMessages": ["The page token has expired."]}))
    with reading(site("Cloud"), search(3, expired)) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]


def test_a_search_in_circles_ends_with_what_it_has() -> None:
    def repeat(answer: dict[str, Any]) -> None:
        answer["nextPageToken"], answer["isLast"] = "again", False

    same = [issue(number, updated=7) for number in range(1, 150)]
    with (
        reading(site("Cloud", same), Planned("/search", None, Rewrite.json(repeat))) as jira,
        pytest.raises(ConnectorError, match="the same page again and again"),
    ):
        jira.issues()


@BOTH
def test_a_server_that_cannot_give_as_much_is_asked_for_less(deployment: Deployment) -> None:
    heavy = Planned(
        lambda request: (
            request.path.endswith(("/search", "/jql")) and int(request.args["maxResults"]) > 40
        ),
        None,
        Status(504),
    )
    with reading(site(deployment), heavy) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]
        assert jira.waits == []


@BOTH
@pytest.mark.parametrize(
    "said", ['{"message": "Service is warming up"}', '{"issues": null}', "null", "[]", '"?"', "{}"]
)
def test_what_is_no_page_of_a_jira_is_trouble_that_passes(
    deployment: Deployment, said: str
) -> None:
    gateway = Rewrite(lambda _: Response(said, content_type="application/json"))
    with reading(site(deployment), search(2, gateway)) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]
        assert len(jira.waits) == 1


def test_once_the_server_copes_again_it_is_asked_for_as_much_as_before() -> None:
    many = [issue(number, updated=number) for number in range(1, 2001)]
    restarting = Planned("/search", frozenset(range(1, 5)), Status(502))
    with reading(site("Cloud", many), restarting) as jira:
        assert len(jira.issues()) == 2000
        sizes = [int(entry.query["maxResults"]) for entry in jira.asked("/jql")]
    assert sizes[4] < 20
    assert sizes[-1] == 100
    assert len(sizes) < 80


@BOTH
@pytest.mark.parametrize(
    "fault",
    [
        Status(429, retry_after=3),
        Status(503, retry_after=timedelta(minutes=2)),
        Status(500),
        Status(429),
    ],
    ids=str,
)
def test_limits_and_faults_are_waited_for(deployment: Deployment, fault: Status) -> None:
    with reading(site(deployment), search(2, fault)) as jira:
        assert keys(jira.issues()) == [str(number) for number in range(1, 321)]
        assert len(jira.waits) == 1


def test_a_slow_answer_is_still_an_answer() -> None:
    with reading(site("Cloud"), search(1, Stall(0.2))) as jira:
        assert len(jira.issues()) == 320


@BOTH
def test_only_what_was_touched_since_the_day_declared_is_read(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        assert keys(jira.issues(since=at(300))) == [str(number) for number in range(300, 321)]


@BOTH
def test_a_cursor_of_other_bounds_is_not_used(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        cursor = jira.pages()[-1].next_cursor
        assert len(jira.issues(cursor, jql="project = PAY", projects=())) == 320


def test_a_query_of_ones_own_bounds_the_search() -> None:
    with reading(site("Cloud")) as jira:
        found = jira.issues(jql="project = PAY AND id in (3, 4)", projects=())
        assert keys(found) == ["3", "4"]


def test_a_query_that_jira_refuses_is_told_in_its_words() -> None:
    with (
        reading(site("Cloud")) as jira,
        pytest.raises(ConnectorError, match=r"acme: the search for issues: .*\(400\): .*NOPE"),
    ):
        jira.issues(projects=("NOPE",))


def test_a_thing_that_is_no_issue_is_set_aside_and_costs_itself_alone() -> None:
    def spoil(answer: dict[str, Any]) -> None:
        answer["issues"][1] = {"id": "2"}
        answer["issues"][2] = None

    with reading(site("Server"), search(1, Rewrite.json(spoil))) as jira:
        pages = jira.pages()
        aside = [(one.place, one.reason) for page in pages for one in page.quarantined]
        assert len(keys(jira.issues())) == 320
    assert aside == [
        ("issues 2, number 1 of its page", "`key` is missing"),
        ("issues None, number 2 of its page", "not an object"),
    ]


@BOTH
def test_of_a_long_search_the_last_page_is_remembered_and_not_all(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        connector = jira.connector()
        found = Search(connector.client, deployment, connector.scope)
        assert sum(len(page.issues) for page in found.pages(0)) == 320
        connector.close()
    assert len(found._seen) <= LARGEST_PAGES[deployment]  # noqa: SLF001 - memory shows nowhere else
