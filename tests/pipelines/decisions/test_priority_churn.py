"""How often priorities change once work is committed, and how often back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cohorts.scopes import Scopes
from pipelines.decisions.decision_changes import decision_changes, governed_rights
from pipelines.decisions.priority_churn import (
    PRIORITY_CHURN,
    committed_weeks,
    priority_changes,
    priority_churn,
)
from pipelines.policy import DecisionRight
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, frame
from tests.pipelines.governed_edits import changes, day, edit

WINDOW = timedelta(days=14)
USUAL = governed_rights((), None)


def items(*rows: Row) -> pl.DataFrame:
    usual = {"item_id": "1", "team": "PAY", "item_type": "Story", "is_subtask": False}
    stamps = {"created_at": day(-30), "ended_at": day(70)}
    return frame(
        *({**usual, **stamps, **row} for row in rows),
        **dict.fromkeys(("item_id", "team", "item_type"), pl.String),
        is_subtask=pl.Boolean,
        **dict.fromkeys(("created_at", "ended_at", "watched_from"), INSTANT),
    )


def committed(*rows: Row) -> pl.DataFrame:
    return frame(*rows, item_id=pl.String, committed_at=INSTANT, reached_at=INSTANT)


def stages(*stays: tuple[int, str]) -> pl.DataFrame:
    """In which kind of stage item 1 was, from which change on."""
    return pl.DataFrame(
        [("1", *stay) for stay in stays],
        schema={"item_id": pl.String, "group_end": pl.Int32, "stage_kind": pl.String},
        orient="row",
    )


def decided(edits: Sequence[Row], rights: Sequence[DecisionRight] = USUAL) -> pl.DataFrame:
    since = committed({"item_id": "1", "reached_at": day(0)})
    known = items({}, {"item_id": "2"})
    return decision_changes(known, changes(edits), since, rights=tuple(rights), window=WINDOW)


def moves(
    *edits: Row, visits: pl.DataFrame | None = None, rights: Sequence[DecisionRight] = USUAL
) -> pl.DataFrame:
    stays = stages() if visits is None else visits
    return priority_changes(decided(edits, rights), stays, window=WINDOW)


def change(item: str, number: int, **more: Any) -> Row:
    usual = {"changed_at": day(1), "is_reversal": False, "is_mid_build": False}
    return {"item_id": item, "change_number": number, **usual, **more}


def made(*rows: Row) -> pl.DataFrame:
    return frame(
        *rows,
        item_id=pl.String,
        change_number=pl.Int32,
        changed_at=INSTANT,
        is_reversal=pl.Boolean,
        is_mid_build=pl.Boolean,
    )


def exposure(*rows: Row, shows: str = "priority", of: pl.DataFrame | None = None) -> pl.DataFrame:
    """Items committed on the first Monday and open for ten weeks, unless they say otherwise."""
    known = [{"item_id": str(number), **row} for number, row in enumerate(rows, start=1)]
    since = [{"item_id": row["item_id"], "reached_at": day(0), **_stamps(row)} for row in known]
    present = [{"item_id": row["item_id"], "field": shows} for row in known]
    return committed_weeks(
        items(*known),
        committed(*since),
        decided(()) if of is None else of,
        frame(*present, item_id=pl.String, field=pl.String),
    )


def _stamps(row: Row) -> Row:
    return {name: row[name] for name in ("committed_at", "reached_at") if name in row}


# --- exposure ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "weeks"),
    [
        ({}, 10.0),
        ({"committed_at": day(7)}, 9.0),
        ({"ended_at": day(3.5)}, 0.5),
        ({"ended_at": day(-1)}, 0.0),
    ],
    ids=["from the commit stage", "from the promise", "to its end", "never after its end"],
)
def test_an_item_is_exposed_from_its_commitment_to_its_end(item: Row, weeks: float) -> None:
    assert exposure(item)["weeks"].to_list() == [weeks]


@pytest.mark.parametrize(
    ("watched_from", "weeks"),
    [(-7, [10.0]), (7, [9.0]), (69, [1 / 7]), (70, [])],
    ids=["always", "a week late", "on its last day", "when it had ended"],
)
def test_an_item_is_exposed_no_earlier_than_it_is_watched(
    watched_from: int, weeks: list[float]
) -> None:
    found = exposure({"watched_from": day(watched_from)})

    assert found["weeks"].to_list() == pytest.approx(weeks)


@pytest.mark.parametrize("item", [{"reached_at": None}, {"is_subtask": True}])
def test_an_item_never_committed_and_a_part_of_another_are_not_exposed(item: Row) -> None:
    assert exposure(item).is_empty()


def test_an_item_without_a_priority_is_not_exposed() -> None:
    assert exposure({}, shows="milestone").is_empty()


def test_an_item_whose_priority_changed_once_had_one() -> None:
    changed = decided([edit("product", -9, "Low", "High")])

    assert exposure({}, {}, shows="summary", of=changed)["item_id"].to_list() == ["1"]


def test_a_field_declared_as_priority_exposes_whatever_shows_it() -> None:
    urgency = DecisionRight("priority", ("Urgency",), decides="product")
    changed = decided([edit("product", 1, "a", "b", field="Urgency")], [urgency])

    assert exposure({}, {}, shows="Urgency", of=changed).height == 2


# --- changes -----------------------------------------------------------------------


def test_changes_of_priority_by_people_after_commitment_count() -> None:
    found = moves(
        edit("product", -1, "Low", "High"),
        edit("product", 1, "High", "Low"),
        edit("?", 2, "Low", "High"),
        edit("bot", 3, "High", "Low"),
        edit("product", 4, "Low", "High", is_bulk=True),
        edit("product", 5, "a", "b", field="description"),
    )

    assert found["change_number"].to_list() == [2, 3]


def test_what_is_declared_under_priority_counts_and_rank_does_not() -> None:
    urgency = DecisionRight("priority", ("Urgency", "Rank"), decides="product")
    found = moves(
        edit("product", 1, "a", "b", field="Urgency"),
        edit("product", 2, None, "Ranked higher", field="Rank"),
        rights=[urgency],
    )

    assert found.height == 1


def test_the_field_priority_counts_whatever_its_right_is_called() -> None:
    what = DecisionRight("what", ("priority", "fixVersions"), decides="product")
    found = moves(
        edit("product", 1, "Low", "High"),
        edit("product", 2, None, "2.0", field="fixVersions"),
        rights=[what],
    )

    assert found.height == 1


def test_there_and_back_is_a_reversal_whoever_goes_back() -> None:
    found = moves(edit("product", 1, "Low", "High"), edit("product", 2, "High", "Low"))

    assert found["is_reversal"].to_list() == [False, True]


def test_a_value_may_come_back_over_others_and_after_a_bot_replaced_it() -> None:
    found = moves(
        edit("bot", 1, "Low", "High"),
        edit("product", 2, "High", "Medium"),
        edit("engineering", 3, "Medium", "Low"),
    )

    assert found["is_reversal"].to_list() == [False, True]


def test_a_value_replaced_before_commitment_may_come_back_after_it() -> None:
    found = moves(edit("product", -1, "Low", "High"), edit("product", 2, "High", "Low"))

    assert found["is_reversal"].to_list() == [True]


@pytest.mark.parametrize(("days", "is_reversal"), [(14, True), (14.1, False)])
def test_what_comes_back_after_the_window_is_no_reversal(days: float, is_reversal: bool) -> None:  # noqa: FBT001 - the expectation
    back = edit("product", 1 + days, "High", "Low")

    assert moves(edit("product", 1, "Low", "High"), back)["is_reversal"].to_list() == [
        False,
        is_reversal,
    ]


def test_a_value_another_field_had_does_not_come_back() -> None:
    both = DecisionRight("priority", ("priority", "Urgency"))
    found = moves(
        edit("product", 1, "Low", "High"),
        edit("product", 2, "High", "Low", field="Urgency"),
        rights=[both],
    )

    assert found["is_reversal"].to_list() == [False, False]


def test_an_empty_value_comes_back_like_any_other() -> None:
    found = moves(edit("product", 1, None, "High"), edit("product", 2, "High", None))

    assert found["is_reversal"].to_list() == [False, True]


@given(
    st.lists(
        st.tuples(st.sampled_from("12"), st.integers(0, 9), st.sampled_from(["a", "b", None])),
        max_size=30,
    )
)
def test_a_reversal_brings_back_any_value_that_was_replaced_within_the_window(
    steps: list[tuple[str, int, str | None]],
) -> None:
    edits = _walked(steps)
    of_one = [one for one in edits if one["item_id"] == "1"]

    assert moves(*edits)["is_reversal"].to_list() == [
        one["to_text"]
        in [earlier["from_text"] for earlier in of_one[:number] if _near(earlier, one)]
        for number, one in enumerate(of_one)
    ]


def _near(earlier: Row, later: Row) -> bool:
    return bool(later["changed_at"] - earlier["changed_at"] <= WINDOW)


def _walked(steps: list[tuple[str, int, str | None]]) -> list[Row]:
    """Edits of two items, each by another person, some days after the one before."""
    edits: list[Row] = []
    holds: dict[str, str | None] = {}
    on = 1
    for number, (item, days, value) in enumerate(steps):
        on += days
        before = holds.get(item, "c")
        if before != value:
            who = {"item_id": item, "actor_id": f"person {number}"}
            edits.append(edit("product", on, before, value, **who))
        holds[item] = value
    return edits


def test_going_on_is_no_reversal() -> None:
    found = moves(edit("product", 1, "Low", "Medium"), edit("product", 2, "Medium", "High"))

    assert found["is_reversal"].to_list() == [False, False]


def test_mid_build_is_what_changes_in_an_active_stage() -> None:
    found = moves(
        edit("product", 1, "Low", "High"),
        edit("product", 2, "In Progress", "Done", field="status"),
        edit("product", 3, "High", "Low"),
        visits=stages((0, "active"), (2, "queue")),
    )

    assert found["is_mid_build"].to_list() == [True, False]


def test_a_change_in_the_click_that_starts_the_build_is_mid_build() -> None:
    found = moves(
        edit("product", 1, "Low", "High", change_group="one"),
        edit("product", 1, "Ready", "In Progress", field="status", change_group="one"),
        visits=stages((0, "queue"), (2, "active")),
    )

    assert found["is_mid_build"].to_list() == [True]


# --- churn -------------------------------------------------------------------------


def test_the_rate_is_changes_per_hundred_weeks_of_all_committed_items() -> None:
    weeks = exposure({}, {}, {"ended_at": day(140)})
    [row] = priority_churn(made(change("1", 1), change("3", 1)), weeks, NO_GROUPS).to_dicts()

    assert (row["changes"], row["items"], row["item_weeks"]) == (2, 3, 40)
    assert row["changes_per_100_item_weeks"] == pytest.approx(100 * 2 / 40)


def test_a_change_after_the_end_and_one_of_another_item_are_outside_the_exposure() -> None:
    late, other = change("1", 1, changed_at=day(71)), change("9", 1)
    [row] = priority_churn(made(late, other), exposure({}), NO_GROUPS).to_dicts()

    assert (row["changes"], row["changes_per_100_item_weeks"]) == (0, 0)


def test_a_change_from_before_the_watch_is_outside_the_exposure() -> None:
    weeks = exposure({"watched_from": day(1)})
    early, late = change("1", 1, changed_at=day(0.5)), change("1", 2)
    [row] = priority_churn(made(early, late), weeks, NO_GROUPS).to_dicts()

    assert (row["changes"], row["item_weeks"]) == (1, pytest.approx(69 / 7))


def test_below_ten_changes_the_rate_stands_and_the_shares_are_null() -> None:
    nine = made(*(change("1", number, is_reversal=True) for number in range(9)))
    [row] = priority_churn(nine, exposure({}), NO_GROUPS).to_dicts()

    assert row["verdict"] == "insufficient_data"
    assert row["changes_per_100_item_weeks"] == pytest.approx(90)
    assert (row["reversal_share"], row["mid_build_share"]) == (None, None)


def test_from_ten_changes_on_the_shares_are_given() -> None:
    ten = made(
        *(change("1", n, is_reversal=n < 3, is_mid_build=n < 5) for n in range(10)),
    )
    [row] = priority_churn(ten, exposure({}), NO_GROUPS).to_dicts()

    assert (row["verdict"], row["reversal_share"], row["mid_build_share"]) == ("measured", 0.3, 0.5)


def test_items_committed_by_one_team_in_one_week_are_one_cluster() -> None:
    rows = made(*(change(str(number), 1) for number in range(1, 7)))
    weeks = exposure(*[{}] * 12)

    assert priority_churn(rows, weeks, NO_GROUPS)["changes_high"].to_list() == [None]


@pytest.mark.parametrize("apart", ["in other weeks", "by other teams"])
def test_the_interval_is_over_teams_and_weeks(apart: str) -> None:
    by_weeks = [{"reached_at": day(7 * number)} for number in range(12)]
    by_teams = [{"team": f"T{number}"} for number in range(12)]
    weeks = exposure(*(by_weeks if apart == "in other weeks" else by_teams))

    rows = made(*(change(str(number), 1) for number in range(1, 7)))
    [row] = priority_churn(rows, weeks, NO_GROUPS).to_dicts()
    assert row["changes_low"] < row["changes_per_100_item_weeks"] < row["changes_high"]


def test_each_group_has_its_own_churn() -> None:
    weeks = exposure({}, {"team": "WEB"})
    found = priority_churn(made(change("2", 1)), weeks, Scopes(("WEB",), (), ("team:PAY",)))

    assert found.select("scope", "changes", "item_weeks").rows() == [
        ("organisation", 1, 20.0),
        ("team:WEB", 1, 10.0),
    ]


def test_where_nobody_was_exposed_there_is_no_rate() -> None:
    [row] = priority_churn(made(), exposure({"ended_at": day(0)}), NO_GROUPS).to_dicts()

    assert (row["item_weeks"], row["changes_per_100_item_weeks"]) == (0, None)


def test_nothing_committed_makes_no_rows() -> None:
    found = priority_churn(made(), exposure(), NO_GROUPS)

    assert found.is_empty()
    assert found.schema == PRIORITY_CHURN
