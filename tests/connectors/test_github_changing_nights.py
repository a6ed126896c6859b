"""A source whose nights differ: another interface answers, another server, another name."""

import json
from dataclasses import replace
from itertools import islice

import pytest

from connectors.github.cursors import Cursor, State
from roadworthy.simulator.serving.github_edition import CLOUD, WITHOUT_GRAPHQL, Edition
from roadworthy.simulator.serving.github_moves import rename_repository
from roadworthy.simulator.serving.github_state import GitHubRepository
from tests.connectors.github_world import Reading, World, at, labeled, pull, resource, web, world

EITHER_WAY = pytest.mark.parametrize(
    ("first", "then"),
    [(CLOUD, WITHOUT_GRAPHQL), (WITHOUT_GRAPHQL, CLOUD)],
    ids=["graphql then rest", "rest then graphql"],
)
EDITIONS = pytest.mark.parametrize("edition", [CLOUD, WITHOUT_GRAPHQL], ids=["graphql", "rest"])
ALL = {f"acme/web#{number}" for number in range(1, 91)}


def _begun(github: World, after: Reading | None = None) -> Reading:
    """The first page of the pull requests, and nothing more."""
    connector = github.connector()
    pulls = resource(connector, "pulls")
    pages = connector.fetch(pulls, after.cursors()["pulls"] if after else None)
    return Reading(list(islice(pages, 1)))


def test_a_night_on_the_other_interface_brings_every_thing_under_the_same_key() -> None:
    carried = {"title": "1.0", "due_on": "2024-06-01T00:00:00Z"}
    pulls = [{**pull(1), "milestone": carried}, pull(2)]
    keys = []
    with world(GitHubRepository("acme/web", pulls, milestones=[{"title": "2.0"}])) as github:
        for edition in (CLOUD, WITHOUT_GRAPHQL, CLOUD):
            github.site.edition = edition
            keys.append(sorted(github.read().records))
    assert len(keys[0]) == 4
    assert keys[0] == keys[1] == keys[2]


@EITHER_WAY
def test_a_first_read_that_the_other_interface_began_is_begun_anew(
    first: Edition, then: Edition
) -> None:
    with world(web(90, 0), edition=first) as github:
        begun = _begun(github)
        github.site.edition = then
        rest = github.read(after=begun, resources=("pulls",))
        again = github.read(after=rest, resources=("pulls",))
    assert set(rest.keys("pulls")) == ALL
    assert again.pages == []


@EITHER_WAY
def test_a_later_read_that_the_other_interface_began_goes_down_to_the_same_mark(
    first: Edition, then: Edition
) -> None:
    with world(web(120, 0), edition=first) as github:
        whole = github.read(resources=("pulls",))
        for number in range(1, 31):
            changed = github.site.item("acme/web", number)
            changed.payload["timeline"].append(labeled(number, 900))
            changed.payload["updated_at"] = at(5000 + number)
        begun = _begun(github, whole)
        github.site.edition = then
        rest = github.read(after=begun, resources=("pulls",))
        again = github.read(after=rest, resources=("pulls",))
    assert {f"acme/web#{number}" for number in range(1, 31)} <= set(rest.keys("pulls"))
    assert len(rest.keys("pulls")) < 120
    assert again.pages == []


@EDITIONS
@pytest.mark.parametrize("token", ["gone", "0", "-3", "2.5", "\u0663"])
def test_a_token_that_the_server_does_not_take_begins_the_read_anew(
    edition: Edition, token: str
) -> None:
    with world(web(90, 0), edition=edition) as github:
        stored = json.loads(_begun(github).cursors()["pulls"] or "")
        stored["repositories"]["acme/web"]["after"] = token
        connector = github.connector()
        pages = list(connector.fetch(resource(connector, "pulls"), json.dumps(stored)))
    assert set(Reading(pages).keys("pulls")) == ALL
    assert github.waits == []


STATE = State("2024-03-01T09:00:00Z", 7)
ODD: dict[str, list[object]] = {
    "mark": ["yesterday", None, 7],
    "floor": ["below", 7],
    "after": [7, ["a"]],
    "total": ["many", None],
    "again": ["seven", [None], ["7"], 7],
    "more": [1],
}


@pytest.mark.parametrize(("member", "value"), [(m, one) for m in ODD for one in ODD[m]])
def test_a_cursor_with_an_odd_member_says_nothing(member: str, value: object) -> None:
    stored = json.loads(Cursor("here", None, {"acme/web": STATE}).text())
    stored["repositories"]["acme/web"][member] = value
    assert Cursor.of(json.dumps(stored), None, "here") == Cursor("here", None)


@pytest.mark.parametrize("since", ["some day", 7, "2024-01-01"])
def test_a_cursor_with_an_odd_beginning_says_nothing(since: object) -> None:
    stored = json.loads(Cursor("here", None, {"acme/web": STATE}).text())
    stored["since"] = since
    assert Cursor.of(json.dumps(stored), None, "here") == Cursor("here", None)


def test_a_cursor_of_another_server_is_not_used() -> None:
    text = Cursor("there", None, {"acme/web": STATE}).text()
    assert Cursor.of(text, None, "here") == Cursor("here", None)


def test_another_server_under_the_same_name_is_read_from_the_beginning() -> None:
    with world(web(5, 3)) as old:
        first = old.read()
    with world(web(7, 2)) as new:
        second = new.read(after=first)
        third = new.read(after=second, server=f"{new.served.url}/")
    assert (len(second.keys("pulls")), len(second.keys("issues"))) == (7, 2)
    assert third.pages == []


@EDITIONS
def test_a_renamed_repository_comes_under_its_new_name_with_the_same_nodes(
    edition: Edition,
) -> None:
    with world(web(3, 3), edition=edition) as github:
        before = github.read()
        rename_repository(github.site, "acme/web", "acme/shop")
        after = github.read(after=before)
        connector = github.connector()
        known = frozenset(before.keys("pulls") + after.keys("pulls"))
        shown = connector.census(resource(connector, "pulls"), known)
    assert after.keys("pulls") == [f"acme/shop#{number}" for number in (1, 2, 3)]
    assert shown == frozenset(after.keys("pulls"))
    for number, name in ((2, "pulls"), (1002, "issues")):
        now = after.payload(f"acme/shop#{number}", name)
        assert now["node_id"] == before.payload(f"acme/web#{number}", name)["node_id"]


def test_what_was_read_before_an_interrupted_read_stands() -> None:
    first = replace(STATE, after="abc", by="graphql", again=(3,))
    later = replace(first, mark="2024-04-01T09:00:00Z", floor="2024-03-01T08:50:00Z")
    assert first.before() is None
    assert later.before() == State("2024-03-01T08:50:00Z", 7, again=(3,))
