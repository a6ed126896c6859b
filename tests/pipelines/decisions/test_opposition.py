"""A contest is one role undoing or opposing what another did to the same field, soon after."""

from datetime import timedelta
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.decisions.clicks import clicks
from pipelines.decisions.opposition import with_contests
from tests.pipelines.frames import Row
from tests.pipelines.governed_edits import changes, edit, member

WINDOW = timedelta(days=14)
DATE = {"field": "duedate"}
APRIL, MAY, JUNE = "2026-04-01", "2026-05-01", "2026-06-01"


def contests(*edits: Row) -> list[bool]:
    """Whether each edit, in order of time, contests another."""
    return with_contests(clicks(changes(edits)), window=WINDOW)["is_contest"].to_list()


def test_who_moves_first_contests_nobody() -> None:
    assert contests(edit("product", 1, "Low", "High")) == [False]


def test_bringing_back_what_another_role_replaced_is_a_contest() -> None:
    assert contests(
        edit("product", 1, "Soon", "Later"), edit("engineering", 2, "Later", "Soon")
    ) == [False, True]


def test_going_on_in_the_same_direction_is_none() -> None:
    assert contests(
        edit("product", 1, APRIL, MAY, **DATE), edit("engineering", 2, MAY, JUNE, **DATE)
    ) == [False, False]


def test_moving_a_date_the_other_way_is_a_contest_though_it_is_another_date() -> None:
    assert contests(
        edit("product", 1, MAY, APRIL, **DATE), edit("engineering", 2, APRIL, JUNE, **DATE)
    ) == [False, True]


def test_a_priority_raised_and_then_lowered_beyond_its_old_value_is_contested() -> None:
    assert contests(
        edit("product", 1, "Medium", "High"), edit("engineering", 2, "High", "Lowest")
    ) == [False, True]


def test_numbers_have_an_order_texts_and_titles_have_none() -> None:
    points, text = {"field": "Story Points"}, {"field": "description"}
    title = {"field": "milestone"}

    assert contests(
        edit("product", 1, "3", "10", **points),
        edit("engineering", 2, "10", "5.5", **points),
        edit("product", 3, "a", "c", **text),
        edit("engineering", 4, "c", "b", **text),
        edit("product", 5, "1", "3", **title),
        edit("engineering", 6, "3", "2", **title),
    ) == [False, True, False, False, False, False]


def test_the_answer_to_a_contest_is_a_contest_too() -> None:
    assert contests(
        edit("product", 1, "Low", "High"),
        edit("engineering", 2, "High", "Low"),
        edit("product", 3, "Low", "High"),
    ) == [False, True, True]


@pytest.mark.parametrize(("days", "is_contest"), [(14, True), (14.1, False)])
def test_what_is_undone_after_the_window_is_a_new_decision(days: float, is_contest: bool) -> None:  # noqa: FBT001 - the expectation
    answer = edit("engineering", 1 + days, "High", "Low")

    assert contests(edit("product", 1, "Low", "High"), answer) == [False, is_contest]


def test_a_role_that_changes_its_own_mind_contests_nobody() -> None:
    assert contests(
        edit("product", 1, "Low", "High", actor_id="ada"),
        edit("product", 2, "High", "Low", actor_id="ben"),
    ) == [False, False]


@pytest.mark.parametrize("nobody", [{"actor_role": "bot"}, {"actor_role": "?"}, {"is_bulk": True}])
def test_bots_unknown_actors_and_bulk_edits_neither_contest_nor_are_contested(nobody: Row) -> None:
    raised, lowered = edit("product", 1, "Low", "High"), edit("engineering", 2, "High", "Low")

    assert contests({**raised, **nobody}, lowered) == [False, False]
    assert contests(raised, {**lowered, **nobody}) == [False, False]


def test_it_is_the_most_recent_change_by_another_role_that_is_answered() -> None:
    assert contests(
        edit("product", 1, APRIL, MAY, **DATE),
        edit("quality", 2, MAY, APRIL, **DATE),
        edit("engineering", 3, APRIL, "2026-03-15", **DATE),
    ) == [False, True, False]


def test_a_change_of_ones_own_in_between_hides_nothing() -> None:
    assert contests(
        edit("product", 1, MAY, APRIL, **DATE),
        edit("engineering", 2, APRIL, "2026-03-20", **DATE),
        edit("engineering", 3, "2026-03-20", MAY, **DATE),
    ) == [False, False, True]


def test_who_has_moved_a_date_back_contests_nothing_by_moving_it_on() -> None:
    assert contests(
        edit("product", 1, MAY, APRIL, **DATE),
        edit("engineering", 2, APRIL, MAY, **DATE),
        edit("engineering", 3, MAY, JUNE, **DATE),
    ) == [False, True, False]


def test_who_moves_a_date_back_by_halves_contests_twice() -> None:
    assert contests(
        edit("product", 1, JUNE, APRIL, **DATE),
        edit("engineering", 2, APRIL, MAY, **DATE),
        edit("engineering", 3, MAY, "2026-07-01", **DATE),
    ) == [False, True, True]


def test_a_value_given_back_is_not_given_back_again_by_ones_own_return() -> None:
    assert contests(
        edit("product", 1, "Soon", "Later"),
        edit("engineering", 2, "Later", "Soon"),
        edit("engineering", 3, "Soon", "Never"),
        edit("engineering", 4, "Never", "Soon"),
    ) == [False, True, False, False]


@pytest.mark.parametrize("before", [None, APRIL])
def test_clearing_a_date_another_role_set_is_a_contest(before: str | None) -> None:
    assert contests(
        edit("product", 1, before, MAY, **DATE), edit("engineering", 2, MAY, None, **DATE)
    ) == [False, True]


