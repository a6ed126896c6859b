"""When a flag was raised: by a field that is not empty, by a label an item carries."""

from datetime import timedelta
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.histories.flags import FLAG_INTERVALS, flag_intervals
from pipelines.histories.history import with_group_end
from pipelines.policy import Flag
from tests.pipelines.frames import INSTANT, Row, at, frame

BORN = at("2026-03-02")
IMPEDED = Flag("Flagged", "external")
ASKED = Flag("label:needs-decision", "decision", "priority")
_TEXTS = ("item_id", "change_group", "field", "field_id", "from_id", "from_text", "to_id")


def changes(*rows: Row) -> pl.DataFrame:
    """Changes of item a, one a day, each in a group of its own unless it says otherwise."""
    numbered = (
        {
            "item_id": "a",
            "change_group": str(number),
            "sequence": number,
            "is_member": False,
            "is_bulk": False,
            "actor_role": "product",
            "changed_at": BORN + timedelta(days=number),
            **row,
        }
        for number, row in enumerate(rows, start=1)
    )
    texts = dict.fromkeys((*_TEXTS, "to_text", "actor_role"), pl.String)
    types = {**texts, **dict.fromkeys(("is_member", "is_bulk"), pl.Boolean), "sequence": pl.Int32}
    return with_group_end(frame(*numbered, **types, changed_at=INSTANT))


def present(*rows: Row) -> pl.DataFrame:
    numbered = ({"item_id": "a", "position": n, **row} for n, row in enumerate(rows, start=1))
    texts = ("item_id", "field", "field_id", "value_id", "value_text")
    return frame(*numbered, **dict.fromkeys(texts, pl.String), position=pl.Int32)


def intervals(
    *rows: Row, now: tuple[Row, ...] = (), flags: tuple[Flag, ...] = (IMPEDED, ASKED)
) -> pl.DataFrame:
    items = frame({"item_id": "a", "born_at": BORN}, item_id=pl.String, born_at=INSTANT)
    return flag_intervals(items, changes(*rows), present(*now), flags)


