"""Whose changes are contests, and where too little is known of who made them."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from pipelines.cohorts.contests import contests
from tests.pipelines.frames import INSTANT, Row, at, frame

COUNTED, OTHER = 1, 2


def used(roles: Sequence[str], team: str = "PAY", **more: Any) -> list[Row]:
    """Contests after commitment by these roles in one team, all at one instant."""
    marks = {"is_after_commitment": True, "is_bulk": False, "is_contest": True}
    return [
        {"team": team, "item_type": "Story", "actor_role": role, **marks, **more} for role in roles
    ]


def cohort(*uses: Row) -> pl.DataFrame:
    texts = ("item_id", "team", "item_type", "release", "actor_role")
    marks = ("is_after_commitment", "is_contest", "is_bulk")
    return contests(
        frame(
            *({"item_id": "a", "change_number": n, **use} for n, use in enumerate(uses)),
            **dict.fromkeys(texts, pl.String),
            **dict.fromkeys(marks, pl.Boolean),
            change_number=pl.Int32,
            watched_from=INSTANT,
        ).with_columns(changed_at=pl.lit(at("2026-03-02")))
    )


def teams(*uses: Row) -> list[str | None]:
    return cohort(*uses)["team"].to_list()


def test_a_change_that_opposes_another_role_is_a_contest() -> None:
    found = cohort(*used(["product"]), *used(["product"], is_contest=False))

    assert found.select("followed_days", "end").rows() == [(0.0, COUNTED), (0.0, OTHER)]


@pytest.mark.parametrize(
    "aside",
    [
        {"actor_role": "bot"},
        {"is_bulk": True},
        {"is_after_commitment": False},
        {"watched_from": at("2026-03-03")},
    ],
    ids=["by a bot", "in bulk", "before the promise", "before the watch"],
)
def test_what_nobody_decided_after_commitment_contests_nothing(aside: Row) -> None:
    assert teams({**used(["product"])[0], **aside}) == []


@pytest.mark.parametrize(("known", "told"), [(4, ["PAY"] * 4), (3, [])])
def test_more_than_a_fifth_by_unknown_actors_is_too_much(known: int, told: list[str]) -> None:
    assert teams(*used(["product"] * known + ["?"])) == told


def test_what_does_not_count_makes_no_fifth_fuller_or_emptier() -> None:
    told, too_few = used(["product"] * 4 + ["?"]), used(["product"] * 3 + ["?"])
    unknown_aside = [
        *used(["?"] * 2, is_bulk=True),
        *used(["?"] * 2, is_after_commitment=False),
        *used(["?"] * 2, watched_from=at("2026-03-03")),
    ]

    assert teams(*told, *unknown_aside) == ["PAY"] * 4
    assert teams(*too_few, *used(["bot"] * 9), *used(["product"] * 9, is_bulk=True)) == []


def test_a_group_with_too_many_unknown_actors_counts_in_the_organisation_alone() -> None:
    known = used(["product"] * 6, release="1.0")
    found = cohort(*known, *used(["product", "?"], "WEB", release="2.0"))

    assert found.select("team", "item_type", "release").rows() == [
        *[("PAY", "Story", "1.0")] * 6,
        (None, "Story", None),
    ]


def test_no_changes_are_no_cohort() -> None:
    assert cohort().is_empty()
