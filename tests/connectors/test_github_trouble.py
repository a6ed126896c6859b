"""What goes wrong at GitHub, and what becomes of it: the same records, or a sentence."""

import json
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from werkzeug import Request, Response

from connectors.github.credentials import Token
from connectors.protocol import ConnectorError
from connectors.trouble import Patience
from roadworthy.simulator.serving.faults import (
    Answer,
    CutJson,
    Fault,
    Faults,
    Maintenance,
    Planned,
    Reset,
    Rewrite,
    Status,
    Truncated,
)
from roadworthy.simulator.serving.github_access import Access
from roadworthy.simulator.serving.github_edition import WITHOUT_GRAPHQL
from roadworthy.simulator.serving.github_limits import Troubles
from roadworthy.simulator.serving.github_paging import cursor
from roadworthy.simulator.serving.github_state import GitHubRepository
from tests.connectors.github_world import at, issue, pull, web, world

CANARY = "ghp_canary0123456789"
WHOLE = [f"acme/web#{number}" for number in range(1, 91)]


def _third(fault: Fault) -> Faults:
    """Something goes wrong with the first page."""
    return Faults(Planned("/graphql", frozenset({3}), fault))


@pytest.mark.parametrize(
    "fault",
    [
        Status(500),
        Status(503, retry_after=3),
        Status(429, retry_after=timedelta(seconds=3)),
        Status(403, retry_after=3),
        Reset(),
        Truncated(),
        CutJson(),
        Maintenance(),
        Maintenance(502),
    ],
    ids=repr,
)
def test_trouble_that_passes_leaves_no_trace(fault: Fault) -> None:
    with world(web(90, 0), faults=_third(fault)) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE
    assert reading.quarantined == []


def test_a_wait_that_was_asked_for_is_kept() -> None:
    with world(web(90, 0), faults=_third(Status(429, retry_after=120))) as github:
        github.read(resources=("pulls",))
    assert [120 <= wait <= 121 for wait in github.waits] == [True]


@pytest.mark.parametrize("word", ["RATE_LIMITED", "RATE_LIMIT"])
def test_a_limit_told_at_status_200_is_waited_for_until_it_is_reset(word: Any) -> None:
    troubles = Troubles(rate_limited_queries=frozenset({3}), rate_limit_word=word)
    with world(web(90, 0), troubles=troubles) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE
    assert len(github.waits) == 1
    assert 3000 < github.waits[0] <= 3602


@pytest.mark.parametrize("status", [403, 429])
def test_the_limit_of_the_hour_is_waited_for_until_it_is_reset(status: Any) -> None:
    troubles = Troubles(primary=frozenset({3}), primary_status=status)
    with world(web(90, 0), troubles=troubles) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE
    assert 3000 < github.waits[0] <= 3602


def test_a_secondary_limit_that_names_no_time_is_given_a_minute() -> None:
    said = '{"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}'
    with world(web(90, 0), faults=_third(Status(403, said))) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE
    assert 60 <= github.waits[0] <= 61


def test_a_limit_beyond_the_patience_ends_with_a_sentence_and_keeps_what_came() -> None:
    fault = Faults(Planned("/graphql", frozenset({4}), Status(429, retry_after=7200)))
    with world(web(90, 0), faults=fault) as github:
        connector = github.connector()
        pages = connector.fetch(connector.resources[0], None)
        assert len(next(pages).records) == 40
        with pytest.raises(
            ConnectorError, match=r"^code: pull requests of acme/web: the rate limi"
        ):
            next(pages)


def test_a_page_that_is_too_heavy_is_halved_until_it_is_not() -> None:
    with world(web(30, 0), troubles=Troubles(node_ceiling=5_000)) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE[:30]
    assert github.waits == []
    sizes = [len(page.records) for page in reading.pages]
    assert max(sizes) < 40


def _node_limit(payload: Any) -> None:
    payload.clear()
    payload["errors"] = [{"type": "MAX_NODE_LIMIT_EXCEEDED", "message": "too many nodes"}]


