"""How much of a right each role uses, and where it stands to it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cohorts.scopes import Scopes
from pipelines.decisions.decision_right_shares import DECISION_RIGHT_SHARES, decision_right_shares
from pipelines.policy import DecisionRight
from tests.pipelines.decisions.test_decision_rights import ANYBODYS, PRIORITY, each, made, table
from tests.pipelines.frames import NO_GROUPS, Row


def shares(*changes: Row, of: DecisionRight = PRIORITY, scopes: Scopes = NO_GROUPS) -> pl.DataFrame:
    return decision_right_shares(table(*changes), scopes, rights=(of,))


def told(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    return found.select("role", "standing", "changes", "share").rows()


def test_each_role_has_its_share_and_its_standing() -> None:
    found = shares(*each(["product"] * 6 + ["engineering"] * 3 + ["ceo"]))

    assert told(found) == [
        ("ceo", "overrides", 1, 0.1),
        ("engineering", "out_of_role", 3, 0.3),
        ("product", "decides", 6, 0.6),
    ]


def test_where_nobody_is_declared_nobody_is_out_of_role() -> None:
    overriding = DecisionRight("priority", ("priority",), override="ceo")
    changes = each(["product"] * 5 + ["ceo"] * 5)

    assert [row[1] for row in told(shares(*changes, of=ANYBODYS))] == ["undeclared", "undeclared"]
    assert [row[1] for row in told(shares(*changes, of=overriding))] == ["overrides", "undeclared"]


def test_a_declared_role_that_never_decides_has_no_row() -> None:
    assert told(shares(*each(["engineering"] * 10))) == [("engineering", "out_of_role", 10, 1.0)]


@pytest.mark.parametrize(
    "roles", [["product"] * 9, ["product"] * 12 + ["?"] * 4], ids=["nine", "unknown actors"]
)
def test_without_enough_there_are_no_shares(roles: Sequence[str]) -> None:
    assert shares(*each(roles)).is_empty()


def test_only_what_the_right_counts_is_counted() -> None:
    found = shares(
        *each(["product"] * 10),
        *each(["bot"] * 5),
        *each(["?"] * 2),
        *each(["engineering"] * 4, is_bulk=True),
        *each(["engineering"] * 3, is_after_commitment=False),
    )

    assert told(found) == [("product", "decides", 10, 1.0)]


def test_the_interval_is_over_items() -> None:
    together = [made("product" if item < 5 else "ceo", item) for item in range(10)] * 9
    apart = each(["product"] * 45 + ["ceo"] * 45)

    wide, narrow = (shares(*changes).row(0, named=True) for changes in (together, apart))
    assert wide["share"] == narrow["share"] == 0.5
    assert wide["share_high"] - wide["share_low"] > 2 * (narrow["share_high"] - narrow["share_low"])


def test_groups_with_too_few_people_have_no_rows() -> None:
    changes = [*each(["product"] * 10), *each(["product"] * 10, team="WEB")]
    found = shares(*changes, scopes=Scopes(("WEB",), (), ("team:PAY",)))

    assert found["scope"].to_list() == ["organisation", "team:WEB"]


def test_no_changes_make_no_rows() -> None:
    found = shares()

    assert found.is_empty()
    assert found.schema == DECISION_RIGHT_SHARES


@settings(max_examples=25, deadline=timedelta(seconds=5), database=None)
@given(
    st.lists(
        st.builds(made, st.sampled_from(("product", "engineering", "ceo")), st.integers(1, 15)),
        min_size=10,
        max_size=40,
    )
)
def test_the_shares_of_a_right_sum_to_one_and_lie_in_their_intervals(changes: list[Row]) -> None:
    found = shares(*changes)

    assert found["share"].sum() == pytest.approx(1)
    assert found["changes"].sum() == len(changes)
    held = pl.col("share").is_between(pl.col("share_low"), pl.col("share_high"))
    assert found.filter(pl.col("share_low").is_not_null(), ~held).is_empty()
