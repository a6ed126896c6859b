"""Groups are shown from a number of people on; below it they count in the organisation only."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cohorts.scopes import Scopes, in_each_scope, visible_scopes
from tests.pipelines.frames import Row, frame


def items(*rows: Row) -> pl.DataFrame:
    usual = {"team": "PAY", "item_type": "Story"}
    return frame(
        *({"item_id": str(number), **usual, **row} for number, row in enumerate(rows)),
        **dict.fromkeys(("item_id", "team", "item_type", "release"), pl.String),
    )


def changes(*made: tuple[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(made, schema={"item_id": pl.String, "actor_id": pl.String}, orient="row")


def people(item: str, count: int, name: str = "p") -> list[tuple[str, str | None]]:
    return [(item, f"{name}{number}") for number in range(count)]


def scopes(
    of: pl.DataFrame, made: list[tuple[str, str | None]], bots: tuple[str, ...] = ()
) -> Scopes:
    acted = of.join(changes(*made), on="item_id", how="left")
    return visible_scopes(acted, list(bots), minimum_group=5)


@pytest.mark.parametrize(
    ("count", "shown", "withheld"), [(4, (), ("team:PAY",)), (5, ("PAY",), ())]
)
def test_a_team_of_four_is_withheld_and_one_of_five_is_shown(
    count: int, shown: tuple[str, ...], withheld: tuple[str, ...]
) -> None:
    found = scopes(items({"item_type": None}), people("0", count))

    assert (found.teams, found.withheld) == (shown, withheld)


def test_a_type_of_item_that_few_people_touch_is_withheld_in_a_team_that_many_do() -> None:
    few = {"item_type": "Audit"}, {"item_type": "Incident"}
    found = scopes(items({}, *few), [*people("0", 6), *people("1", 2), *people("2", 3, "q")])

    assert found == Scopes(("PAY",), ("Story",), ("item_type:Audit", "item_type:Incident"))


def test_a_lone_small_group_takes_the_smallest_other_with_it() -> None:
    several = items({}, {"item_type": "Audit"}, {"item_type": "Bug"})
    found = scopes(several, [*people("0", 6), *people("1", 2), *people("2", 5)])

    assert found == Scopes(("PAY",), ("Story",), ("item_type:Audit", "item_type:Bug"))


def test_a_release_is_a_group_where_items_have_any() -> None:
    with_releases = items({}, {"release": "R1"}, {"release": "R2"})
    found = scopes(
        with_releases, [*people("0", 5, "q"), *people("1", 5, "r"), *people("2", 5, "s")]
    )
    without = scopes(with_releases.drop("release"), people("0", 5))

    assert (found.releases, without.releases) == (("R1", "R2"), ())


def test_who_acts_often_is_one_person() -> None:
    found = scopes(items({}, {}), [*people("0", 3), *people("1", 3)])

    assert found.teams == ()


def test_bots_are_no_people() -> None:
    assert scopes(items({}), people("0", 5), bots=("p0",)).teams == ()


def test_an_actor_whom_the_tracker_does_not_name_is_no_person() -> None:
    assert scopes(items({}), [*people("0", 4), ("0", None)]).teams == ()


def test_a_team_in_which_nobody_acted_is_withheld() -> None:
    assert scopes(items({"item_type": None}), []).withheld == ("team:PAY",)


def test_an_item_nobody_touched_adds_and_takes_no_person() -> None:
    assert scopes(items({}, {}), people("0", 4)).teams == ()
    assert scopes(items({}, {}), people("0", 5)).teams == ("PAY",)


def test_the_organisation_comes_first_then_teams_then_types() -> None:
    found = in_each_scope(items({}, {"team": "WEB"}), Scopes(("PAY", "WEB"), ("Story",), ()))

    assert [(scope, part.height) for scope, part in found] == [
        ("organisation", 2),
        ("team:PAY", 1),
        ("team:WEB", 1),
        ("item_type:Story", 2),
    ]


def test_a_withheld_group_counts_in_the_organisation() -> None:
    found = in_each_scope(items({}, {"team": "WEB"}), Scopes(("PAY",), (), ("team:WEB",)))

    assert [(scope, part.height) for scope, part in found] == [("organisation", 2), ("team:PAY", 1)]


def test_types_can_be_left_out() -> None:
    found = in_each_scope(items({}), Scopes((), ("Story",), ()), by_type=False)

    assert [scope for scope, _ in found] == ["organisation"]


def test_releases_have_parts_where_they_are_asked_for_and_the_rows_name_one() -> None:
    rows, shown = items({}, {"release": "R1"}), Scopes((), (), (), releases=("R1",))

    assert [scope for scope, _ in in_each_scope(rows, shown)] == ["organisation"]
    assert [
        (scope, part.height) for scope, part in in_each_scope(rows, shown, by_release=True)
    ] == [("organisation", 2), ("release:R1", 1)]
    bare = in_each_scope(rows.drop("release"), shown, by_release=True)
    assert [scope for scope, _ in bare] == ["organisation"]


@given(st.lists(st.tuples(*(st.sampled_from("abc") for _ in range(3)))), st.permutations("abc"))
def test_the_parts_of_a_kind_are_disjoint_and_hold_every_row_of_the_groups_that_are_shown(
    drawn: list[tuple[str, ...]], order: list[str]
) -> None:
    rows = items(*(dict(zip(("team", "item_type", "release"), one, strict=True)) for one in drawn))
    names = tuple(order[:2])
    parts = dict(in_each_scope(rows, Scopes(names, names, (), releases=names), by_release=True))

    for kind in ("team", "item_type", "release"):
        found = [part for scope, part in parts.items() if scope.startswith(f"{kind}:")]
        held = pl.concat([rows.clear(), *found])["item_id"].sort().to_list()
        assert held == rows.filter(pl.col(kind).is_in(names))["item_id"].sort().to_list()


def test_a_group_without_rows_and_an_empty_organisation_have_no_scope() -> None:
    assert [scope for scope, _ in in_each_scope(items({}), Scopes(("WEB",), (), ()))] == [
        "organisation"
    ]
    assert list(in_each_scope(items(), Scopes(("PAY",), (), ()))) == []