def test_a_node_limit_is_answered_with_a_smaller_page() -> None:
    with world(web(90, 0), faults=_third(Rewrite.json(_node_limit))) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE
    assert (github.waits, len(reading.pages[0].records)) == ([], 20)


def test_an_overload_that_does_not_end_ends_with_a_sentence() -> None:
    def is_page(request: Request) -> bool:
        return "things" in request.get_data(as_text=True)

    faults = Faults(Planned(is_page, None, Status(502)))
    with world(web(90, 0), faults=faults) as github, pytest.raises(ConnectorError, match=" 502, a"):
        github.read(resources=("pulls",))
    assert sum(github.waits) <= 300


def test_milestones_that_came_in_pieces_are_asked_for_again() -> None:
    def lose(payload: Any) -> None:
        payload["data"]["r0"]["milestones"]["nodes"][0] = None
        path = ["r0", "milestones", "nodes", 0]
        payload["errors"] = [{"message": "Something went wrong.", "path": path}]

    repository = GitHubRepository("acme/web", milestones=[{"title": "1.0"}, {"title": "2.0"}])
    faults = Faults(Planned("/graphql", frozenset({2}), Rewrite.json(lose)))
    with world(repository, faults=faults) as github:
        reading = github.read(resources=("milestones",))
    assert [one.payload["title"] for one in reading.records.values()] == ["1.0", "2.0"]


def test_an_item_that_comes_in_pieces_is_asked_for_again() -> None:
    with world(web(90, 0), troubles=Troubles(unready={7: 1, 50: 2})) as github:
        reading = github.read(resources=("pulls",))
    assert sorted(reading.keys("pulls")) == sorted(WHOLE)
    assert reading.quarantined == []


def _is_of_seven(request: Request) -> bool:
    return "i7: pullRequest" in request.get_data(as_text=True)


def _without_seven(payload: Any) -> None:
    """Leave out the seventh item of a page, or the one that is asked for by that number."""
    repository = payload["data"]["repository"]
    if "i7" in repository:
        repository["i7"], path = None, "repository i7"
    else:
        repository["things"]["nodes"][6], path = None, "repository things nodes 6"
    names = [int(name) if name.isdigit() else name for name in path.split()]
    payload["errors"] = [{"message": "Something went wrong.", "path": names}]


def test_an_item_that_does_not_come_whole_is_quarantined_and_comes_with_the_next_run() -> None:
    fault = Rewrite.json(_without_seven)
    faults = Faults(
        Planned("/graphql", frozenset({3}), fault),
        Planned(_is_of_seven, frozenset({1, 2}), fault),
    )
    with world(web(90, 0), faults=faults) as github:
        first = github.read(resources=("pulls",))
        second = github.read(after=first, resources=("pulls",))
        third = github.read(after=second, resources=("pulls",))
    assert sorted(first.keys("pulls")) == sorted({*WHOLE} - {"acme/web#7"})
    assert [(one.place, one.reason) for one in first.quarantined] == [
        ("acme/web#7", "GitHub gave no whole answer for it; the next run asks again")
    ]
    assert second.keys("pulls") == ["acme/web#7"]
    assert third.pages == []


def test_a_server_that_gives_no_item_whole_is_not_asked_for_each_of_them() -> None:
    # The schema promises this number for every pull request.
    broken = [{**pull(number), "additions": None} for number in range(1, 161)]
    with world(GitHubRepository("acme/web", broken)) as github:
        reading = github.read(resources=("pulls",))
    assert reading.records == {}
    assert len(reading.quarantined) == 160
    assert reading.requests < 60


def test_a_repository_without_its_name_is_asked_for_again() -> None:
    def forget(payload: Any) -> None:
        del payload["data"]["r0"]["full_name"]

    faults = Faults(Planned("/graphql", frozenset({2}), Rewrite.json(forget)))
    with world(web(9, 0), faults=faults) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE[:9]


