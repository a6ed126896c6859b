"""Scope injection: what came into a committed subject, and what went out of it."""

from datetime import timedelta
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.scope.scope_injection import placements, scope_injection
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

COMMITTED, ENDED = at("2026-02-01"), at("2026-04-01")
SCOPE = {
    **dict.fromkeys(("subject_kind", "subject_id", "subject"), pl.String),
    **dict.fromkeys(("committed_at", "ended_at"), INSTANT),
    "is_lower_bound": pl.Boolean,
}
STAY: dict[str, Any] = {
    **dict.fromkeys(("item_id", "subject_kind", "subject_id"), pl.String),
    "joined_at": INSTANT,
    "joined_end": pl.Int32,
    "joined_by": pl.String,
    "is_joined_in_bulk": pl.Boolean,
    "left_at": INSTANT,
    "is_left_in_bulk": pl.Boolean,
}
RELEASE = {"subject_kind": "release", "subject_id": "r", "subject": "1.0"}
SCOPES = frame(
    {**RELEASE, "committed_at": COMMITTED, "ended_at": ENDED, "is_lower_bound": False}, **SCOPE
)
PLANNED: Row = {"item_id": "planned"}


def placed(*stays: Row, scopes: pl.DataFrame = SCOPES) -> pl.DataFrame:
    """Stays in release 1.0: since January unless they say otherwise, by a person, one by one."""
    usual = {**RELEASE, "joined_at": at("2026-01-10"), "joined_end": 1, "joined_by": "product"}
    single = {"is_joined_in_bulk": False, "is_left_in_bulk": False}
    return placements(frame(*({**usual, **single, **stay} for stay in stays), **STAY), scopes)


def counted(
    *stays: Row, changes: tuple[Row, ...] = (), teams: dict[str, str] | None = None
) -> dict[str, Any]:
    """The row of release 1.0."""
    found = placed(*stays)
    names = found["item_id"].unique().sort()
    known = ({"item_id": name, "team": (teams or {}).get(name, "PAY")} for name in names)
    usual = {"is_member": False, "field": "Story Points"}
    moves = ({**usual, "group_end": change["sequence"], **change} for change in changes)
    [row] = scope_injection(
        found,
        frame(
            *({"source": "acme", "born_at": at("2026-01-01"), **item} for item in known),
            **SHAPES["items"] | {"team": pl.String, "born_at": INSTANT},
        ),
        frame(*moves, **SHAPES["field_changes"] | {"group_end": pl.Int32}),
        frame(**SHAPES["field_values"]),
    ).to_dicts()
    return row


def counts(*stays: Row) -> tuple[int, int, int]:
    row = counted(*stays)
    return row["committed_items"], row["injected_items"], row["removed_items"]


def test_what_is_in_it_at_the_commitment_is_the_committed_set() -> None:
    with_it = {"item_id": "with it", "joined_at": COMMITTED}
    left_with_it = {"item_id": "left with it", "left_at": COMMITTED}
    assert counts(PLANNED, with_it, left_with_it) == (2, 0, 0)


def test_what_comes_in_between_commitment_and_end_is_injected() -> None:
    first, last, late = at("2026-02-01 00:01"), ENDED, at("2026-04-01 00:01")
    came = ({"item_id": str(when), "joined_at": when} for when in (first, last, late))
    assert counts(PLANNED, *came) == (1, 2, 0)


def test_what_leaves_between_commitment_and_end_was_removed() -> None:
    days = ("2026-03-01", "2026-04-01", "2026-04-02")
    went = ({"item_id": when, "left_at": at(when)} for when in days)
    assert counts(PLANNED, *went) == (4, 0, 2)


def test_what_was_taken_out_and_put_back_was_removed_and_not_injected() -> None:
    out, back = {"left_at": at("2026-02-10")}, {"joined_at": at("2026-02-20")}
    assert counts({**PLANNED, **out}, {**PLANNED, **back}) == (1, 0, 1)


