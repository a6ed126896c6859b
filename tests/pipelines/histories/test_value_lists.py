"""Fields of several values, read member by member in every way trackers have written them."""

import polars as pl

from pipelines.histories.value_lists import holds_lists, list_timeline, value_names
from tests.pipelines.frames import at
from tests.pipelines.one_item import BORN, ITEM, changes, present

THEMES = (
    {"field": "Theme", "value_id": "15", "value_text": "Interface"},
    {"field": "Theme", "value_id": "16", "value_text": "Yes, but later"},
)


def timeline_of(
    moved: pl.DataFrame, now: pl.DataFrame, items: pl.DataFrame, field: str
) -> pl.DataFrame:
    return list_timeline(moved, now, items, field, value_names(now, items, field))


def lists(moved: pl.DataFrame, now: pl.DataFrame) -> list[tuple[object, ...]]:
    found = timeline_of(moved, now, ITEM, "theme")
    return found.select("group_end", "members").rows()


def theme(text: str | None, ids: str | None = None, **more: object) -> dict[str, object]:
    return {"field": "Theme", "to_text": text, "to_id": ids, **more}


def test_ids_in_brackets_and_texts_between_commas_are_members() -> None:
    moved = changes(theme("Delivery,Supply", "[10218, 10244]"))

    assert lists(moved, present()) == [(0, []), (1, ["Delivery", "Supply"])]


def test_ids_between_commas_are_members_too() -> None:
    moved = changes(theme("Sprint 9, Sprint 10", "10, 12"))

    assert lists(moved, present()) == [(0, []), (1, ["Sprint 10", "Sprint 9"])]


def test_texts_alone_are_members_with_commas_between_them() -> None:
    now = present({"field": "Theme", "value_text": "A"}, {"field": "Theme", "value_text": "B"})

    assert lists(changes(theme("A, B")), now) == [(0, []), (1, ["A", "B"])]


def test_texts_alone_in_brackets_are_members() -> None:
    moved = changes(theme("[Interface, Search Engine]"), theme("[Interface]"))

    assert lists(moved, present(*THEMES)) == [
        (0, []),
        (1, ["Interface", "Search Engine"]),
        (2, ["Interface"]),
    ]


def test_texts_of_a_field_without_ids_are_labels_between_blanks() -> None:
    now = present({"field": "Theme", "value_text": "a"}, {"field": "Theme", "value_text": "b"})

    assert lists(changes(theme("b a")), now) == [(0, []), (1, ["a", "b"])]


def test_a_name_of_several_words_is_one_member_where_names_have_ids() -> None:
    now = present({"field": "Theme", "value_id": "1", "value_text": "Search Engine"})

    assert lists(changes(theme("Semantic Web")), now) == [(0, []), (1, ["Semantic Web"])]


def test_one_id_is_one_member_whatever_commas_its_name_has() -> None:
    moved = changes(theme("Yes, but later", "[16]"))

    assert lists(moved, present()) == [(0, []), (1, ["Yes, but later"])]


def test_names_with_commas_in_them_are_told_apart_by_their_ids() -> None:
    moved = changes(theme("Yes, but later,Interface", "[16, 15]"))

    assert lists(moved, present(*THEMES)) == [(0, []), (1, ["Interface", "Yes, but later"])]


def test_before_its_first_change_the_list_was_what_that_change_replaced() -> None:
    moved = changes(theme("B", "[2]", from_text="A,B", from_id="[1, 2]"))

    assert lists(moved, present()) == [(0, ["A", "B"]), (1, ["B"])]


def test_a_list_emptied_is_known_to_be_empty() -> None:
    moved = changes(theme(None, None, from_text="A", from_id="[1]"))

    assert lists(moved, present({"field": "Theme"})) == [(0, ["A"]), (1, [])]


def test_without_any_change_the_list_is_its_present_members_since_birth() -> None:
    found = timeline_of(changes(), present(*THEMES), ITEM, "Theme")

    assert found.select("valid_from", "members").rows() == [
        (at(BORN), ["Interface", "Yes, but later"])
    ]


def test_a_present_value_may_be_a_whole_list_where_it_was_cut_out_of_a_history() -> None:
    now = present({"field": "Theme", "value_id": "[1, 2]", "value_text": "A,B"})

    assert lists(changes(), now) == [(0, ["A", "B"])]


def test_an_item_of_which_nothing_is_known_has_no_list() -> None:
    assert lists(changes(), present()) == []


def test_a_later_value_of_another_item_changes_nothing() -> None:
    moved = changes(theme("A,B", "[1, 2]", item_id="b"))

    found = timeline_of(moved, present({"field": "Theme"}), two_items("acme"), "Theme")
    assert found.select("item_id", "members").rows() == [("a", []), ("b", []), ("b", ["A", "B"])]


NAMED = {"field": "Theme", "value_id": "1", "value_text": "Search, fast"}
RENAMED = {**NAMED, "item_id": "b", "value_text": "Find"}


def two_items(source_of_b: str) -> pl.DataFrame:
    other = ITEM.with_columns(item_id=pl.lit("b"), source=pl.lit(source_of_b))
    return pl.concat([ITEM, other])


def test_of_two_names_of_one_id_the_first_by_the_alphabet_counts_in_whatever_order() -> None:
    moved = changes(theme("Find, Search, fast", "1, 2"), theme("Find", "1", item_id="b"))

    for now in (present(NAMED, RENAMED), present(RENAMED, NAMED)):
        found = timeline_of(moved, now, two_items("acme"), "Theme")
        assert found.filter(group_end=1)["members"].to_list() == [["2", "Find"]]


def test_an_id_of_another_source_names_nothing_here() -> None:
    moved = changes(theme("Search, fast, Other", "1, 2"))

    found = timeline_of(moved, present(NAMED, RENAMED), two_items("rival"), "Theme")
    assert found.filter(group_end=1)["members"].to_list() == [["2", "Search, fast"]]


# --- which fields ------------------------------------------------------------------


def test_a_field_that_has_several_values_now_holds_lists() -> None:
    assert holds_lists(changes(), present(*THEMES), "Theme")
    assert not holds_lists(changes(), present(THEMES[0]), "Theme")


def test_a_field_whose_changes_carry_lists_of_ids_holds_lists() -> None:
    assert holds_lists(changes(theme("Interface", "[15]")), present(), "Theme")
    assert not holds_lists(changes(theme("Interface", "15")), present(), "Theme")


def test_a_field_whose_texts_list_known_values_holds_lists() -> None:
    known = present({"field": "Theme", "value_text": "A"})

    assert holds_lists(changes(theme("A,A")), known, "Theme")
    assert holds_lists(changes(theme("[A]")), known, "Theme")
    assert not holds_lists(changes(theme("A, or perhaps B")), known, "Theme")


def test_a_text_with_commas_in_it_is_one_text() -> None:
    words = "Refund arrives, mail is sent"

    assert not holds_lists(
        changes(theme(words)), present(theme(None) | {"value_text": words}), "Theme"
    )
