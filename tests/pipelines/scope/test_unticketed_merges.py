"""Merged pull requests that no ticket stands behind."""

import polars as pl

from pipelines.scope.unticketed_merges import unticketed_merges
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import Row, at, frame

TICKET: Row = {"item_id": "t", "source": "acme", "kind": "ticket", "project": "PAY", "team": "Pay"}
PULL: Row = {
    "item_id": "p",
    "source": "code",
    "kind": "pull_request",
    "project": "acme/pay",
    "team": "Pay",
    "author_id": "ben",
}
MERGED: Row = {"item_id": "p", "to_text": "merged", "changed_at": at("2026-02-01")}
DOORS: Row = {"scope": "acme/ticket", "project": "PAY", "intake_stages": ["Decision"]}


def found(
    *, pull: Row = PULL, change: Row = MERGED, links: tuple[Row, ...] = (), flow: Row = DOORS
) -> list[str]:
    """The merges without a ticket, of a team with a door, one ticket and one pull request."""
    usual = {"field": "status", "is_member": False, "sequence": 4, "group_end": 4}
    return unticketed_merges(
        frame(TICKET, pull, **SHAPES["items"] | {"team": pl.String}),
        frame({**usual, **change}, **SHAPES["field_changes"] | {"group_end": pl.Int32}),
        frame(*links, item_id=pl.String, linked_item_id=pl.String),
        frame(flow, scope=pl.String, project=pl.String, intake_stages=pl.List(pl.String)),
        bots=("robot",),
    )["item_id"].to_list()


def test_a_merge_by_a_person_without_a_ticket_is_found() -> None:
    assert found() == ["p"]


def test_a_pull_request_that_was_closed_is_no_merge() -> None:
    assert found(change={**MERGED, "to_text": "closed"}) == []


def test_behind_which_a_ticket_stands_whoever_tells_of_it_for_that_the_ticket_speaks() -> None:
    assert found(links=({"item_id": "t", "linked_item_id": "p"},)) == []
    assert found(links=({"item_id": "p", "linked_item_id": "t"},)) == []


def test_another_pull_request_behind_it_is_no_ticket() -> None:
    assert found(links=({"item_id": "p", "linked_item_id": "q"},)) == ["p"]


def test_what_a_bot_merged_of_its_own_is_left_out_and_a_deleted_account_is_a_persons() -> None:
    assert found(pull={**PULL, "author_id": "robot"}) == []
    assert found(pull={**PULL, "author_id": None}) == ["p"]


def test_where_the_tickets_of_a_team_have_no_door_nothing_was_passed_by() -> None:
    assert found(flow={**DOORS, "intake_stages": []}) == []
    assert found(flow={**DOORS, "project": "WEB"}) == []
    assert found(pull={**PULL, "team": "Web"}) == []
