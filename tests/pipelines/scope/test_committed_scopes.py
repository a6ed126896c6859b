"""When the scope of a release, a sprint, an epic was committed, and until when it could change."""

from datetime import date
from typing import Any

import polars as pl

from pipelines.scope.committed_scopes import epic_scopes, release_scopes, sprint_scopes
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

SNAPSHOT = at("2026-06-01")
LEDGER = {
    **dict.fromkeys(("subject_kind", "subject_id", "subject"), pl.String),
    **dict.fromkeys(("committed_at", "shipped_at", "dropped_at", "observed_until"), INSTANT),
    "is_outcome_known": pl.Boolean,
}
ITEM = {"item_id": "e", "source": "acme", "key": "PAY-1", "observed_until": SNAPSHOT}
ITEMS = frame({**ITEM, "ended_at": at("2026-05-01")}, **SHAPES["items"] | {"ended_at": INSTANT})


def release(*sights: Row, **said: Any) -> tuple[Any, ...]:
    """Begin, end and bound of a release committed on 1 February that says the rest of itself."""
    usual: Row = {
        "subject_kind": "release",
        "subject_id": "r",
        "is_outcome_known": True,
        "committed_at": at("2026-02-01"),
        "observed_until": SNAPSHOT,
    }
    seen = ({"release_id": "r", "valid_from": at("2026-02-01"), **sight} for sight in sights)
    ledger = frame({**usual, **said}, **LEDGER)
    found = release_scopes(ledger, frame(*seen, **SHAPES["release_dates"]))
    return found.select("committed_at", "ended_at", "is_lower_bound").row(0)


def sprint(*sights: Row) -> list[tuple[Any, ...]]:
    named = {"release_id": "s", "source": "acme", "kind": "sprint", "release": "Sprint 1"}
    seen = ({**named, "valid_from": at("2026-01-01"), **sight} for sight in sights)
    dates = frame(*seen, **SHAPES["release_dates"])
    return sprint_scopes(dates, ITEMS, zone="Europe/Berlin").rows()


def test_a_release_can_change_until_it_is_out_dropped_or_the_snapshot() -> None:
    out, dropped = at("2026-04-01"), at("2026-03-01")
    assert release({})[1] == SNAPSHOT
    assert release({}, shipped_at=out)[1] == out
    assert release({}, dropped_at=dropped)[1] == dropped


def test_a_release_with_a_date_at_first_sight_was_committed_then_or_before() -> None:
    assert release({})[2] is True


def test_a_release_that_was_given_its_date_later_was_committed_then() -> None:
    assert release({"valid_from": at("2026-01-01")}, {})[2] is False


def test_a_release_that_was_out_when_first_seen_ends_where_it_begins() -> None:
    begin, end, is_lower_bound = release({}, is_outcome_known=False)
    assert (begin, end, is_lower_bound) == (at("2026-02-01"), at("2026-02-01"), True)


def test_a_release_without_a_commitment_has_no_scope() -> None:
    ledger = frame({"subject_kind": "release", "subject_id": "r"}, **LEDGER)
    assert release_scopes(ledger, frame(**SHAPES["release_dates"])).is_empty()


def test_a_sprint_lasts_from_the_end_of_its_first_day_to_that_of_its_last_local_time() -> None:
    found = sprint({"starts_on": date(2026, 3, 16), "release_on": date(2026, 3, 29)})
    begin, end = at("2026-03-16 23:00"), at("2026-03-29 22:00")
    assert found == [("sprint", "s", "Sprint 1", begin, end, False)]


def test_a_sprint_that_runs_at_the_snapshot_ends_there() -> None:
    [found] = sprint({"starts_on": date(2026, 5, 25), "release_on": date(2026, 6, 7)})
    assert found[4] == SNAPSHOT


def test_a_sprint_without_an_end_lasts_until_the_snapshot() -> None:
    [found] = sprint({"starts_on": date(2026, 5, 25)})
    assert found[4] == SNAPSHOT


def test_a_sprint_to_come_and_one_without_a_beginning_are_not_committed() -> None:
    assert sprint({"starts_on": date(2026, 6, 2)}) == []
    assert sprint({"release_on": date(2026, 6, 2)}) == []


def test_a_sprint_that_was_put_off_begins_when_it_last_said() -> None:
    later = {"starts_on": date(2026, 3, 23), "valid_from": at("2026-03-16"), "release": "Late"}
    [found] = sprint({"starts_on": date(2026, 3, 16)}, later)
    assert found[2:4] == ("Late", at("2026-03-23 23:00"))


def epic(*members: Row) -> list[tuple[Any, ...]]:
    """The scope of epic ``e``; its items reached the commit stage on 1 March."""
    stays: dict[str, Any] = {
        **dict.fromkeys(("item_id", "subject_kind", "subject_id"), pl.String),
        **dict.fromkeys(("joined_at", "left_at"), INSTANT),
    }
    usual = {"subject_kind": "epic", "subject_id": "e", "item_id": "a"}
    reached = frame(
        *({"item_id": name, "reached_at": at("2026-03-01")} for name in "ab"),
        item_id=pl.String,
        reached_at=INSTANT,
    )
    return epic_scopes(
        frame(*({**usual, **member} for member in members), **stays), reached, ITEMS
    ).rows()


def test_an_epic_is_committed_with_the_first_of_its_items_that_is() -> None:
    first, second = {"joined_at": at("2026-02-01")}, {"joined_at": at("2026-04-01")}
    found = epic({**first, "item_id": "a"}, {**second, "item_id": "b"})
    assert found == [("epic", "e", "PAY-1", at("2026-03-01"), at("2026-05-01"), False)]


def test_an_epic_that_is_given_a_committed_item_is_committed_then() -> None:
    [found] = epic({"joined_at": at("2026-04-01")})
    assert found[3] == at("2026-04-01")


def test_an_item_that_left_before_it_was_committed_commits_no_epic() -> None:
    assert epic({"joined_at": at("2026-02-01"), "left_at": at("2026-02-20")}) == []
    assert epic({"joined_at": at("2026-02-01"), "left_at": at("2026-03-01")}) == []


def test_an_epic_that_ended_before_it_held_a_committed_item_was_never_committed() -> None:
    assert epic({"joined_at": at("2026-05-02")}) == []
    [found] = epic({"joined_at": at("2026-05-02")}, {"item_id": "b", "joined_at": at("2026-04-01")})
    assert found[3:5] == (at("2026-04-01"), at("2026-05-01"))
