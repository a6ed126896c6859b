"""Raised flags as requests: answered when lifted, or by the field that was asked about."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.decisions.flag_verdicts import flag_verdicts
from pipelines.histories.flags import FLAG_INTERVALS
from pipelines.histories.history import with_group_end
from pipelines.policy import DecisionRight
from tests.pipelines.frames import INSTANT, Row, at, frame

DAY_0 = at("2026-03-02")
RIGHTS = (DecisionRight("priority", ("priority", "due date", "estimate"), decides="product"),)
ENDED = {"is_ended": True, "is_dropped": False}
DROPPED = {"is_ended": True, "is_dropped": True}


def day(number: float) -> Any:
    return DAY_0 + timedelta(days=number)


def raised(first: int, last: int | None = None, **more: Any) -> Row:
    """A flag that asks for a priority, raised on a day and lifted on another; a group a day."""
    return {
        "flag": "label:rank-me",
        "waits_for": "decision",
        "decision_right": "priority",
        "raised_at": day(first),
        "raised_end": first,
        "raised_by": "engineering",
        "is_raised_in_bulk": False,
        "lifted_at": None if last is None else day(last),
        "lifted_end": last,
        "lifted_by": None if last is None else "product",
        "is_lifted_in_bulk": None if last is None else False,
        **more,
    }


def moved(on: int, before: str | None, after: str | None, **more: Any) -> Row:
    """The priority changed on a day."""
    return {
        "change_group": str(on),
        "sequence": on,
        "changed_at": day(on),
        "from_text": before,
        "to_text": after,
        **more,
    }


def verdicts(
    *flags: Row,
    moves: tuple[Row, ...] = (),
    life: Row | None = None,
    rights: tuple[DecisionRight, ...] = RIGHTS,
    window: float = 14,
) -> pl.DataFrame:
    """The requests of item a, watched for forty days unless its life says otherwise."""
    items = frame(
        {
            "item_id": "a",
            "ended_at": day(40),
            "is_ended": False,
            "is_dropped": False,
            **(life or {}),
        },
        item_id=pl.String,
        ended_at=INSTANT,
        **dict.fromkeys(("is_ended", "is_dropped"), pl.Boolean),
    )
    texts = ("item_id", "change_group", "field", "field_id", "from_id", "from_text", "to_id")
    usual = {"item_id": "a", "field": "priority", "is_member": False, "is_bulk": False}
    changes = frame(
        *({**usual, "actor_role": "ceo", **move} for move in moves),
        **dict.fromkeys((*texts, "to_text", "actor_id", "actor_role"), pl.String),
        **dict.fromkeys(("is_member", "is_bulk"), pl.Boolean),
        sequence=pl.Int32,
        changed_at=INSTANT,
    )
    flagged = frame(*({"item_id": "a", **one} for one in flags), **FLAG_INTERVALS)
    return flag_verdicts(
        flagged, items, with_group_end(changes), rights=rights, window=timedelta(days=window)
    )


def ends(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The outcome of each request, and the days on which it was made and ended."""
    days = {name: (pl.col(name) - DAY_0).dt.total_days() for name in ("requested_at", "ended_at")}
    return found.select("outcome", **days).rows()


def reversals(found: pl.DataFrame) -> list[int | None]:
    return found.select((pl.col("reversed_at") - DAY_0).dt.total_days()).to_series().to_list()


def blocked(first: int, last: int | None = None, **more: Any) -> Row:
    """A flag that asks for no declared right: what it waits for is known to those who lift it."""
    return raised(first, last, **{"flag": "Flagged", "decision_right": "Flagged", **more})


def test_a_flag_asks_when_raised_and_is_answered_when_lifted() -> None:
    found = verdicts(blocked(2, 5))

    assert ends(found) == [("decided", 2, 5)]
    assert found.select("channel", "decision_right", "asked_role", "decided_by_role").rows() == [
        ("flag", "Flagged", None, "product")
    ]


