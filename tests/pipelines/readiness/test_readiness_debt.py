"""What was handed over without something, and until when it did without."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readiness.readiness import READINESS_CHECKS, no_checks
from pipelines.readiness.readiness_debt import Filling, fill_in, with_debt
from tests.pipelines.frames import INSTANT, Row, at, frame

MONDAY = at("2026-03-02")
SNAPSHOT = at("2026-04-30")
RANKS = {"Draft": 0, "Ready": 1, "Build": 2, "Blocked": 9, "Done": 3, "Dropped": 4}
KINDS = {"Draft": "active", "Ready": "queue", "Build": "active", "Blocked": "parked"}


def day(number: float) -> Any:
    """An instant so many days after the handoff."""
    return MONDAY + timedelta(days=number)


def stays(*path: tuple[str, float]) -> pl.DataFrame:
    """The visits of item ``a``: stages and the days on which it entered them."""
    ends = [*(entered for _, entered in path[1:]), None]
    rows = [
        {
            "item_id": "a",
            "visit_number": number,
            "stage_kind": KINDS.get(stage, stage.lower()),
            "stage_rank": None if stage == "Elsewhere" else RANKS[stage],
            "entered_at": day(entered),
            "until": SNAPSHOT if left is None else day(left),
        }
        for number, ((stage, entered), left) in enumerate(zip(path, ends, strict=True), start=1)
    ]
    texts = dict.fromkeys(("item_id", "stage_kind"), pl.String)
    numbers = dict.fromkeys(("visit_number", "stage_rank"), pl.Int32)
    return frame(*rows, **texts, **numbers, entered_at=INSTANT, until=INSTANT)


def owed(
    *path: tuple[str, float], passed: float | None = None, again: float | None = None, **more: Any
) -> dict[str, Any]:
    """The check of a rule that failed when item ``a`` was handed over, on day 0."""
    handoffs = [{"handoff_id": "a/1", "step": 1, "handed_at": day(0), **more}]
    if again is not None:
        handoffs.append({"handoff_id": "a/2", "step": 4, "handed_at": day(again)})
    checks = [
        {"rule": "criteria", "outcome": "fail", "is_in_force": True, **one} for one in handoffs
    ]
    if passed is not None:
        checks[0]["passed_at"] = day(passed)
    usual = {"item_id": "a", "to_rank": 1, "verdict": "undecided"}
    attempts = frame(
        *({**usual, **one} for one in handoffs),
        **dict.fromkeys(("handoff_id", "item_id", "verdict"), pl.String),
        **dict.fromkeys(("step", "to_rank"), pl.Int32),
        **dict.fromkeys(("handed_at", "verdict_at"), INSTANT),
    )
    found = with_debt(frame(*checks, **READINESS_CHECKS), attempts, stays(*path))
    return found.row(0, named=True)


# --- days of debt ------------------------------------------------------------------


def test_debt_runs_from_the_handoff_until_the_rule_passes() -> None:
    found = owed(("Draft", -5), ("Ready", 0), ("Build", 3), ("Done", 20), passed=4.5)

    assert found["debt_days"] == 4.5


def test_what_is_never_filled_in_is_owed_until_the_item_is_done() -> None:
    assert owed(("Draft", -5), ("Ready", 0), ("Build", 3), ("Done", 20))["debt_days"] == 20


def test_an_edit_after_the_end_repairs_the_record_and_pays_no_debt_back() -> None:
    path = ("Draft", -5), ("Ready", 0), ("Build", 3), ("Done", 20)

    assert owed(*path, passed=30)["debt_days"] == owed(*path)["debt_days"] == 20


def test_what_is_dropped_owes_nothing_any_more() -> None:
    assert owed(("Draft", -5), ("Ready", 0), ("Dropped", 2))["debt_days"] == 2


def test_an_open_item_owes_so_far_up_to_the_snapshot() -> None:
    found = owed(("Draft", -5), ("Ready", 0))

    assert found["debt_days"] == (SNAPSHOT - MONDAY).days


def test_back_before_the_receiving_stage_nothing_is_owed() -> None:
    path = ("Draft", -5), ("Ready", 0), ("Draft", 2), ("Build", 7), ("Done", 10)

    assert owed(*path)["debt_days"] == 2 + 3
    assert owed(*path, passed=6)["debt_days"] == 2


def test_a_later_check_of_the_item_has_a_debt_of_its_own() -> None:
    path = ("Draft", -5), ("Ready", 0), ("Draft", 2), ("Ready", 7), ("Done", 10)

    assert owed(*path)["debt_days"] == 2 + 3
    assert owed(*path, again=7)["debt_days"] == 2


def test_a_parked_item_owes_where_it_was_parked() -> None:
    downstream = ("Draft", -5), ("Ready", 0), ("Blocked", 1), ("Done", 4)
    upstream = ("Draft", -5), ("Ready", 0), ("Draft", 1), ("Blocked", 2), ("Done", 4)

    assert (owed(*downstream)["debt_days"], owed(*upstream)["debt_days"]) == (4, 1)


def test_a_stage_of_which_nothing_is_known_is_where_the_item_was() -> None:
    assert owed(("Draft", -5), ("Ready", 0), ("Elsewhere", 1), ("Done", 4))["debt_days"] == 4


def test_a_reopened_item_owes_again_and_not_for_the_time_it_was_done() -> None:
    path = ("Draft", -5), ("Ready", 0), ("Done", 4), ("Build", 9), ("Done", 10)

    assert owed(*path)["debt_days"] == 4 + 1


def test_filled_in_at_the_instant_of_the_handoff_owes_nothing() -> None:
    assert owed(("Draft", -5), ("Ready", 0), ("Done", 4), passed=0)["debt_days"] == 0


@given(st.floats(0, 60), st.floats(0, 60))
def test_filling_in_earlier_never_owes_more(one: float, other: float) -> None:
    path = ("Draft", -5), ("Ready", 0), ("Draft", 5), ("Build", 9), ("Done", 30)
    early, late = sorted((one, other))

    assert owed(*path, passed=early)["debt_days"] <= owed(*path, passed=late)["debt_days"] <= 26


# --- filled in late ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "passed", "expected"),
    [
        ("accepted", 4, "late"),
        ("accepted", 3, "not late"),
        ("accepted", 1, "not late"),
        ("accepted", None, "not late"),
        ("rejected", 4, "not late"),
        ("undecided", 4, "not late"),
    ],
)
def test_late_is_what_was_filled_in_after_acceptance(
    verdict: str, passed: float | None, expected: str
) -> None:
    decided_at = None if verdict == "undecided" else day(3)
    path = ("Draft", -5), ("Ready", 0), ("Build", 3)
    found = owed(*path, passed=passed, verdict=verdict, verdict_at=decided_at)

    assert found["is_filled_late"] is (expected == "late")


def test_what_did_not_fail_has_no_debt_and_is_neither_late_nor_not() -> None:
    rows = ({"handoff_id": "a/1", "rule": o, "outcome": o} for o in ("pass", "not_evaluable"))
    attempts = frame(
        {"handoff_id": "a/1", "item_id": "a", "to_rank": 1, "handed_at": MONDAY},
        **dict.fromkeys(("handoff_id", "item_id", "verdict"), pl.String),
        **dict.fromkeys(("step", "to_rank"), pl.Int32),
        **dict.fromkeys(("handed_at", "verdict_at"), INSTANT),
    )
    found = with_debt(frame(*rows, **READINESS_CHECKS), attempts, stays(("Ready", 0)))

    assert found.select("debt_days", "is_filled_late").rows() == [(None, None)] * 2
    assert found.schema == no_checks().schema


# --- what becomes of failures ------------------------------------------------------


def failures(*rows: Row) -> Filling:
    """Failures on day 0 of items that are open at the snapshot, unless a row says otherwise."""
    usual = {"ended_at": SNAPSHOT, "is_ended": False, "debt_days": 0.0, "is_filled_late": False}
    instants = dict.fromkeys(("checked_at", "passed_at", "ended_at"), INSTANT)
    types = {**instants, "is_ended": pl.Boolean, "debt_days": pl.Float64}
    given_rows = ({"checked_at": MONDAY, **usual, **row} for row in rows)
    return fill_in(frame(*given_rows, **types, is_filled_late=pl.Boolean))


FILLED = {"passed_at": day(2)}
UNFILLED = {"ended_at": day(10), "is_ended": True}


def test_never_filled_is_what_ended_without_it() -> None:
    found = failures(FILLED, FILLED, FILLED, UNFILLED)

    assert found.never_filled_share == pytest.approx(0.25)


def test_an_open_failure_may_still_be_filled_in_and_is_on_neither_side() -> None:
    young = {"ended_at": day(1)}

    assert failures(FILLED, UNFILLED, young, young).never_filled_share == pytest.approx(0.5)


def test_what_was_filled_in_after_the_end_was_never_filled_in() -> None:
    assert failures(FILLED, {**UNFILLED, "passed_at": day(11)}).never_filled_share == 0.5


def test_while_no_failure_has_come_to_an_end_nothing_is_known() -> None:
    assert failures({}, {})[1:3] == (None, None)


def test_half_are_filled_in_within_the_median() -> None:
    found = failures({"passed_at": day(1)}, {"passed_at": day(3)}, {"passed_at": day(8)})

    assert found.median_fill_days == 3


def test_where_fewer_than_half_ever_are_there_is_no_median() -> None:
    assert failures(FILLED, UNFILLED, UNFILLED).median_fill_days is None


def test_shares_and_days_are_per_failure() -> None:
    found = failures({"debt_days": 3.0, "is_filled_late": True}, {"debt_days": 1.0})

    assert (found.late_fill_share, found.debt_days) == (0.5, 2.0)


def test_without_a_failure_nothing_is_said() -> None:
    assert failures() == (None, None, None, None)
