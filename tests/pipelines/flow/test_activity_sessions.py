"""When somebody of the role in charge was visibly at work: acts close together in active stages."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.flow.activity_sessions import activity_sessions, with_commit_authors
from pipelines.histories.business_time import business_time
from pipelines.policy import WorkingHours
from tests.pipelines.frames import INSTANT, Row, at, frame

NINE_TO_FIVE = business_time(WorkingHours(), at("2026-02-20").date(), at("2026-05-01").date())
MONDAY, TUESDAY = "2026-03-02", "2026-03-03"


def stay(since: str, until: str, owner: str | None = "engineering", kind: str = "active") -> Row:
    return {"owner_role": owner, "stage_kind": kind, "entered_at": at(since), "until": at(until)}


def act(when: str, role: str = "engineering", **more: Any) -> Row:
    return {"acted_at": at(when), "actor_role": role, "actor_id": "p1", "kind": "comment", **more}


def edit(when: str, role: str = "engineering", *, is_bulk: bool = False) -> Row:
    return {"changed_at": at(when), "actor_role": role, "is_bulk": is_bulk}


BUILD = stay(f"{MONDAY} 09:00", "2026-03-06 17:00")


def sessions(*told: Row, visits: tuple[Row, ...] = (BUILD,)) -> list[tuple[str, str]]:
    """The sessions of one item, from and to; what is told has an instant of an act or an edit."""
    item, roles = {"item_id": "PAY-1"}, dict.fromkeys(("item_id", "actor_role"), pl.String)
    found = activity_sessions(
        frame(
            *({**item, **one} for one in told if "acted_at" in one),
            **roles,
            **dict.fromkeys(("kind", "actor_id"), pl.String),
            acted_at=INSTANT,
        ),
        frame(
            *({**item, **one} for one in told if "changed_at" in one),
            **roles,
            changed_at=INSTANT,
            is_bulk=pl.Boolean,
        ),
        frame(
            *({**item, **one} for one in visits),
            **dict.fromkeys(("item_id", "stage_kind", "owner_role"), pl.String),
            **dict.fromkeys(("entered_at", "until"), INSTANT),
        ),
        worked=NINE_TO_FIVE,
    )
    written = found.select(pl.col("since", "until").dt.strftime("%Y-%m-%d %H:%M"))
    return written.rows()


def test_acts_within_four_business_hours_are_one_session() -> None:
    found = sessions(act(f"{MONDAY} 10:00"), edit(f"{MONDAY} 12:00"), act(f"{MONDAY} 15:00"))

    assert found == [(f"{MONDAY} 10:00", f"{MONDAY} 15:00")]


def test_a_longer_gap_parts_two_sessions() -> None:
    found = sessions(
        act(f"{MONDAY} 09:00"),
        act(f"{MONDAY} 10:00"),
        act(f"{MONDAY} 14:01"),
        act(f"{MONDAY} 15:00"),
    )

    assert found == [
        (f"{MONDAY} 09:00", f"{MONDAY} 10:00"),
        (f"{MONDAY} 14:01", f"{MONDAY} 15:00"),
    ]


def test_a_night_is_no_gap() -> None:
    assert sessions(act(f"{MONDAY} 16:00"), act(f"{TUESDAY} 10:00")) == [
        (f"{MONDAY} 16:00", f"{TUESDAY} 10:00")
    ]


def test_a_lone_act_has_no_length() -> None:
    assert sessions(act(f"{MONDAY} 10:00"), act(f"{TUESDAY} 16:00")) == []


@pytest.mark.parametrize("role", ["product", "?", "bot"])
def test_others_than_the_owner_of_the_stage_do_not_work_there(role: str) -> None:
    assert sessions(act(f"{MONDAY} 10:00", role), act(f"{MONDAY} 11:00", role)) == []


@pytest.mark.parametrize(("role", "works"), [("product", True), ("?", True), ("bot", False)])
def test_a_stage_that_nobody_owns_is_worked_on_by_anybody_but_a_bot(
    role: str, *, works: bool
) -> None:
    unowned = stay(f"{MONDAY} 09:00", f"{MONDAY} 17:00", None)
    found = sessions(act(f"{MONDAY} 10:00", role), act(f"{MONDAY} 11:00", role), visits=(unowned,))

    assert (found != []) == works


def test_an_edit_in_bulk_is_no_work_on_an_item() -> None:
    assert sessions(act(f"{MONDAY} 10:00"), edit(f"{MONDAY} 11:00", is_bulk=True)) == []


def test_only_the_time_in_active_stages_counts() -> None:
    there_and_back = (
        stay(f"{MONDAY} 09:00", f"{MONDAY} 11:00"),
        stay(f"{MONDAY} 11:00", f"{MONDAY} 12:00", kind="queue"),
        stay(f"{MONDAY} 12:00", f"{MONDAY} 17:00"),
    )

    found = sessions(act(f"{MONDAY} 10:00"), act(f"{MONDAY} 13:00"), visits=there_and_back)
    assert found == [
        (f"{MONDAY} 10:00", f"{MONDAY} 11:00"),
        (f"{MONDAY} 12:00", f"{MONDAY} 13:00"),
    ]


def test_an_act_outside_of_active_stages_is_none() -> None:
    waiting = stay(f"{MONDAY} 09:00", f"{MONDAY} 17:00", kind="queue")

    found = sessions(act(f"{MONDAY} 10:00"), act(f"{MONDAY} 11:00"), visits=(waiting,))
    assert found == []


def test_each_role_works_in_its_own_stages() -> None:
    handed_on = (
        stay(f"{MONDAY} 09:00", f"{MONDAY} 11:00"),
        stay(f"{MONDAY} 11:00", f"{MONDAY} 13:00", "quality"),
        stay(f"{MONDAY} 13:00", f"{MONDAY} 17:00"),
    )

    found = sessions(act(f"{MONDAY} 10:00"), act(f"{MONDAY} 14:00"), visits=handed_on)
    assert found == [
        (f"{MONDAY} 10:00", f"{MONDAY} 11:00"),
        (f"{MONDAY} 13:00", f"{MONDAY} 14:00"),
    ]


def test_the_click_into_a_stage_is_an_act_in_it_and_the_click_out_of_it_is_none() -> None:
    two_hours = stay(f"{MONDAY} 10:00", f"{MONDAY} 12:00")
    into, out_of = edit(f"{MONDAY} 10:00"), edit(f"{MONDAY} 12:00")

    found = sessions(into, act(f"{MONDAY} 11:00"), out_of, visits=(two_hours,))
    assert found == [(f"{MONDAY} 10:00", f"{MONDAY} 11:00")]


def test_a_commit_of_nobody_known_is_the_owners() -> None:
    nameless = act(f"{MONDAY} 10:00", "?", kind="commit", actor_id=None)

    assert sessions(nameless, act(f"{MONDAY} 11:00")) == [(f"{MONDAY} 10:00", f"{MONDAY} 11:00")]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(("engineering", "product")))),
    st.integers(0, 2**16),
)
def test_sessions_follow_each_other_whatever_the_order_of_the_acts(
    told: list[tuple[int, str]], seed: int
) -> None:
    start = at(f"{MONDAY} 09:00")
    acts = [
        {**act(MONDAY, role), "acted_at": start + timedelta(minutes=15 * quarter)}
        for quarter, role in told
    ]
    mixed = pl.Series(acts, dtype=pl.Object).sample(fraction=1, shuffle=True, seed=seed).to_list()

    found = sessions(*acts)
    assert found == sessions(*mixed)
    assert all(since < until for since, until in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))


# --- whose commits they are --------------------------------------------------------


def test_a_commit_is_its_pull_requests_authors() -> None:
    acts = frame(
        {"item_id": "web#1", "activity_id": "b", "kind": "commit", "acted_at": at(MONDAY)},
        {"item_id": "web#1", "activity_id": "a", "kind": "comment", "acted_at": at(MONDAY)},
        {"item_id": "PAY-1", "activity_id": "c", "kind": "commit", "acted_at": at(MONDAY)},
        **dict.fromkeys(("item_id", "activity_id", "kind", "actor_id"), pl.String),
        acted_at=INSTANT,
    )
    items = frame(
        {"item_id": "web#1", "kind": "pull_request", "author_id": "ada"},
        {"item_id": "PAY-1", "kind": "ticket", "author_id": "ben"},
        **dict.fromkeys(("item_id", "kind", "author_id"), pl.String),
    )

    found = with_commit_authors(acts, items)
    assert found.select("item_id", "activity_id", "actor_id", "sequence", "changed_at").rows() == [
        ("PAY-1", "c", None, 1, at(MONDAY)),
        ("web#1", "a", None, 1, at(MONDAY)),
        ("web#1", "b", "ada", 2, at(MONDAY)),
    ]