@pytest.mark.parametrize("member", ["number", "node_id"])
def test_an_item_without_what_it_is_known_by_is_asked_for_again(member: str) -> None:
    def forget(payload: Any) -> None:
        del payload["data"]["repository"]["things"]["nodes"][6][member]

    with world(web(9, 0), faults=_third(Rewrite.json(forget))) as github:
        reading = github.read(resources=("pulls",))
    assert sorted(reading.keys("pulls")) == WHOLE[:9]
    assert reading.quarantined == []


def test_part_of_an_item_that_is_not_for_this_account_does_not_keep_it_back() -> None:
    def hide(payload: Any) -> None:
        payload["data"]["repository"]["things"]["nodes"][6]["milestone"] = None
        path = ["repository", "things", "nodes", 6, "milestone"]
        payload["errors"] = [{"type": "FORBIDDEN", "message": "not accessible", "path": path}]

    with world(web(9, 0), faults=_third(Rewrite.json(hide))) as github:
        connector = github.connector()
        (page,) = connector.fetch(connector.resources[0], None)
    assert len(page.records) == 9
    assert connector.snapshot().lacks == ("parts of items that this account may not see",)


def _repeated(first: list[str]) -> Callable[[Any], None]:
    """Keep the token of the first page, and name it again on the second."""

    def change(payload: Any) -> None:
        info = payload["data"]["repository"]["things"]["pageInfo"]
        first.append(info["endCursor"])
        info["endCursor"] = first[0]

    return change


def test_a_page_token_that_repeats_is_not_followed_round_in_a_circle() -> None:
    fault = Rewrite.json(_repeated([]))
    with world(web(90, 0), faults=Faults(Planned("/graphql", frozenset({3, 4}), fault))) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == WHOLE


def test_a_page_token_that_repeats_for_ever_ends_with_a_sentence() -> None:
    change = _repeated([])

    def is_page(request: Request) -> bool:
        return "things" in request.get_data(as_text=True)

    faults = Faults(Planned(is_page, None, Rewrite.json(change)))
    with world(web(90, 0), faults=faults) as github, pytest.raises(ConnectorError, match="same pa"):
        github.read(resources=("pulls",))


def _always_first(request: Request, answer: Answer) -> Response:
    """Whichever page is asked for, the first comes, and says that there is another."""
    query = re.sub(r"(?<=[?&])page=\d+", "page=1", f"?{request.environ['QUERY_STRING']}")
    return answer(Request({**request.environ, "QUERY_STRING": query[1:]}))


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/pulls$", "pulls"),
        ("/issues$", "issues"),
        ("/timeline$", "pulls"),
        ("/milestones$", "milestones"),
    ],
)
def test_a_rest_page_that_comes_for_ever_ends_with_a_sentence(path: str, resource: str) -> None:
    pulls = [pull(number, events=150 if number == 3 else 1) for number in range(1, 31)]
    milestones = [{"title": f"v{n}", "number": n} for n in range(1, 151)]
    repository = GitHubRepository("acme/web", pulls, [issue(1001)], milestones)
    faults = Faults(Planned(path, None, _always_first))
    with (
        world(repository, edition=WITHOUT_GRAPHQL, faults=faults) as github,
        pytest.raises(ConnectorError, match=r"^code: .* of acme/web.*: the same page comes again"),
    ):
        github.read(resources=(resource,))
    assert github.waits == []


def test_a_census_by_rest_ends_too() -> None:
    faults = Faults(Planned("/pulls$", None, _always_first))
    with world(web(250, 0), edition=WITHOUT_GRAPHQL, faults=faults) as github:
        connector = github.connector()
        with pytest.raises(ConnectorError, match="the same page comes again and again"):
            connector.census(connector.resources[0], frozenset())