@pytest.mark.parametrize("again", [APRIL, JUNE])
def test_setting_a_date_another_role_cleared_is_a_contest(again: str) -> None:
    assert contests(
        edit("product", 1, APRIL, None, **DATE), edit("engineering", 2, None, again, **DATE)
    ) == [False, True]


def test_giving_again_what_another_role_emptied_is_contested_once() -> None:
    assert contests(
        edit("product", 1, APRIL, None, **DATE),
        edit("engineering", 2, None, MAY, **DATE),
        edit("engineering", 3, MAY, JUNE, **DATE),
    ) == [False, True, False]


def test_a_field_left_as_empty_as_another_role_had_found_it_is_a_contest() -> None:
    assert contests(
        edit("product", 1, None, APRIL, **DATE),
        edit("engineering", 2, APRIL, MAY, **DATE),
        edit("engineering", 3, MAY, None, **DATE),
    ) == [False, False, True]


def test_clearing_what_one_has_put_there_oneself_is_none() -> None:
    assert contests(
        edit("product", 1, APRIL, MAY, **DATE),
        edit("engineering", 2, MAY, JUNE, **DATE),
        edit("engineering", 3, JUNE, None, **DATE),
    ) == [False, False, False]


def test_a_date_set_and_then_moved_is_no_contest() -> None:
    assert contests(
        edit("product", 1, None, APRIL, **DATE), edit("engineering", 2, APRIL, MAY, **DATE)
    ) == [False, False]


def test_each_field_and_each_item_has_contests_of_its_own() -> None:
    assert contests(
        edit("product", 1, "Low", "High"),
        edit("engineering", 2, "High", "Low", field="severity"),
        edit("engineering", 3, "High", "Low", item_id="2"),
    ) == [False, False, False]


def test_a_release_swapped_back_is_a_contest() -> None:
    assert contests(
        *(member("product", 1, taken="1.0"), member("product", 1, put="2.0")),
        *(member("engineering", 2, taken="2.0"), member("engineering", 2, put="1.0")),
    ) == [False, True]


def test_taking_out_the_release_another_role_put_in_is_a_contest() -> None:
    assert contests(member("product", 1, put="2.0"), member("engineering", 2, taken="2.0")) == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    "answer",
    [
        (member("engineering", 2, taken="1.0"),),
        (member("engineering", 2, put="3.0"),),
        (member("engineering", 2, taken="2.0"), member("engineering", 2, put="3.0")),
    ],
    ids=["another taken out", "another put in", "moved on to another"],
)
def test_what_concerns_other_releases_is_no_contest(answer: tuple[Row, ...]) -> None:
    assert contests(member("product", 1, put="2.0"), *answer) == [False, False]


def test_the_names_of_priorities_count_before_their_ids() -> None:
    raised = edit("product", 1, "Minor", "Major", from_id="2", to_id="3")
    lowered = edit("engineering", 2, "Major", "Trivial", from_id="3", to_id="4")

    assert contests(raised, lowered) == [False, True]


@pytest.mark.parametrize(("first", "is_contest"), [(1, True), (10_001, False)])
def test_ids_order_only_the_priorities_of_the_tracker_itself(
    first: int,
    is_contest: bool,  # noqa: FBT001 - the expectation
) -> None:
    ids = [str(first + number) for number in range(3)]

    assert contests(
        edit("product", 1, "B", "A", from_id=ids[1], to_id=ids[0]),
        edit("engineering", 2, "A", "C", from_id=ids[0], to_id=ids[2]),
    ) == [False, is_contest]


# --- laws --------------------------------------------------------------------------

_PRIORITIES = ("Low", "Medium", "High", None)
_EDITS = st.lists(
    st.builds(
        edit,
        st.sampled_from(("product", "engineering", "ceo", "bot", "?")),
        st.integers(0, 40),
        st.sampled_from(_PRIORITIES),
        st.sampled_from(_PRIORITIES),
        item_id=st.sampled_from(("1", "2")),
        is_bulk=st.sampled_from((False, False, True)),
    ),
    max_size=12,
).map(lambda drawn: sorted(drawn, key=lambda one: one["changed_at"]))
_LAW = settings(max_examples=60, deadline=None, database=None)


@_LAW
@given(_EDITS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(edits: list[Row], random: Random) -> None:
    found = clicks(changes(edits))
    order = list(range(found.height))
    random.shuffle(order)
    shuffled = with_contests(found[order], window=WINDOW).sort("item_id", "sequence")

    assert shuffled.equals(with_contests(found, window=WINDOW))


@_LAW
@given(_EDITS, st.integers(-400, 400))
def test_when_it_all_happened_does_not_matter(edits: list[Row], days: int) -> None:
    later = [{**one, "changed_at": one["changed_at"] + timedelta(days=days)} for one in edits]

    assert contests(*later) == contests(*edits)


@_LAW
@given(_EDITS)
def test_what_the_roles_are_called_does_not_matter(edits: list[Row]) -> None:
    names = {"product": "engineering", "engineering": "ceo", "ceo": "product"}
    renamed = [
        {**one, "actor_role": names.get(one["actor_role"], one["actor_role"])} for one in edits
    ]

    assert contests(*renamed) == contests(*edits)


@_LAW
@given(_EDITS)
def test_one_role_alone_contests_nobody(edits: list[Row]) -> None:
    alone = [{**one, "actor_role": "product"} for one in edits]

    assert not any(contests(*alone))


def test_nothing_makes_no_contests() -> None:
    assert with_contests(clicks(changes([])), window=WINDOW).schema["is_contest"] == pl.Boolean
