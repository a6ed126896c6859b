from typing import Any

import polars as pl
import pytest

from reports.charts import decision_rights as chart
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records
from tests.reports.factories import decision_right, decision_right_share
from tests.reports.hostile import HUGE


def rights(*rows: dict[str, Any]) -> pl.DataFrame:
    return f.frame("decision_rights", list(rows))


def shares(*rows: dict[str, Any]) -> pl.DataFrame:
    return f.frame("decision_right_shares", list(rows))


UNTOLD = dict.fromkeys(("out_of_role_share", "contest_rate", "contest_low", "contest_high"))
USUAL = rights(decision_right("priority"))
ROLES = shares(
    decision_right_share("engineering", "out_of_role", 0.4),
    decision_right_share("ceo", "overrides", 0.1),
    decision_right_share("product", "decides", 0.5),
)


def rows(level: str, of: pl.DataFrame = USUAL, by: pl.DataFrame = ROLES) -> list[dict[str, Any]]:
    drawn = records(chart.decision_rights(of, by).to_dict())
    return [row for row in drawn if row["level"] == level]


def test_the_bar_of_a_right_is_made_of_standings_in_a_fixed_order() -> None:
    assert [(row["standing"], row["begin"], row["end"]) for row in rows("piece")] == [
        ("decides", 0.0, 0.5),
        ("overrides", 0.5, 0.6),
        ("out_of_role", 0.6, 1.0),
    ]


def test_each_role_has_its_share_with_its_interval_and_its_standing_in_words() -> None:
    told = [(row["name"], row["value"], row["low"], row["high"]) for row in rows("role")]
    assert told == [
        ("product", "50%, decides", 0.45, 0.55),
        ("ceo", "10%, may override", 0.05, 0.15),
        ("engineering", "40%, out of role", 0.35, 0.45),
    ]


def test_the_strip_under_the_bar_is_what_is_contested() -> None:
    [heading] = rows("right")
    assert (heading["name"], heading["value"]) == ("Priority", "decides: product")
    assert heading["detail"] == "100 changes, 60% contested (50 to 70%)"
    assert heading["end"] == 0.6
    spec = chart.decision_rights(USUAL, ROLES).to_dict()
    assert layers_on(spec, "x2")[:3] == [("bar", "end"), ("bar", "end"), ("rule", "high")]


@pytest.mark.parametrize(
    ("changes", "unknown", "told"),
    [
        (4, 0.35, "4 changes by known roles"),
        (0, 1.0, "no changes by known roles"),
        (46, 0.35, "35% of the changes by unknown actors"),
        (4, 0.0, "4 changes by known roles"),
    ],
)
def test_why_too_little_is_known_of_a_right_is_told_without_a_share_of_few(
    changes: int, unknown: float, told: str
) -> None:
    frame = rights(decision_right("priority", changes=changes, unknown_share=unknown, **UNTOLD))
    [heading] = rows("right", frame, shares())
    assert heading["detail"] == f"too little to say: {told}"


def test_a_right_of_which_too_little_is_known_has_no_strip_and_no_figures() -> None:
    frame = rights(decision_right("priority", changes=4, unknown_share=0.35, **UNTOLD))
    [heading] = rows("right", frame, shares())
    assert (heading["top"], heading["end"]) == (None, None)
    assert chart.table(frame, shares()).rows[0][:5] == (
        *("Priority", "", "", "4", "too little to say"),
    )


def test_a_right_with_fewer_than_twenty_changes_has_counts_and_no_shares() -> None:
    frame = rights(
        decision_right("priority", changes=19), decision_right("scope", contest_rate=0.1)
    )
    [first, few] = rows("right", frame, ROLES)
    assert (first["name"], few["name"], few["end"]) == ("Scope", "Priority", None)
    assert few["detail"] == "too little to say: 19 changes by known roles"
    assert rows("role", frame, ROLES) == []
    assert chart.finding(rights(decision_right("priority", changes=19))) == chart.QUESTION
    little = "too few to say (19)"
    assert chart.table(frame, ROLES).rows[1] == (
        *("Priority", "product", "decides", "50", little, "", little, ""),
    )


def test_where_nobody_is_declared_the_chart_says_so() -> None:
    frame, by = (
        rights(decision_right("scope", None)),
        shares(decision_right_share("product", "undeclared", 1.0, "scope")),
    )
    assert rows("right", frame, by)[0]["value"] == "nobody declared"
    assert rows("role", frame, by)[0]["value"] == "100%, nobody is declared"


def test_of_many_roles_the_smallest_are_drawn_as_one_without_an_interval() -> None:
    others = (decision_right_share(f"role {n}", "out_of_role", 0.06) for n in range(10))
    by = shares(decision_right_share("product", "decides", 0.4), *others)
    drawn = rows("role", USUAL, by)
    assert [row["name"] for row in drawn][-2:] == ["role 3", "6 other roles"]
    assert (drawn[-1]["end"], drawn[-1]["low"]) == (pytest.approx(0.36), None)
    assert len(chart.table(USUAL, by).rows) == 11


def test_the_most_contested_rights_are_drawn_and_the_rest_counted() -> None:
    frame = rights(*(decision_right(f"right {n:02}", contest_rate=n / 20) for n in range(12)))
    assert rows("right", frame)[0]["name"] == "Right 11"
    assert len(rows("right", frame)) == 8
    assert chart.notes(frame) == ("The 8 most contested rights; 4 rights more in the table.",)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (USUAL, "40% of the changes of priority are made out of role (30 to 50%)"),
        (
            rights(decision_right("scope", None)),
            "60% of the changes of scope are opposed by another role (50 to 70%)",
        ),
        (rights(decision_right("scope", None, **UNTOLD)), chart.QUESTION),
        (rights(), chart.QUESTION),
    ],
)
def test_the_title_names_the_right_used_most_out_of_role(frame: pl.DataFrame, told: str) -> None:
    assert chart.finding(frame) == told


def test_changes_in_bulk_are_said_not_to_count() -> None:
    frame = rights(decision_right("priority", bulk_changes=34))
    assert chart.notes(frame) == ("34 changes in bulk not counted.",)


def test_the_key_holds_the_standings_that_occur() -> None:
    meanings = [key.meaning for key in chart.keys(ROLES)]
    assert meanings == ["decides", "may override", "out of role", "95% interval", "contested"]


def test_names_without_an_end_are_cut() -> None:
    frame = rights(decision_right(HUGE, HUGE))
    by = shares(decision_right_share(HUGE, "decides", 1.0, HUGE))
    assert len(rows("right", frame, by)[0]["name"]) == 24
    assert len(rows("right", frame, by)[0]["value"]) == len("decides: ") + 14
    assert len(rows("role", frame, by)[0]["name"]) == 24


def test_without_rights_nothing_is_drawn() -> None:
    assert records(chart.decision_rights(rights(), shares()).to_dict()) == []