def ends(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The days of March on which a flag was raised and lifted."""
    return found.select(
        raised=pl.col("raised_at").dt.day(), lifted=pl.col("lifted_at").dt.day()
    ).rows()


def flagged(before: str | None, after: str | None, **more: Any) -> Row:
    return {"field": "Flagged", "from_text": before, "to_text": after, **more}


def labels(before: str, after: str, **more: Any) -> Row:
    """The whole list, as a Jira writes it."""
    return {"field": "labels", "from_text": before, "to_text": after, **more}


def label(*, out: str | None = None, into: str | None = None, **more: Any) -> Row:
    """One member, as a GitHub writes it."""
    return {"field": "labels", "is_member": True, "from_text": out, "to_text": into, **more}


def test_a_field_flag_is_raised_while_its_field_is_not_empty() -> None:
    found = intervals(flagged(None, "Impediment"), flagged("Impediment", None))

    assert ends(found) == [(3, 4)]
    assert found.select("flag", "waits_for", "decision_right").rows() == [
        ("Flagged", "external", "Flagged")
    ]


def test_a_field_emptied_with_blanks_is_empty() -> None:
    assert ends(intervals(flagged("", "Impediment"), flagged("Impediment", " "))) == [(3, 4)]


def test_a_field_is_named_by_its_id_too() -> None:
    moved = flagged(None, "Impediment", field_id="customfield_10021")

    found = intervals(moved, flags=(Flag("customfield_10021", "external"),))

    assert ends(found) == [(3, None)]


def test_a_label_flag_is_raised_while_a_whole_list_names_it() -> None:
    found = intervals(labels("ui", "ui Needs-Decision"), labels("ui Needs-Decision", "ui"))

    assert ends(found) == [(3, 4)]
    assert found["decision_right"].to_list() == ["priority"]


def test_a_label_flag_is_raised_while_a_member_is_in() -> None:
    found = intervals(label(into="needs-decision"), label(out="needs-decision"))

    assert ends(found) == [(3, 4)]


def test_part_of_a_label_is_another_label() -> None:
    assert intervals(labels("", "needs-decision-no-more")).is_empty()


def test_a_label_flag_without_a_right_asks_for_what_the_label_is_called() -> None:
    found = intervals(label(into="needs-price"), flags=(Flag("label:needs-price", "decision"),))

    assert found.select("flag", "decision_right").rows() == [("label:needs-price", "needs-price")]


def test_what_lifts_a_flag_and_who_is_told_beside_who_raised_it() -> None:
    found = intervals(
        flagged(None, "Impediment", actor_role="engineering"),
        flagged("Impediment", None, actor_role="bot"),
    )

    assert found.select("raised_end", "raised_by", "lifted_end", "lifted_by").rows() == [
        (1, "engineering", 2, "bot")
    ]


def test_a_flag_that_is_still_up_has_no_end() -> None:
    found = intervals(label(into="needs-decision"))

    assert found.select("lifted_at", "lifted_end", "lifted_by").rows() == [(None, None, None)]


def test_a_flag_set_at_creation_is_raised_since_birth_by_nobody_known() -> None:
    found = intervals(flagged("Impediment", None))

    assert ends(found) == [(2, 3)]
    assert found.select("raised_end", "raised_by").rows() == [(0, "?")]


def test_a_flag_that_never_changed_is_raised_since_birth() -> None:
    carried = {"field": "labels", "value_text": "needs-decision"}

    assert ends(intervals(now=(carried,))) == [(2, None)]


def test_raised_again_is_another_interval() -> None:
    up, down = flagged(None, "Impediment"), flagged("Impediment", None)

    assert ends(intervals(up, down, up)) == [(3, 4), (5, None)]


def test_raised_and_lifted_in_one_click_is_nothing() -> None:
    click = {"change_group": "one", "changed_at": at("2026-03-03")}

    assert intervals(
        flagged(None, "Impediment", **click), flagged("Impediment", None, **click)
    ).is_empty()


def test_another_value_leaves_the_flag_up() -> None:
    found = intervals(
        flagged(None, "Impediment"), flagged("Impediment", "Legal"), flagged("Legal", None)
    )

    assert ends(found) == [(3, 5)]


def test_another_spelling_of_the_label_leaves_the_flag_up() -> None:
    found = intervals(
        labels("", "needs-decision"),
        labels("needs-decision", "NEEDS-DECISION"),
        labels("NEEDS-DECISION", ""),
    )

    assert ends(found) == [(3, 5)]


def test_a_field_that_holds_members_is_up_while_it_has_one() -> None:
    found = intervals(
        *(
            {"field": "Blockers", "is_member": True, **move}
            for move in (
                {"to_text": "legal"},
                {"to_text": "tax"},
                {"from_text": "legal"},
                {"from_text": "tax"},
            )
        ),
        flags=(Flag("Blockers", "external"),),
    )

    assert ends(found) == [(3, 6)]


def test_what_was_done_in_bulk_says_so() -> None:
    found = intervals(flagged(None, "Impediment"), flagged("Impediment", None, is_bulk=True))

    assert found.select("is_raised_in_bulk", "is_lifted_in_bulk").rows() == [(False, True)]


def test_without_flags_there_are_no_intervals() -> None:
    found = intervals(flagged(None, "Impediment"), flags=())

    assert (found.height, found.schema) == (0, FLAG_INTERVALS)


def days_up(found: pl.DataFrame, last: int) -> set[int]:
    """The groups at whose end a flag was up."""
    return {
        number
        for start, end in found.select("raised_end", "lifted_end").rows()
        for number in range(start, end or last + 1)
    }


@given(st.lists(st.sampled_from((None, "Impediment", "Legal")), min_size=1, max_size=12))
def test_a_flag_is_up_exactly_when_its_field_is_filled(values: list[str | None]) -> None:
    moves = [flagged(*pair) for pair in zip([None, *values], values, strict=False)]

    found = intervals(*moves)

    filled = {number for number, value in enumerate(values, start=1) if value}
    assert days_up(found, len(values)) == filled


@given(st.lists(st.sampled_from(("ui", "needs-decision")), min_size=1, max_size=12))
def test_a_label_flag_is_up_exactly_when_the_label_is_on_in_either_tracker(
    toggled: list[str],
) -> None:
    held: set[str] = set()
    wholes, members, carried = [], [], set()
    for number, name in enumerate(toggled, start=1):
        after = held ^ {name}
        wholes.append(labels(" ".join(sorted(held)), " ".join(sorted(after))))
        members.append(label(into=name) if name in after else label(out=name))
        carried |= {number} if "needs-decision" in after else set()
        held = after

    for moves in (wholes, members):
        assert days_up(intervals(*moves), len(toggled)) == carried