def test_a_list_that_comes_empty_for_ever_ends_too() -> None:
    def empty(request: Request, answer: Answer) -> Response:
        response = _always_first(request, answer)
        response.set_data("[]")
        return response

    def is_page(request: Request) -> bool:
        return request.path.endswith("/pulls") and request.args["per_page"] != "1"

    faults = Faults(Planned(is_page, None, empty))
    with (
        world(web(60, 0), edition=WITHOUT_GRAPHQL, faults=faults) as github,
        pytest.raises(ConnectorError, match="the same page comes again and again"),
    ):
        github.read(resources=("pulls",))


def test_a_page_that_comes_for_ever_under_new_tokens_ends_with_a_sentence() -> None:
    first: list[Any] = []

    def change(payload: Any) -> None:
        things = payload["data"]["repository"]["things"]
        first.append({**things, "nodes": list(things["nodes"])})
        things["nodes"] = first[0]["nodes"]
        things["pageInfo"] = {"hasNextPage": True, "endCursor": _token(len(first))}

    def is_page(request: Request) -> bool:
        return "things" in request.get_data(as_text=True)

    faults = Faults(Planned(is_page, None, Rewrite.json(change)))
    with (
        world(web(90, 0), faults=faults) as github,
        pytest.raises(ConnectorError, match="the same page comes again and again"),
    ):
        github.read(resources=("pulls",))


def _token(number: int) -> str:
    return cursor([at(number), number])


def _shrunk(payload: Any) -> None:
    payload["data"]["repository"]["things"]["nodes"].clear()


def test_what_stood_on_a_page_that_came_empty_is_found_by_the_census() -> None:
    with world(web(90, 0), faults=_third(Rewrite.json(_shrunk))) as github:
        reading = github.read(resources=("pulls",))
        connector = github.connector()
        pulls = connector.resources[0]
        known = frozenset(reading.keys("pulls"))
        missing = (connector.census(pulls, known) or frozenset()) - known
        fetched = list(connector.fetch_only(pulls, sorted(missing)))
    assert sorted(missing) == sorted(WHOLE[:40])
    assert {one.key for page in fetched for one in page.records} == missing


def test_a_token_without_a_scope_reads_all_but_what_needs_it() -> None:
    access = {CANARY: Access(scopes=("repo",))}
    repository = GitHubRepository("acme/web", [pull(number) for number in range(1, 4)])
    with world(repository, access=access) as github:
        connector = github.connector(credentials=Token(CANARY))
        (page,) = connector.fetch(connector.resources[0], None)
    assert len(page.records) == 3
    moves, teams = connector.snapshot().lacks
    assert moves.startswith("moves on project boards: the token lacks the scope read:project; once")
    assert teams.startswith("the names of teams asked to review: the token lacks the scope read")


@pytest.mark.parametrize("name", ["acme/none", "nobody/*"])
def test_a_repository_or_owner_that_is_not_there_is_named(name: str) -> None:
    with (
        world() as github,
        pytest.raises(ConnectorError, match=r"^code: .*not found, or not vis") as e,
    ):
        github.read(name)
    assert name.removesuffix("/*") in str(e.value)


def _losing_the_first(**fault: object) -> Rewrite:
    """Leave out the first repository of an owner, with an error of this kind."""

    def lose(payload: Any) -> None:
        payload["data"]["owner"]["repositories"]["nodes"][0] = None
        path = ["owner", "repositories", "nodes", 0]
        payload["errors"] = [{"message": "Something went wrong.", "path": path, **fault}]

    return Rewrite.json(lose)


def test_a_repository_of_an_owner_that_did_not_come_is_asked_for_again() -> None:
    faults = Faults(Planned("/graphql", frozenset({2}), _losing_the_first()))
    with world(web(1, 0, "acme/a"), web(1, 0, "acme/b"), faults=faults) as github:
        reading = github.read("acme/*", resources=("pulls",))
    assert reading.keys("pulls") == ["acme/a#1", "acme/b#1"]


