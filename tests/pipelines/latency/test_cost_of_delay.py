"""What slips of releases and rework cost, each in its own ledger, from declared values alone."""

from typing import Any

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.latency.cost_of_delay import cost_of_delay
from pipelines.policy import Costs
from tests.pipelines.frames import NO_GROUPS, Row, frame

DECLARED = Costs("EUR", delay_per_release_week=(10_000.0, 20_000.0), person_hour=90.0)
GROUPS = Scopes(("OPS", "PAY", "WEB"), ("Bug",), (), ("1.0", "2.0"))


def release(name: str, days: int | None, team: str = "PAY") -> Row:
    return {"subject_kind": "release", "subject": name, "team": team, "net_slip_days": days}


def attempt(item_id: str, hours: float | None, **more: Any) -> Row:
    """A rejection with its hours of rework, or an acceptance without any."""
    verdict = "accepted" if hours is None else "rejected"
    usual = {"team": "PAY", "item_type": "Story", "verdict": verdict}
    return {"item_id": item_id, "rework_touch_once_hours": hours, **usual, **more}


def both_ledgers(
    releases: tuple[Row, ...] = (),
    attempts: tuple[Row, ...] = (),
    *,
    costs: Costs | None = DECLARED,
    scopes: Scopes = NO_GROUPS,
) -> pl.DataFrame:
    commitments = frame(
        *releases,
        **dict.fromkeys(("subject_kind", "subject", "team"), pl.String),
        net_slip_days=pl.Int32,
    )
    handoffs = frame(
        *attempts,
        **dict.fromkeys(("item_id", "team", "item_type", "release", "verdict"), pl.String),
        rework_touch_once_hours=pl.Float64,
    )
    return cost_of_delay(commitments, handoffs, scopes, costs=costs)


def ledgers(
    releases: tuple[Row, ...] = (), attempts: tuple[Row, ...] = (), **more: Any
) -> pl.DataFrame:
    """The ledgers of which something was told."""
    told = [name for name, rows in (("delay", releases), ("labour", attempts)) if rows]
    return both_ledgers(releases, attempts, **more).filter(pl.col("ledger").is_in(told))


def organisation(*releases: Row, **more: Any) -> dict[str, Any]:
    [row] = ledgers(releases, **more).filter(pl.col("scope") == "organisation").to_dicts()
    return row


# --- delay -------------------------------------------------------------------------


def test_weeks_of_slip_are_summed_and_early_ones_count_against_them() -> None:
    found = ledgers((release("1.0", 21), release("2.0", -7)))

    assert found.select("scope", "ledger", "quantity", "quantity_unit", "subjects").rows() == [
        ("organisation", "delay", 2.0, "weeks", 2)
    ]


def test_a_release_whose_slip_is_not_known_is_left_out() -> None:
    assert organisation(release("1.0", 7), release("2.0", None))["subjects"] == 1


def test_items_with_dates_are_in_no_ledger_of_delay() -> None:
    assert organisation({**release("PAY-1", 7), "subject_kind": "item"})["subjects"] == 0


def test_teams_and_releases_have_their_own_slips() -> None:
    found = ledgers((release("1.0", 7), release("2.0", 14, "WEB")), scopes=GROUPS)

    assert found.select("scope", "quantity").rows() == [
        ("organisation", 3.0),
        ("release:1.0", 1.0),
        ("release:2.0", 2.0),
        ("team:PAY", 1.0),
        ("team:WEB", 2.0),
    ]


def test_releases_of_one_name_are_one_scope() -> None:
    found = ledgers((release("1.0", 7), release("1.0", 14, "WEB")), scopes=GROUPS)

    named = found.filter(pl.col("scope") == "release:1.0")
    assert named.select("quantity", "subjects").rows() == [(3.0, 2)]


def test_of_a_single_release_only_the_declared_range_is_known() -> None:
    found = organisation(release("1.0", 21))

    assert (found["quantity_low"], found["quantity_high"]) == (None, None)
    assert (found["low"], found["high"], found["currency"]) == (30_000.0, 60_000.0, "EUR")


