"""Which items have to do with each other: golden cases for each kind of evidence."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.sql.conforming import Landing

if TYPE_CHECKING:
    from roadworthy.warehouse import Warehouse
    from tests.sql.conforming import Payload

Link = tuple[str, str, str, str, bool]


@pytest.fixture
def land(conformed: "Warehouse") -> "Land":
    """Both trackers."""
    return Land(Landing(conformed, "jira"), Landing(conformed, "github"))


class Land:
    """The least that are tickets and pull requests, and the links between them."""

    def __init__(self, jira: Landing, github: Landing) -> None:
        self.jira, self.github = jira, github

    def ticket(self, number: int, key: str, *, was: str | None = None, **members: Any) -> None:
        """An issue of Jira, which may have moved."""
        item = {"field": "Key", "fromString": was, "toString": key}
        moved = {"id": "1", "created": "2026-01-02T09:00:00.000+0000", "items": [item]}
        fields = {"created": "2026-01-01T09:00:00.000+0000", **members.pop("fields", {})}
        payload = {"id": str(number), "key": key, "fields": fields, **members}
        histories = [moved] if was else []
        self.jira.record("issues", {**payload, "changelog": {"histories": histories}})

    def pull(self, number: int, **members: Any) -> None:
        """A pull request of GraphQL."""
        self._item("pulls", number, {"draft": False, **members})

    def issue(self, number: int, **members: Any) -> None:
        """An issue of GraphQL."""
        self._item("issues", number, members)

    def _item(self, resource: str, number: int, members: "Payload") -> None:
        events = members.pop("events", [])
        kind = "pull" if resource == "pulls" else "issues"
        payload = {
            "number": number,
            "title": "A title",
            "state": "OPEN",
            "created_at": "2026-01-01T09:00:00Z",
            "html_url": f"https://github.com/acme/web/{kind}/{number}",
            "timeline": {"total": len(events), "nodes": events},
            **members,
        }
        self.github.record(resource, payload, key=f"acme/web#{number}")

    def links(self) -> list[Link]:
        """All of them, without the names of tracker and source."""
        found = self.jira.rows(
            "select split_part(item_id, ':', 3), split_part(linked_item_id, ':', 3), link,"
            " evidence, is_closing from staging.item_links order by all"
        )
        return [(row[0], row[1], row[2], row[3], row[4]) for row in found]


def reference(number: int) -> "Payload":
    """How one item names another."""
    return {"number": number, "repository": {"full_name": "acme/web"}}


def event(kind: str, **members: object) -> "Payload":
    """The least that is an event."""
    return {"event": kind, "id": f"{kind}", "created_at": "2026-01-02T09:00:00Z", **members}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("PAY-12", [12]),
        ("Fix PAY-12, PAY-1 and [WEB-3]", [1, 12, 3]),
        ("PAY-12: see https://acme.example/browse/WEB-3?focus=1", [12, 3]),
        ("fix_PAY-12_again", [12]),
        ("PAY-123 PAY-12a XPAY-1 PAY1", []),
        ("UTF-8 and pay-12", []),
        ("", []),
    ],
)
def test_a_pull_request_names_a_ticket_in_its_words(land: Land, text: str, keys: list[int]) -> None:
    for number, key in ((1, "PAY-1"), (12, "PAY-12"), (3, "WEB-3")):
        land.ticket(number, key)
    land.pull(7, title=text)
    expected = [(str(one), "acme/web#7", "pull_request", "title", False) for one in keys]
    assert land.links() == sorted(expected)


def test_each_place_is_an_evidence_of_its_own_and_a_branch_is_in_any_case(land: Land) -> None:
    land.ticket(12, "PAY-12")
    land.pull(7, head_ref="feature/pay-12-cache", title="PAY-12 Cache", body="PAY-12 PAY-12")
    assert [(row[0], row[3]) for row in land.links()] == [
        ("12", "body"),
        ("12", "branch"),
        ("12", "title"),
    ]


def test_a_ticket_that_moved_is_known_by_its_old_key_too(land: Land) -> None:
    land.ticket(12, "WEB-3", was="PAY-12")
    land.pull(7, title="PAY-12 Cache")
    assert land.links() == [("12", "acme/web#7", "pull_request", "title", False)]


def test_a_key_that_two_trackers_know_tells_nothing(land: Land) -> None:
    land.ticket(12, "PAY-12")
    other = {"id": "5", "key": "PAY-12", "fields": {}}
    land.jira.record("issues", other, source="other")
    land.pull(7, title="PAY-12 Cache")
    assert land.links() == []


def test_what_a_ticket_carries_of_its_development_names_pull_requests(land: Land) -> None:
    address = "https://github.com/acme/web/pull/7"
    land.ticket(12, "PAY-12", remotelinks=[{"object": {"url": address, "title": "#7"}}])
    land.ticket(13, "PAY-13", fields={"development": {"pullRequests": [{"url": f"{address}0"}]}})
    land.pull(7)
    assert land.links() == [("12", "acme/web#7", "pull_request", "development", False)]


def test_github_says_what_closes_what(land: Land) -> None:
    land.issue(3, events=[event("CrossReferencedEvent", closes=True, source=reference(7))])
    land.pull(7, closing_issues={"nodes": [reference(3), reference(404)]})
    assert land.links() == [
        ("acme/web#3", "acme/web#7", "pull_request", "closing_issue", True),
        ("acme/web#3", "acme/web#7", "pull_request", "cross_reference", True),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Closes #3",
        "So that it is quick.\n\nfixes: #3.",
        "Resolved acme/web#3",
        "This fixes https://github.com/acme/web/issues/3, at last",
    ],
)
def test_a_pull_request_of_rest_says_itself_what_it_closes(land: Land, body: str) -> None:
    land.issue(3)
    land.pull(7, body=body)
    assert land.links() == [("acme/web#3", "acme/web#7", "pull_request", "closing_keyword", True)]


@pytest.mark.parametrize(
    "body",
    [
        "See #3",
        "closes nothing; #3",
        "<!-- Closes #3 -->",
        "disclosed #3",
        "fixes #34",
        "fixes other/web#3",
        None,
    ],
)
def test_what_is_no_word_for_closing_closes_nothing(land: Land, body: str | None) -> None:
    land.issue(3)
    land.pull(7, body=body)
    assert land.links() == []


def test_where_github_says_what_closes_what_no_words_are_read(land: Land) -> None:
    land.issue(3)
    land.pull(7, body="Closes #3", closing_issues={"nodes": []})
    assert land.links() == []


def test_of_two_of_a_kind_the_one_that_mentions_comes_first(land: Land) -> None:
    land.issue(3, events=[event("CrossReferencedEvent", closes=False, source=reference(4))])
    land.issue(4)
    assert land.links() == [("acme/web#4", "acme/web#3", "mention", "cross_reference", False)]


def test_a_link_made_by_hand_is_one_until_it_is_undone(land: Land) -> None:
    undone = [event("ConnectedEvent", linked=reference(8))]
    undone.append({**event("DisconnectedEvent", linked=reference(8)), "id": "later"})
    land.issue(3, events=[event("ConnectedEvent", linked=reference(7)), *undone])
    land.pull(7, events=[event("ConnectedEvent", linked=reference(3))])
    land.pull(8)
    assert land.links() == [("acme/web#3", "acme/web#7", "pull_request", "connected", False)]


def test_a_part_is_linked_to_its_whole_where_that_is_known(land: Land) -> None:
    land.ticket(12, "PAY-12", fields={"parent": {"id": "1", "key": "PAY-1"}})
    land.ticket(13, "PAY-13", fields={"parent": {"id": "404", "key": "PAY-404"}})
    land.ticket(1, "PAY-1")
    land.issue(3, parent=reference(4))
    land.issue(4)
    assert land.links() == [
        ("12", "1", "parent", "parent", False),
        ("acme/web#3", "acme/web#4", "parent", "parent", False),
    ]


def test_the_interface_of_rest_tells_cross_references_too(land: Land) -> None:
    source = {"type": "issue", "issue": {"html_url": "https://github.com/acme/web/pull/7"}}
    crossed = {"event": "cross-referenced", "created_at": "2026-01-02T09:00:00Z", "source": source}
    land.issue(3, timeline=[crossed])
    land.pull(7, timeline=[])
    assert land.links() == [("acme/web#3", "acme/web#7", "pull_request", "cross_reference", False)]
