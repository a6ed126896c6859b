"""Who in fact decides: how many, out of role, and against one another."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.cohorts.scopes import Scopes
from pipelines.decisions.decision_rights import DECISION_RIGHTS, decision_rights
from pipelines.policy import DecisionRight
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, at, frame

PRIORITY = DecisionRight("priority", ("priority",), decides="product", override="ceo")
ANYBODYS = DecisionRight("priority", ("priority",))


def made(role: str, item: int = 1, **more: Any) -> Row:
    """A change of priority after commitment by somebody of a role."""
    return {"actor_role": role, "item_id": str(item), **more}


def each(roles: Sequence[str], **more: Any) -> list[Row]:
    """One such change in an item of its own for each role named."""
    return [made(role, item, **more) for item, role in enumerate(roles)]


def table(*changes: Row) -> pl.DataFrame:
    usual = {"team": "PAY", "item_type": "Story", "decision_right": "priority"}
    flags = {"is_after_commitment": True, "is_contest": False, "is_bulk": False}
    clicks = (
        {"change_number": number, "changed_at": at("2026-03-02") + timedelta(minutes=number)}
        for number in range(1, len(changes) + 1)
    )
    return frame(
        *(
            {**usual, **flags, **click, **change}
            for click, change in zip(clicks, changes, strict=True)
        ),
        **dict.fromkeys(("item_id", "actor_id", "actor_role", *usual), pl.String),
        **dict.fromkeys((*flags, "is_out_of_role", "is_override"), pl.Boolean),
        change_number=pl.Int32,
        changed_at=INSTANT,
        watched_from=INSTANT,
    )


def rights(*changes: Row, of: DecisionRight = ANYBODYS, scopes: Scopes = NO_GROUPS) -> pl.DataFrame:
    return decision_rights(table(*changes), scopes, rights=(of,))


def only(found: pl.DataFrame) -> Row:
    [row] = found.to_dicts()
    return row


def test_one_role_alone_is_one_decider() -> None:
    row = only(rights(*each(["product"] * 12)))

    assert (row["changes"], row["items"], row["verdict"]) == (12, 12, "measured")
    assert (row["effective_deciders"], row["entropy_deciders"], row["co_deciders"]) == (1, 1, 1)


def test_two_roles_that_share_it_evenly_are_two_deciders() -> None:
    row = only(rights(*each(["product", "engineering"] * 50)))

    assert row["effective_deciders"] == pytest.approx(2, abs=0.03)
    assert row["entropy_deciders"] == pytest.approx(2, abs=0.03)
    assert row["effective_low"] <= 2 <= row["effective_high"]


def test_two_fields_changed_in_one_click_are_one_use_of_the_right() -> None:
    click = {"changed_at": at("2026-03-02 09:30")}
    both = [{**made("product"), **click, "is_contest": is_contest} for is_contest in (False, True)]

    row = only(rights(*both, *each(["product"] * 9)))

    assert (row["changes"], row["contest_rate"]) == (10, 0.1)


def test_who_covers_for_another_is_a_decider_without_a_contest() -> None:
    row = only(rights(*each(["product", "engineering"] * 10)))

    assert (row["contest_rate"], row["contest_low"]) == (0, 0)
    assert row["effective_deciders"] > 2


def test_deciders_of_an_item_are_counted_item_by_item() -> None:
    one_role, two_roles = each(["product"] * 10), [made("product", 0), made("engineering", 0)]

    assert only(rights(*one_role, *two_roles))["co_deciders"] == pytest.approx((2 + 9) / 10)


@pytest.mark.parametrize(("many", "verdict"), [(9, "insufficient_data"), (10, "measured")])
def test_nine_changes_are_too_few(many: int, verdict: str) -> None:
    row = only(rights(*each(["product"] * many)))

    assert (row["changes"], row["verdict"]) == (many, verdict)
    assert (row["effective_deciders"] is None) is (verdict == "insufficient_data")


@pytest.mark.parametrize(("unknown", "verdict"), [(3, "measured"), (4, "insufficient_data")])
def test_more_than_a_fifth_by_unknown_actors_is_not_enough(unknown: int, verdict: str) -> None:
    row = only(rights(*each(["product"] * 12 + ["?"] * unknown)))

    assert (row["changes"], row["verdict"]) == (12, verdict)
    assert row["unknown_share"] == pytest.approx(unknown / (12 + unknown))


def test_without_enough_only_counts_are_given() -> None:
    row = only(rights(*each(["product"] * 3), of=PRIORITY))

    figures = set(row) - {"scope", "decision_right", "decides", "verdict"}
    assert {name for name in figures if row[name] is not None} == {
        *("changes", "items", "bulk_changes", "unknown_share")
    }


def test_bots_bulk_edits_and_changes_before_commitment_are_not_counted() -> None:
    row = only(
        rights(
            *each(["product"] * 10),
            *each(["bot"] * 5),
            *each(["engineering"] * 4, is_bulk=True),
            *each(["engineering"] * 3, is_after_commitment=False),
        )
    )

    assert (row["changes"], row["bulk_changes"], row["unknown_share"]) == (10, 4, 0)
    assert row["effective_deciders"] == 1


def test_what_changed_before_its_source_was_watched_counts_nowhere() -> None:
    seen, unseen = {"watched_from": at("2026-03-02")}, {"watched_from": at("2026-03-03")}
    rows = [
        *each(["product"] * 10, **seen),
        *each(["engineering"] * 5, **unseen),
        *each(["engineering"], is_bulk=True, **unseen),
        *each(["?"] * 5, **unseen),
    ]

    row = only(rights(*rows))
    assert (row["changes"], row["bulk_changes"], row["unknown_share"]) == (10, 0, 0)
    assert row["effective_deciders"] == 1


def test_shares_are_of_the_counted_changes() -> None:
    usual = {"is_out_of_role": False, "is_override": False}
    rows = [
        *each(["product"] * 6, **usual),
        *each(["engineering"] * 3, **usual | {"is_out_of_role": True, "is_contest": True}),
        *each(["ceo"], **usual | {"is_override": True}),
    ]

    row = only(rights(*rows, of=PRIORITY))
    shares = (row["out_of_role_share"], row["contest_rate"], row["override_share"])
    assert shares == pytest.approx((0.3, 0.3, 0.1))


def test_the_interval_of_a_share_is_over_items() -> None:
    together = [made("product", item, is_contest=item < 5) for item in range(10) for _ in range(9)]
    apart = each(["product"] * 90)
    apart = [{**one, "is_contest": number < 45} for number, one in enumerate(apart)]

    wide, narrow = only(rights(*together)), only(rights(*apart))
    assert wide["contest_rate"] == narrow["contest_rate"] == 0.5
    assert wide["contest_high"] - wide["contest_low"] > 2 * (
        narrow["contest_high"] - narrow["contest_low"]
    )


def test_a_single_item_has_figures_without_an_interval() -> None:
    row = only(rights(*[made("product"), made("engineering")] * 6))

    assert row["effective_deciders"] == pytest.approx(11 / 5)
    assert (row["effective_low"], row["contest_low"], row["contest_high"]) == (None, None, None)


def test_where_nobody_is_declared_nothing_is_out_of_role() -> None:
    row = only(rights(*each(["product", "ceo"] * 6), of=ANYBODYS))

    assert (row["decides"], row["out_of_role_share"], row["override_share"]) == (None, None, None)


def test_each_right_has_a_row_in_each_group_though_nobody_used_it_there() -> None:
    dates = DecisionRight("timeline", ("duedate",))
    early = made("product", 20, team="WEB", is_after_commitment=False)
    found = decision_rights(
        table(*each(["product"] * 10), early),
        Scopes(("WEB",), (), ("team:PAY",)),
        rights=(ANYBODYS, dates),
    )

    assert found.select("scope", "decision_right", "changes", "unknown_share").rows() == [
        *(("organisation", "priority", 10, 0.0), ("organisation", "timeline", 0, None)),
        *(("team:WEB", "priority", 0, None), ("team:WEB", "timeline", 0, None)),
    ]


def test_no_changes_make_no_rows() -> None:
    found = rights()

    assert found.is_empty()
    assert found.schema == DECISION_RIGHTS


# --- laws --------------------------------------------------------------------------

_CHANGES = st.lists(
    st.builds(
        made,
        st.sampled_from(("product", "engineering", "ceo", "quality")),
        st.integers(1, 15),
        is_contest=st.booleans(),
        is_out_of_role=st.booleans(),
        is_override=st.booleans(),
    ),
    min_size=10,
    max_size=40,
)
_LAW = settings(max_examples=25, deadline=timedelta(seconds=5), database=None)


@_LAW
@given(_CHANGES)
def test_the_order_of_the_rows_does_not_matter(changes: list[Row]) -> None:
    assert_frame_equal(
        rights(*reversed(changes), of=PRIORITY), rights(*changes, of=PRIORITY), rel_tol=1e-12
    )


@_LAW
@given(_CHANGES)
def test_what_the_roles_are_called_does_not_matter(changes: list[Row]) -> None:
    renamed = [{**change, "actor_role": f"the {change['actor_role']}"} for change in changes]

    assert_frame_equal(rights(*renamed), rights(*changes), rel_tol=1e-12)


@_LAW
@given(_CHANGES)
def test_figures_lie_where_they_must(changes: list[Row]) -> None:
    row = only(rights(*changes, of=PRIORITY))
    roles, total = len({change["actor_role"] for change in changes}), len(changes)

    assert 1 <= row["effective_deciders"] <= roles * (total - 1) / (total - roles) + 1e-9
    assert 1 <= row["co_deciders"] <= roles
    for name in ("effective_", "contest_", "out_of_role_"):
        ends = [row[f"{name}low"], row[f"{name}high"]]
        value = next(row[key] for key in row if key.startswith(name))
        assert None in ends or ends[0] <= value <= ends[1]