def test_of_several_releases_chance_and_declared_range_count_together() -> None:
    found = organisation(*(release(f"1.{number}", number * 7) for number in range(1, 31)))

    assert found["quantity_low"] < 465.0 < found["quantity_high"]
    assert found["low"] < found["quantity"] * 10_000 * 1.2
    assert found["high"] > found["quantity"] * 20_000 * 0.8
    assert found["low"] % 100_000 == 0


def test_where_no_release_was_seen_to_move_no_cost_is_told() -> None:
    found = organisation(release("1.0", 0), release("2.0", 0))

    assert (found["quantity"], found["low"], found["high"]) == (0.0, None, None)
    assert found["basis"].endswith("none seen to move is not none, so no cost is told.")


# --- labour ------------------------------------------------------------------------


def test_hours_of_rework_are_summed_over_rejections_and_counted_by_item() -> None:
    attempts = (attempt("A", 4.0), attempt("A", 2.0), attempt("B", 6.0), attempt("C", None))
    found = ledgers((), attempts)

    assert found.select("scope", "ledger", "quantity", "quantity_unit", "subjects").rows() == [
        ("organisation", "labour", 12.0, "hours", 2)
    ]


def test_items_never_sent_back_are_part_of_the_chance() -> None:
    sent_back = (attempt("A", 6.0), attempt("B", 6.0))
    smooth = tuple(attempt(f"C{number}", None) for number in range(30))

    assert organisation(attempts=sent_back)["quantity_low"] is None
    found = organisation(attempts=(*sent_back, *smooth))
    assert found["quantity_low"] < 12.0 < found["quantity_high"]


def test_teams_types_and_releases_have_their_own_hours() -> None:
    attempts = (
        attempt("A", 4.0, release="1.0"),
        attempt("B", 2.0, team="WEB", item_type="Bug"),
        attempt("C", None, team="OPS"),
    )

    assert ledgers((), attempts, scopes=GROUPS).select("scope", "quantity").rows() == [
        ("item_type:Bug", 2.0),
        ("organisation", 6.0),
        ("release:1.0", 4.0),
        ("team:OPS", 0.0),
        ("team:PAY", 4.0),
        ("team:WEB", 2.0),
    ]


def test_an_hour_has_one_price() -> None:
    found = organisation(attempts=(attempt("A", 10.0),))

    assert (found["low"], found["high"]) == (900.0, 900.0)


# --- what is declared, and what is said --------------------------------------------


@pytest.mark.parametrize("costs", [None, Costs("EUR")])
def test_without_declared_values_there_is_no_money(costs: Costs | None) -> None:
    found = ledgers((release("1.0", 7),), (attempt("A", 4.0),), costs=costs)

    assert found.select("low", "high", "currency").unique().rows() == [(None, None, None)]
    assert found["quantity"].to_list() == [1.0, 4.0]
    assert found["basis"].str.contains("with no value of a (week|person-hour) declared").all()


def test_the_basis_says_what_was_counted_and_what_it_leaves_out() -> None:
    found = ledgers((release("1.0", 7), release("2.0", 14)), (attempt("A", 4.5),))

    delay, labour = found.filter(pl.col("scope") == "organisation")["basis"]
    assert delay == (
        "Net slip of 2 releases, 2 of them on another date than first seen, those that came "
        "forward counted against the others: 3.0 weeks, at a declared 10,000 to 20,000 EUR per "
        "week. A lower bound, since moves before a date was first seen are not known."
    )
    assert labour == (
        "Business hours in active stages after 1 rejection of 1 item, each hour once: 4.5 hours, "
        "at a declared 90 EUR per person-hour. At most that, for hours in a stage are "
        "not hours of work; meetings are not counted."
    )


def test_the_organisation_has_both_ledgers_whatever_happened() -> None:
    found = both_ledgers(scopes=GROUPS)

    assert found.select("scope", "ledger", "quantity", "subjects", "quantity_low").rows() == [
        ("organisation", "delay", 0.0, 0, None),
        ("organisation", "labour", 0.0, 0, None),
    ]


def test_where_nothing_was_promised_or_handed_over_no_cost_is_told() -> None:
    found = both_ledgers()

    assert found.select("low", "high", "currency").unique().rows() == [(None, None, None)]
    assert found["basis"].to_list() == [
        "No release has a known date: there is nothing of which to tell a slip, or its cost.",
        "Nothing was handed from one role to another: nothing could have been sent back.",
    ]