def test_a_repository_of_an_owner_that_is_not_for_this_account_is_told() -> None:
    faults = Faults(Planned("/graphql", frozenset({2}), _losing_the_first(type="FORBIDDEN")))
    with world(web(1, 0, "acme/a"), web(1, 0, "acme/b"), faults=faults) as github:
        connector = github.connector("acme/*")
        (page,) = connector.fetch(connector.resources[0], None)
    assert [one.key for one in page.records] == ["acme/b#1"]
    assert connector.snapshot().lacks == ("repositories of acme that this account may not see",)


def test_wrong_credentials_are_refused_in_a_sentence_without_them() -> None:
    with world() as github, pytest.raises(ConnectorError) as error:
        github.read(credentials=Token(CANARY))
    assert str(error.value) == (
        "code: the schema of GraphQL: GitHub refused the credentials (401); see that they are "
        "right, have not expired, and belong to this server"
    )


@pytest.mark.parametrize("token", ["", f"{CANARY} ", f"{CANARY}\nX", f"{CANARY}\u00e9"], ids=ascii)
def test_a_token_that_no_header_can_carry_is_refused_without_being_quoted(token: str) -> None:
    with world() as github, pytest.raises(ConnectorError, match="see whether it was copied") as e:
        github.read(credentials=Token(token))
    assert CANARY not in str(e.value)


def test_a_server_that_sends_elsewhere_is_told_without_its_addresses() -> None:
    elsewhere = Status(301, headers={"Location": "https://evil.example/graphql?x=1"})
    faults = Faults(Planned("", None, elsewhere))
    with (
        world(faults=faults) as github,
        pytest.raises(ConnectorError, match="see to the addr") as e,
    ):
        github.read()
    assert "evil" not in str(e.value)


def test_an_item_that_is_deleted_before_it_comes_whole_is_forgotten() -> None:
    fault = Rewrite.json(_without_seven)
    faults = Faults(
        Planned("/graphql", frozenset({3}), fault),
        Planned(_is_of_seven, frozenset({1, 2}), fault),
    )
    with world(web(9, 0), faults=faults) as github:
        first = github.read(resources=("pulls",))
        del github.site.by_name["acme/web"].items[7]
        github.site.item("acme/web", 3).payload["updated_at"] = "2024-05-01T00:00:00Z"
        second = github.read(after=first, resources=("pulls",))
        third = github.read(after=second, resources=("pulls",))
    assert second.keys("pulls")[0] == "acme/web#3"
    assert (third.pages, third.requests) == ([], 2)


def test_an_address_that_is_no_interface_is_told() -> None:
    page = Faults(Planned("", None, Status(404, "<html>not here</html>")))
    with world(faults=page) as github, pytest.raises(ConnectorError, match="ends in /api/v3"):
        github.read()


@pytest.mark.parametrize("fault", [Status(401), Status(500), Reset(), Status(302)], ids=repr)
def test_a_secret_stands_in_no_sentence_no_representation_and_no_log(
    fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with world(faults=Faults(Planned("", None, fault)), access={CANARY: Access()}) as github:
        connector = github.connector(
            credentials=Token(CANARY), patience=Patience(5, sleep=lambda _: None)
        )
        with pytest.raises(ConnectorError) as error:
            list(connector.fetch(connector.resources[0], None))
    chain = [error.value, error.value.__cause__, error.value.__context__]
    shown = json.dumps([repr(one) for one in chain]) + repr(connector) + caplog.text
    assert CANARY not in shown


@pytest.mark.parametrize("spoilt", ["plenty", "", "inf", "https://proxy.example/"])
def test_a_limit_that_is_no_number_is_trouble_that_passes(spoilt: str) -> None:
    headers = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": spoilt}
    faults = Faults(Planned("", frozenset({1}), Status(200, "{}", headers=headers)))
    with world(web(3, 0), faults=faults) as github:
        assert len(github.read(resources=("pulls",)).keys("pulls")) == 3
    assert github.waits
