"""Which groups may be shown, so that nothing of a small one can be reckoned out."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cohorts.disclosure import Group, shown_groups
from tests.pipelines.frames import frame

KINDS = ("team", "item_type", "release")
Area: TypeAlias = tuple[str | None, str | None, str | None]
Item: TypeAlias = tuple[Area, tuple[str, ...]]


def acted(*items: Item) -> pl.DataFrame:
    """Who acted on items of a team, a type and a release; a row with nobody where nobody did."""
    return frame(
        *(
            {**dict(zip(KINDS, area, strict=True)), "actor_id": one}
            for area, people in items
            for one in people or (None,)
        ),
        **dict.fromkeys((*KINDS, "actor_id"), pl.String),
    )


def people(first: int, count: int) -> tuple[str, ...]:
    return tuple(f"p{number:02}" for number in range(first, first + count))


def team(name: str, first: int, count: int) -> Item:
    return (name, "Story", "R1"), people(first, count)


def withheld(*items: Item, minimum: int = 5) -> list[Group]:
    shown = shown_groups(acted(*items), minimum=minimum)
    return [group for group, is_shown in shown.items() if not is_shown]


def test_groups_of_enough_people_are_all_shown() -> None:
    assert withheld(team("PAY", 0, 5), team("WEB", 5, 5)) == []


def test_what_one_small_group_is_the_others_would_tell_so_the_smallest_of_them_goes_with_it() -> (
    None
):
    items = team("APP", 0, 3), team("PAY", 10, 9), team("WEB", 20, 6)

    assert withheld(*items) == [("team", "APP"), ("team", "WEB")]


def test_of_two_that_are_as_small_the_first_by_name_goes() -> None:
    items = team("APP", 0, 3), team("WEB", 10, 6), team("PAY", 20, 6)

    assert withheld(*items) == [("team", "APP"), ("team", "PAY")]


def test_small_groups_that_are_enough_people_together_hide_one_another() -> None:
    assert withheld(team("APP", 0, 3), team("OPS", 3, 2), team("PAY", 10, 6)) == [
        ("team", "APP"),
        ("team", "OPS"),
    ]


def test_two_small_groups_of_the_same_people_do_not() -> None:
    assert withheld(team("APP", 0, 4), team("OPS", 0, 4), team("PAY", 10, 6)) == [
        ("team", "APP"),
        ("team", "OPS"),
        ("team", "PAY"),
    ]


def test_items_of_no_group_are_what_the_groups_leave_of_the_organisation() -> None:
    released = ("PAY", "Story", "R1"), people(0, 6)
    unreleased = ("PAY", "Story", None)

    assert withheld(released, (unreleased, people(10, 2))) == [("release", "R1")]
    assert withheld(released, (unreleased, people(10, 5))) == []


def test_what_other_releases_leave_of_a_team_is_told_by_the_team() -> None:
    # R2 and R9 are together enough people, and each alone is what is left of its team.
    items = (
        (("PAY", "Story", "R1"), people(0, 9)),
        (("PAY", "Story", "R2"), people(9, 3)),
        (("WEB", "Story", "R8"), people(20, 8)),
        (("WEB", "Story", "R9"), people(28, 3)),
    )

    # Without R8 the team WEB tells R9 no more, and what R1 leaves of PAY is R2 no less.
    assert withheld(*items) == [
        ("release", "R1"),
        ("release", "R2"),
        ("release", "R8"),
        ("release", "R9"),
    ]


def test_what_tells_nothing_of_a_small_group_stays_although_it_is_smaller() -> None:
    items = (
        (("PAY", "Story", "R1"), people(0, 9)),
        (("PAY", "Story", "R2"), people(9, 3)),
        (("OPS", "Story", "R9"), people(20, 3)),
        (("OPS", "Story", None), people(20, 8)),
        (("WEB", "Story", None), people(30, 6)),
    )

    # Of what tells R2 with PAY the smallest is R1; WEB, smaller still, is only the rest of all.
    assert withheld(*items) == [("release", "R1"), ("release", "R2"), ("release", "R9")]


def test_a_team_that_leaves_more_than_the_small_release_tells_nothing_of_it() -> None:
    items = (
        (("PAY", "Story", "R1"), people(0, 9)),
        (("PAY", "Story", "R2"), people(9, 3)),
        (("PAY", "Story", None), people(0, 9)),
        (("WEB", "Story", "R9"), people(28, 3)),
        (("WEB", "Story", None), people(20, 8)),
    )

    assert withheld(*items) == [("release", "R2"), ("release", "R9")]


def test_an_organisation_of_few_people_shows_no_group() -> None:
    assert withheld(team("PAY", 0, 4)) == [
        ("team", "PAY"),
        ("item_type", "Story"),
        ("release", "R1"),
    ]


def test_without_items_there_are_no_groups() -> None:
    assert shown_groups(acted(), minimum=5) == {}


# --- the law -----------------------------------------------------------------------

_AREAS = st.tuples(
    st.sampled_from("tuvw"), st.sampled_from(("x", "y", "z", None)), st.sampled_from("lmno")
)
_ITEMS = st.lists(
    st.tuples(_AREAS, st.lists(st.sampled_from("abcdefghij"), max_size=4).map(tuple)),
    min_size=1,
    max_size=30,
)


def vector(items: Iterable[Item], group: Group) -> list[float]:
    place = KINDS.index(group[0])
    return [float(area[place] == group[1]) for area, _ in items]


@given(_ITEMS, st.integers(2, 6))
def test_no_small_group_is_a_sum_and_difference_of_what_is_shown(
    items: list[Item], minimum: int
) -> None:
    groups = shown_groups(acted(*items), minimum=minimum)
    told = np.array([[1.0] * len(items), *(vector(items, one) for one in groups if groups[one])])
    for group in groups:
        hidden = vector(items, group)
        who = {
            one for (_, actors), is_in in zip(items, hidden, strict=True) if is_in for one in actors
        }
        if len(who) >= minimum or all(hidden):
            continue
        assert not groups[group]
        assert np.linalg.matrix_rank([*told, hidden]) > np.linalg.matrix_rank(told)


@given(_ITEMS, st.integers(2, 6))
def test_what_the_shown_groups_of_a_kind_leave_is_enough_people_or_all(
    items: list[Item], minimum: int
) -> None:
    groups = shown_groups(acted(*items), minimum=minimum)
    for kind in KINDS:
        shown = [group for group, is_shown in groups.items() if is_shown and group[0] == kind]
        held = np.sum([[0.0] * len(items), *(vector(items, one) for one in shown)], axis=0)
        left = [actors for (_, actors), is_held in zip(items, held, strict=True) if not is_held]
        assert not shown or not left or len(set().union(*left)) >= minimum


@pytest.mark.parametrize("minimum", [1, 2])
def test_the_order_of_the_rows_does_not_matter(minimum: int) -> None:
    rows = acted(team("APP", 0, 1), team("PAY", 0, 3), team("WEB", 2, 3), team("OPS", 4, 2))

    assert shown_groups(rows.reverse(), minimum=minimum) == shown_groups(rows, minimum=minimum)
