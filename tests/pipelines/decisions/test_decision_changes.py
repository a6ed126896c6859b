"""Which changes a decision right governs, and whether they were made by whom it says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.decisions.decision_changes import decided_once, decision_changes, governed_rights
from pipelines.policy import DecisionRight
from tests.pipelines.frames import INSTANT, Row, frame
from tests.pipelines.governed_edits import changes, day, edit, member

SINCE: dict[str, Any] = {
    "item_id": pl.String,
    "committed_at": INSTANT,
    "reached_at": INSTANT,
}
USUAL = governed_rights((), None)
PRIORITY = DecisionRight("priority", ("priority",), decides="product", override="ceo")


def items(*rows: Row) -> pl.DataFrame:
    usual = {"item_id": "1", "team": "PAY", "item_type": "Story", "created_at": day(-30)}
    return frame(
        *({**usual, **row} for row in rows),
        **dict.fromkeys(("item_id", "team", "item_type"), pl.String),
        created_at=INSTANT,
    )


def found(
    *edits: Row,
    rights: Sequence[DecisionRight] = USUAL,
    committed: datetime | None = None,
    reached: datetime | None = None,
) -> pl.DataFrame:
    since = frame({"item_id": "1", "committed_at": committed, "reached_at": reached}, **SINCE)
    return of(changes(edits), since=since, rights=rights)


def of(
    rows: pl.DataFrame,
    known: pl.DataFrame | None = None,
    *,
    since: pl.DataFrame | None = None,
    rights: Sequence[DecisionRight] = USUAL,
) -> pl.DataFrame:
    return decision_changes(
        items({}, {"item_id": "2"}) if known is None else known,
        rows,
        frame(**SINCE) if since is None else since,
        rights=tuple(rights),
        window=timedelta(days=14),
    )


def column(name: str, *edits: Row, **more: Any) -> list[Any]:
    return found(*edits, **more)[name].to_list()


# --- rights ------------------------------------------------------------------------


def test_without_declared_rights_the_usual_ones_govern_and_nobody_decides() -> None:
    estimates = ("Story Points", "Story point estimate", "timeoriginalestimate")

    assert governed_rights((), "Target end") == (
        DecisionRight("priority", ("priority",)),
        DecisionRight("timeline", ("duedate", "fixVersions", "milestone", "Target end")),
        DecisionRight("scope", ("description", "Acceptance Criteria", *estimates)),
    )


def test_a_usual_right_keeps_only_the_fields_that_no_declared_right_claims() -> None:
    dates = DecisionRight("dates", ("Due Date", "FIX VERSION", "priority"), decides="engineering")

    assert governed_rights((dates,), None)[:2] == (dates, DecisionRight("timeline", ("milestone",)))


def test_a_declared_right_has_what_is_left_of_the_usual_one_of_its_name() -> None:
    dates = DecisionRight("Timeline", ("duedate", "fixVersions"), "engineering", "ceo")
    scope = DecisionRight("scope", ("description", "milestone", "estimate"), "product")

    assert governed_rights((dates, scope), "Target end") == (
        DecisionRight("Timeline", ("duedate", "fixVersions", "Target end"), "engineering", "ceo"),
        DecisionRight(
            "scope", ("description", "milestone", "estimate", "Acceptance Criteria"), "product"
        ),
        DecisionRight("priority", ("priority",)),
    )


def test_a_field_left_to_a_declared_right_is_decided_by_whom_that_says() -> None:
    rights = governed_rights((DecisionRight("timeline", ("duedate",), "engineering"),), None)
    planned = edit("product", 1, None, "Spring", field="milestone")

    row = found(planned, rights=rights)
    assert row.select("decision_right", "is_out_of_role").rows() == [("timeline", True)]


def test_a_target_date_that_is_claimed_or_is_the_due_date_is_not_added_again() -> None:
    claims = DecisionRight("dates", ("target end",))

    assert governed_rights((claims,), "Target end")[2].fields == (
        *("duedate", "fixVersions", "milestone"),
    )
    assert governed_rights((), "Due date")[1].fields == ("duedate", "fixVersions", "milestone")


def test_a_field_that_two_rights_claim_is_governed_by_the_one_declared_first() -> None:
    rights = [DecisionRight("what", ("priority",)), DecisionRight("when", ("priority",))]

    assert column("decision_right", edit("product", 1, "Low", "High"), rights=rights) == ["what"]


def test_whether_a_right_names_a_field_or_its_id_the_one_declared_first_governs() -> None:
    by_id, by_name = DecisionRight("what", ("cf1",)), DecisionRight("how much", ("Size",))
    change = edit("product", 1, "a", "b", field="Size", field_id="cf1")

    assert column("decision_right", change, rights=[by_id, by_name]) == ["what"]
    assert column("decision_right", change, rights=[by_name, by_id]) == ["how much"]


@pytest.mark.parametrize(
    ("declared", "field", "field_id"),
    [
        ("PRIORITY", "priority", None),
        ("due date", "duedate", "duedate"),
        ("Fix Version", "fixVersions", "fixVersions"),
        ("customfield_10016", "Story Points", "customfield_10016"),
        ("story points", "Story Points", "customfield_10016"),
        ("estimate", "timeoriginalestimate", None),
    ],
)
def test_a_field_goes_by_its_name_its_id_or_a_usual_word(
    declared: str, field: str, field_id: str | None
) -> None:
    change = edit("product", 1, "a", "b", field=field, field_id=field_id)

    assert column("field", change, rights=[DecisionRight("q", (declared,))]) == [field]


def test_a_field_that_no_right_governs_is_left_out() -> None:
    assert found(edit("product", 1, "a", "b", field="summary")).is_empty()
    assert found(edit("product", 1, "Low", "High"), rights=[]).is_empty()


@pytest.mark.parametrize("declared", ["Rank", "customfield_10019"])
def test_rank_is_governed_by_no_right_whatever_is_declared(declared: str) -> None:
    dragged = edit("product", 1, None, "Ranked higher", field="Rank", field_id="customfield_10019")
    rights = [DecisionRight("priority", ("priority", declared))]

    assert found(dragged, rights=rights).is_empty()


# --- rows --------------------------------------------------------------------------


def test_a_change_of_a_governed_field_is_a_row() -> None:
    row = found(edit("product", 1, "Low", "High"), rights=[PRIORITY], committed=day(0))

    assert row.drop("group_end", "actor_id").rows() == [
        (
            *("1", 1, "PAY", "Story", "priority", "priority", day(1), "Low", "High", "product"),
            *(True, False, False, False, False),
        )
    ]


def test_changes_are_numbered_within_their_item() -> None:
    rows = found(
        edit("product", 1, "Low", "High", item_id="2"),
        edit("product", 2, "Low", "High"),
        edit("product", 3, "a", "b", field="description"),
    )

    assert rows.select("item_id", "change_number", "field").rows() == [
        ("1", 1, "priority"),
        ("1", 2, "description"),
        ("2", 1, "priority"),
    ]


def test_two_fields_of_one_right_are_two_changes_of_it() -> None:
    rows = found(
        edit("product", 1, None, "2026-04-01", field="duedate"), member("product", 1, put="2.0")
    )

    assert rows.select("decision_right", "field", "to_value").rows() == [
        ("timeline", "duedate", "2026-04-01"),
        ("timeline", "fixVersions", "2.0"),
    ]


def test_an_item_is_not_changed_by_what_it_is_created_with() -> None:
    at_creation = edit("product", -30, None, "Spring", field="milestone")

    assert found(at_creation, edit("product", 1, None, "High"))["to_value"].to_list() == ["High"]


def test_an_item_may_change_in_the_instant_of_its_creation() -> None:
    assert column("to_value", edit("product", -30, "Low", "High")) == ["High"]


def test_a_long_text_is_cut_and_still_compared_as_a_whole() -> None:
    before, after = "x" * 300 + "a", "x" * 300 + "b"

    [row] = found(edit("product", 1, before, after, field="description")).to_dicts()
    assert (row["from_value"], row["to_value"]) == ("x" * 200, "x" * 200)


def test_people_appear_in_no_value() -> None:
    change = edit("product", 1, "person:0a1b2c", "person:ffff00", field="Owner")

    rows = found(change, rights=[DecisionRight("owner", ("Owner",))])
    assert rows.select("from_value", "to_value").rows() == [("(person)", "(person)")]


def test_an_item_outside_the_frame_has_no_row() -> None:
    assert found(edit("product", 1, "Low", "High", item_id="9")).is_empty()


# --- commitment --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("committed", "reached", "after"),
    [(5, 1, False), (1, 1, True), (None, 1, True), (None, None, False), (2, 1, False)],
)
def test_after_commitment_is_later_than_the_promise_or_else_than_the_commit_stage(
    committed: int | None,
    reached: int | None,
    after: bool,  # noqa: FBT001 - the expectation
) -> None:
    since = {
        "committed": None if committed is None else day(committed),
        "reached": None if reached is None else day(reached),
    }

    assert column("is_after_commitment", edit("product", 2, "Low", "High"), **since) == [after]


def test_a_first_setting_after_commitment_is_a_change() -> None:
    rows = found(edit("product", 1, None, "2026-04-01", field="duedate"), reached=day(0))

    assert rows.select("from_value", "to_value", "is_after_commitment").rows() == [
        (None, "2026-04-01", True)
    ]


# --- roles -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "out_of_role", "override"),
    [
        ("product", False, False),
        ("ceo", False, True),
        ("engineering", True, False),
        ("author", True, False),
        ("bot", None, False),
        ("?", None, False),
    ],
)
def test_out_of_role_is_who_neither_decides_nor_may_override(
    role: str,
    out_of_role: bool | None,  # noqa: FBT001 - the expectation
    override: bool,  # noqa: FBT001 - the expectation
) -> None:
    row = found(edit(role, 1, "Low", "High"), rights=[PRIORITY])

    assert row.select("is_out_of_role", "is_override").rows() == [(out_of_role, override)]


def test_of_a_bulk_edit_it_is_not_said_whether_it_was_out_of_role() -> None:
    migrated = edit("engineering", 1, "Low", "High", is_bulk=True)

    assert column("is_out_of_role", migrated, rights=[PRIORITY]) == [None]


def test_where_nobody_is_declared_nobody_is_out_of_role_and_nobody_overrides() -> None:
    row = found(edit("product", 1, "Low", "High"))

    assert row.select("is_out_of_role", "is_override").rows() == [(None, None)]


def test_an_override_of_a_right_that_nobody_decides_is_not_told_from_a_stranger() -> None:
    row = found(
        edit("ceo", 1, "Low", "High"),
        rights=[DecisionRight("priority", ("priority",), override="ceo")],
    )

    assert row.select("is_out_of_role", "is_override").rows() == [(None, True)]


def test_without_an_override_only_who_decides_is_in_role() -> None:
    right = DecisionRight("priority", ("priority",), decides="product")
    rows = found(edit("product", 1, "Low", "High"), edit("ceo", 2, "High", "Low"), rights=[right])

    assert rows.select("is_out_of_role", "is_override").rows() == [(False, None), (True, None)]


def test_an_override_is_a_contest_too_if_it_undoes() -> None:
    rows = found(
        edit("product", 1, "Low", "High"), edit("ceo", 2, "High", "Low"), rights=[PRIORITY]
    )

    assert rows.select("is_override", "is_contest").rows() == [(False, False), (True, True)]


# --- uses --------------------------------------------------------------------------


def release_and_date(**of_the_date: Any) -> tuple[Row, Row]:
    """A release and a date moved at one instant, by one person unless it is said otherwise."""
    dated = edit("product", 1, None, "2026-04-01", field="duedate")
    return member("product", 1, put="2.0"), {**dated, **of_the_date}


def uses(*edits: Row) -> list[tuple[str, bool, bool | None]]:
    timeline = DecisionRight("timeline", ("duedate", "fixVersions"), "engineering")
    once = decided_once(found(*edits, rights=[timeline]))
    return once.select("field", "is_bulk", "is_out_of_role").rows()


def test_two_fields_of_one_right_changed_in_one_click_are_one_use_of_it() -> None:
    assert uses(*release_and_date()) == [("fixVersions", False, True)]


def test_two_people_of_one_role_at_one_instant_are_two_uses() -> None:
    two = release_and_date(actor_id="another")

    assert uses(*two) == [("fixVersions", False, True), ("duedate", False, True)]


def test_a_use_is_in_bulk_only_where_all_its_fields_are() -> None:
    release, dated = release_and_date()

    assert uses({**release, "is_bulk": True}, dated) == [("fixVersions", False, True)]
    assert uses({**release, "is_bulk": True}, {**dated, "is_bulk": True}) == [
        ("fixVersions", True, None)
    ]


def test_permuting_the_rows_changes_nothing() -> None:
    rows = changes(
        [
            edit("product", 1, "Low", "High"),
            edit("engineering", 2, "High", "Low"),
            edit("product", 2, "Low", "High", item_id="2"),
        ]
    )

    assert_frame_equal(of(rows.reverse(), items({"item_id": "2"}, {})), of(rows))