def test_what_came_in_twice_was_injected_once() -> None:
    once = {"item_id": "late", "joined_at": at("2026-02-10"), "left_at": at("2026-02-20")}
    assert counts(PLANNED, once, {"item_id": "late", "joined_at": at("2026-03-01")}) == (1, 1, 0)


def test_a_migration_is_neither_an_injection_nor_a_removal() -> None:
    came = {"item_id": "late", "joined_at": at("2026-02-10"), "is_joined_in_bulk": True}
    went = {**PLANNED, "left_at": at("2026-02-10"), "is_left_in_bulk": True}
    assert counts(came, went) == (1, 0, 0)


def test_a_link_that_a_bot_makes_late_is_no_injection() -> None:
    by_bot = {"item_id": "late", "joined_at": at("2026-02-10"), "joined_by": "bot"}
    by_nobody = {"item_id": "born late", "joined_at": at("2026-02-10"), "joined_by": None}
    assert counts(PLANNED, by_bot, by_nobody) == (1, 1, 0)


def test_shares_are_of_the_committed_set_and_unknown_for_an_empty_one() -> None:
    late = {"item_id": "late", "joined_at": at("2026-02-10")}
    row = counted(PLANNED, {"item_id": "gone", "left_at": at("2026-02-10")}, late)
    assert (row["injected_share"], row["removed_share"]) == (0.5, 0.5)
    assert counted(late)["injected_share"] is None


def test_points_are_those_of_the_commitment_and_of_the_click_that_put_it_in() -> None:
    late = {"item_id": "late", "joined_at": at("2026-02-10"), "joined_end": 1}
    estimates = (
        {"item_id": "planned", "sequence": 1, "to_text": "3", "changed_at": at("2026-01-20")},
        {"item_id": "planned", "sequence": 2, "to_text": "8", "changed_at": at("2026-02-02")},
        {"item_id": "late", "sequence": 1, "to_text": "5", "changed_at": at("2026-02-10")},
        {"item_id": "late", "sequence": 2, "to_text": "13", "changed_at": at("2026-02-11")},
    )
    row = counted(PLANNED, late, changes=estimates)
    assert (row["committed_points"], row["injected_points"], row["removed_points"]) == (3, 5, None)


def test_points_nobody_gave_are_unknown_and_not_none() -> None:
    assert counted(PLANNED)["committed_points"] is None


def test_the_team_is_that_of_most_items_and_of_equals_the_first_by_name() -> None:
    stays = tuple({"item_id": name} for name in "abc")
    assert counted(*stays, teams={"a": "WEB", "b": "WEB", "c": "API"})["team"] == "WEB"
    assert counted(*stays[1:], teams={"b": "WEB", "c": "API"})["team"] == "API"


def test_an_archive_that_shows_all_at_once_has_a_set_and_nothing_that_came_later() -> None:
    at_once = SCOPES.with_columns(ended_at="committed_at", is_lower_bound=pl.lit(True))
    [row] = placed(PLANNED, scopes=at_once).to_dicts()
    assert (row["is_committed"], row["is_injected"], row["is_lower_bound"]) == (True, False, True)


@st.composite
def lives(draw: st.DrawFn) -> list[Row]:
    """Stays of three items that do not overlap."""
    stays: list[Row] = []
    for name in "abc":
        days = sorted(draw(st.sets(st.integers(0, 100), max_size=6)))
        bounds = [at("2026-01-01") + timedelta(days=day) for day in days]
        ends = [*bounds[1::2], None]
        joins = ({"item_id": name, "joined_at": start} for start in bounds[::2])
        stays += [{**join, "left_at": end} for join, end in zip(joins, ends, strict=False)]
    return stays


@given(lives())
def test_nothing_is_both_committed_and_injected_and_nothing_removed_was_not_committed(
    stays: list[Row],
) -> None:
    found = placed(*stays)
    committed = set(found.filter("is_committed")["item_id"])
    injected = set(found.filter("is_injected")["item_id"])

    assert committed.isdisjoint(injected)
    assert set(found.filter("is_removed")["item_id"]) <= committed
    assert found.filter("is_committed")["item_id"].is_unique().all()