def test_what_asks_for_a_right_and_is_lifted_unanswered_was_taken_back() -> None:
    found = verdicts(raised(2, 5))

    assert ends(found) == [("withdrawn", 2, 5)]
    assert found.select("asked_role", "decided_by_role").rows() == [("product", None)]


def test_a_flag_that_is_up_waits() -> None:
    assert ends(verdicts(raised(2))) == [("open", 2, None)]


def test_a_flag_that_waits_for_others_asks_for_no_decision() -> None:
    assert verdicts(raised(2, 5, waits_for="external")).is_empty()


def test_a_flag_of_no_declared_right_asks_nobody_known() -> None:
    found = verdicts(raised(2, decision_right="Flagged"), moves=(moved(3, "Low", "High"),))

    assert found.select("outcome", "asked_role").rows() == [("open", None)]


def test_lifted_by_a_bot_is_withdrawn_and_answered_before_it_is_not() -> None:
    found = verdicts(blocked(2, 5, lifted_by="bot"))

    assert ends(found) == [("withdrawn", 2, 5)]
    assert found["decided_by_role"].to_list() == [None]
    answered = verdicts(raised(2, 5, lifted_by="bot"), moves=(moved(4, "Low", "High"),))
    assert ends(answered) == [("decided", 2, 4)]


def test_the_field_that_was_asked_about_answers_while_the_flag_is_up() -> None:
    found = verdicts(raised(2, 9), moves=(moved(4, "Low", "High"), moved(6, "High", "Top")))

    assert ends(found) == [("decided", 2, 4)]
    assert found["decided_by_role"].to_list() == ["ceo"]


def test_the_field_answers_a_flag_that_is_never_lifted() -> None:
    assert ends(verdicts(raised(2), moves=(moved(4, "Low", "High"),))) == [("decided", 2, 4)]


def test_a_field_that_changed_after_the_lifting_answers_nothing() -> None:
    found = verdicts(raised(2, 5), moves=(moved(7, "Low", "High"),))

    assert ends(found) == [("withdrawn", 2, 5)]


def test_a_field_that_changed_in_the_click_that_raised_the_flag_is_the_question() -> None:
    found = verdicts(raised(2), moves=(moved(2, "Low", "High"),))

    assert ends(found) == [("open", 2, None)]


@pytest.mark.parametrize("field", ["Priority", "duedate", "Story Points"])
def test_a_field_is_governed_under_the_names_trackers_have_for_it(field: str) -> None:
    assert ends(verdicts(raised(2), moves=(moved(4, "1", "2", field=field),))) == [
        ("decided", 2, 4)
    ]


def test_another_field_answers_nothing() -> None:
    found = verdicts(raised(2), moves=(moved(4, "1", "2", field="summary"),))

    assert ends(found) == [("open", 2, None)]


def test_a_renamed_value_answers_nothing() -> None:
    renamed = moved(4, "High", "Urgent", from_id="2", to_id="2")

    assert ends(verdicts(raised(2), moves=(renamed,))) == [("open", 2, None)]


@pytest.mark.parametrize("by_nobody", [{"is_bulk": True}, {"actor_role": "bot"}])
def test_a_field_that_no_person_changed_answers_nothing(by_nobody: Row) -> None:
    found = verdicts(raised(2), moves=(moved(4, "Low", "High", **by_nobody),))

    assert ends(found) == [("open", 2, None)]


def test_a_flag_lifted_in_bulk_was_withdrawn() -> None:
    found = verdicts(raised(2, 5, is_lifted_in_bulk=True))

    assert ends(found) == [("withdrawn", 2, 5)]
    assert found["decided_by_role"].to_list() == [None]


def test_an_item_dropped_while_its_flag_was_up_was_dropped() -> None:
    assert ends(verdicts(raised(2), life={"ended_at": day(6), **DROPPED})) == [("dropped", 2, 6)]


def test_an_item_done_while_its_flag_was_up_no_longer_asks() -> None:
    later_cleaned = raised(2, 9)

    found = verdicts(later_cleaned, life={"ended_at": day(6), **ENDED})

    assert ends(found) == [("withdrawn", 2, 6)]


@pytest.mark.parametrize(("life", "outcome"), [(ENDED, "decided"), (DROPPED, "dropped")])
def test_lifted_with_the_end_of_the_item_is_a_verdict_only_where_it_was_done(
    life: Row, outcome: str
) -> None:
    assert ends(verdicts(blocked(2, 6), life={"ended_at": day(6), **life})) == [(outcome, 2, 6)]


def test_a_flag_raised_on_an_item_that_is_over_asks_nobody() -> None:
    assert verdicts(raised(6), life={"ended_at": day(6), **ENDED}).is_empty()


def test_flags_of_two_rights_ask_side_by_side() -> None:
    found = verdicts(raised(2, 4, flag="Flagged", decision_right="Flagged"), raised(2, 5))

    assert found.select("decision_right", "place").rows() == [("Flagged", 0), ("priority", 1)]


def test_raised_again_within_the_window_the_verdict_did_not_hold() -> None:
    assert reversals(verdicts(blocked(2, 5), blocked(9))) == [9, None]
    assert reversals(verdicts(blocked(2, 5), blocked(20))) == [None, None]


def test_another_flag_of_the_same_right_raises_the_question_again() -> None:
    answer = moved(4, "Low", "High")

    found = verdicts(raised(2, 5), raised(9, flag="Flagged"), moves=(answer,))
    assert reversals(found) == [9, None]


def test_a_flag_of_another_right_asks_something_else() -> None:
    assert reversals(verdicts(blocked(2, 5), raised(9))) == [None, None]


@pytest.mark.parametrize("by_nobody", [{"is_raised_in_bulk": True}, {"raised_by": "bot"}])
def test_a_flag_that_no_person_raised_again_reverses_nothing(by_nobody: Row) -> None:
    assert reversals(verdicts(blocked(2, 5), blocked(9, **by_nobody))) == [None, None]


def test_the_field_set_back_within_the_window_the_verdict_did_not_hold() -> None:
    to_and_fro = (moved(4, "Low", "High"), moved(7, "High", "Top"), moved(8, "Top", "Low"))

    assert reversals(verdicts(raised(2), moves=to_and_fro)) == [8]
    assert reversals(verdicts(raised(2), moves=to_and_fro, window=3)) == [None]


def test_the_field_moved_on_leaves_the_verdict_as_it_was() -> None:
    on = (moved(4, "Low", "High"), moved(7, "High", "Top"))

    assert reversals(verdicts(raised(2), moves=on)) == [None]


@pytest.mark.parametrize("by_nobody", [{"is_bulk": True}, {"actor_role": "bot"}])
def test_a_field_that_no_person_set_back_reverses_nothing(by_nobody: Row) -> None:
    moves = (moved(4, "Low", "High"), moved(7, "High", "Low", **by_nobody))

    assert reversals(verdicts(raised(2), moves=moves)) == [None]


def test_a_field_emptied_again_is_set_back() -> None:
    moves = (moved(4, None, "High"), moved(7, "High", " "))

    assert reversals(verdicts(raised(2), moves=moves)) == [7]


def test_of_a_set_the_member_that_had_come_must_go_again() -> None:
    came = moved(4, None, "1.0", is_member=True)
    another_came = moved(6, None, "2.0", is_member=True)
    went = moved(8, "1.0", None, is_member=True)

    assert reversals(verdicts(raised(2), moves=(came, another_came))) == [None]
    assert reversals(verdicts(raised(2), moves=(came, another_came, went))) == [8]


def test_set_in_the_click_that_lifted_the_flag_and_set_back_it_did_not_hold() -> None:
    moves = (moved(5, "Low", "High"), moved(7, "High", "Low"))

    assert reversals(verdicts(raised(2, 5), moves=moves)) == [7]


def test_without_rights_a_flag_is_answered_by_lifting_it() -> None:
    found = verdicts(raised(2, 5), moves=(moved(4, "Low", "High"),), rights=())

    assert ends(found) == [("decided", 2, 5)]


def test_without_flags_there_are_no_requests() -> None:
    assert verdicts(moves=(moved(4, "Low", "High"),)).is_empty()
