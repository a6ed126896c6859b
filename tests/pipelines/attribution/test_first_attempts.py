"""First attempts on one edge: who held either side, what the item met, and how long it took."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.attribution.first_attempts import Evidence, FirstAttempts, first_attempts
from pipelines.handoffs import handoffs as found_handoffs
from tests.pipelines.frames import INSTANT, Row, at, frame

BEGUN = at("2026-01-05")
SNAPSHOT = at("2026-12-31")


def items(*rows: Row) -> pl.DataFrame:
    """Done after ten days unless told."""
    usual = {
        "kind": "ticket",
        "project": "PAY",
        "team": "Payments",
        "item_type": "Story",
        "is_subtask": False,
        "is_done": True,
        "is_dropped": False,
        "clock_from": BEGUN,
        "ended_at": BEGUN + timedelta(days=10),
        "observed_until": SNAPSHOT,
    }
    return frame(
        *({**usual, **row} for row in rows),
        **dict.fromkeys(("item_id", "kind", "project", "team", "item_type"), pl.String),
        **dict.fromkeys(("is_subtask", "is_done", "is_dropped"), pl.Boolean),
        **dict.fromkeys(("clock_from", "ended_at", "observed_until", "watched_from"), INSTANT),
    )


def handoffs(*rows: Row) -> pl.DataFrame:
    """Handed over by the click 1, and accepted by the click 2."""
    usual = {
        "attempt": 1,
        "step": 2,
        "group_end": 1,
        "verdict": "accepted",
        "verdict_group_end": 2,
        "from_role": "product",
        "to_role": "engineering",
        "to_stage": "Ready",
        "handed_at": at("2026-02-10"),
        "team": "Payments",
        "item_type": "Story",
    }
    told = [
        {**usual, "handoff_id": f"{row['item_id']}/{place}", **row}
        for place, row in enumerate(rows)
    ]
    return frame(
        *told,
        **dict.fromkeys(("item_id", "handoff_id", "from_role", "to_role", "to_stage"), pl.String),
        **dict.fromkeys(("team", "item_type", "verdict"), pl.String),
        **dict.fromkeys(("attempt", "step", "group_end", "verdict_group_end"), pl.Int32),
        handed_at=INSTANT,
    )


def known(told: pl.DataFrame, **other: Any) -> Evidence:
    """Ada hands everything over, Ben takes it on."""
    ids = told["item_id"].to_list()
    clicks = [
        {"item_id": one, "group_end": group, "field": "status", "actor_id": who, "actor_role": role}
        for one in ids
        for group, who, role in ((1, "ada", "product"), (2, "ben", "engineering"))
    ]
    usual: dict[str, pl.DataFrame] = {
        "changes": frame(
            *clicks,
            **dict.fromkeys(("item_id", "field", "actor_id", "actor_role"), pl.String),
            group_end=pl.Int32,
        ),
        "checks": frame(**dict.fromkeys(("item_id", "handoff_id", "rule", "outcome"), pl.String)),
        "decision_changes": frame(
            **dict.fromkeys(("item_id", "decision_right", "actor_role"), pl.String),
            is_bulk=pl.Boolean,
        ),
        "intake": frame(item_id=pl.String, scope_edit_count=pl.Int32),
        "seat_holders": holders(),
    }
    return Evidence(items=told, **{**usual, **other})


def holders(*rows: Row) -> pl.DataFrame:
    return frame(
        *rows,
        **dict.fromkeys(("role", "place", "actor_id"), pl.String),
        **dict.fromkeys(("valid_from", "valid_until"), INSTANT),
    )


def found(
    attempts: pl.DataFrame, evidence: Evidence, guards: str | None = "Ready"
) -> FirstAttempts:
    return first_attempts(attempts, evidence, guards=guards, horizon=90.0)


def test_an_item_has_who_clicked_the_month_and_the_logarithm_of_its_days() -> None:
    told = items({"item_id": "1"})
    one = found(handoffs({"item_id": "1"}), known(told))
    (row,) = one.rows.to_dicts()
    assert (row["team"], row["sender"], row["receiver"], row["kind"]) == (
        "Payments",
        "000000",
        "000001",
        "Story",
    )
    assert str(row["month"]) == "2026-02-01"
    assert row["value"] == pytest.approx(2.302585)
    assert (one.mean_days, one.from_role, one.to_role) == (10.0, "product", "engineering")


def test_a_declared_holder_comes_before_who_clicked_while_the_tenure_lasts() -> None:
    told = items({"item_id": "1"}, {"item_id": "2"})
    attempts = handoffs({"item_id": "1"}, {"item_id": "2", "handed_at": at("2026-03-10")})
    seat = {"role": "product", "place": "PAY", "actor_id": "cat", "valid_until": at("2026-03-01")}
    one = found(attempts, known(told, seat_holders=holders(seat)))
    assert one.rows["sender"].to_list() == ["000000", "000001"]
    assert one.rows["receiver"].to_list() == ["000002", "000002"]


def test_a_seat_may_be_named_by_the_team() -> None:
    seat = {"role": "engineering", "place": "Payments", "actor_id": "dan"}
    again = {"item_id": "2", "group_end": 2}
    acts = known(items({"item_id": "1"}, {"item_id": "2"}), seat_holders=holders(seat))
    one = found(handoffs({"item_id": "1"}, again), acts)
    # Ben's click is not Dan's seat: whoever clicked, Dan takes over.
    assert one.rows["sender"].to_list() == ["000000", "000001"]
    assert one.rows["receiver"].to_list() == ["000002", "000002"]


def test_a_seat_may_be_a_role_wherever_no_place_has_a_holder_of_its_own() -> None:
    everywhere = {"role": "product", "place": "", "actor_id": "cat"}
    here = {"role": "product", "place": "WEB", "actor_id": "dan", "valid_from": at("2020-01-01")}
    told = items({"item_id": "1"}, {"item_id": "2", "project": "WEB"}, {"item_id": "3"})
    attempts = handoffs({"item_id": "1"}, {"item_id": "2"}, {"item_id": "3"})
    one = found(attempts, known(told, seat_holders=holders(everywhere, here)))
    assert one.rows["sender"].to_list() == ["000000", "000001", "000000"]


def stays(*told: tuple[str, str, str | None, str]) -> pl.DataFrame:
    """The stays of item 1, one click each: stage, its kind, whose it is, the role that moved it."""
    ranks = {"Shaping": 0, "Ready": 1, "Build": 2, "Blocked": None}
    visits = [
        {
            "item_id": "1",
            "kind": "ticket",
            "visit_number": place + 1,
            "group_end": place,
            "stage": stage,
            "stage_kind": kind,
            "owner_role": owner,
            "stage_rank": ranks[stage],
            "entered_at": BEGUN + timedelta(days=place),
            "entered_by": mover,
            "ended_at": SNAPSHOT,
            "team": "Payments",
            "item_type": "Story",
        }
        for place, (stage, kind, owner, mover) in enumerate(told)
    ]
    shape = {
        **dict.fromkeys(("item_id", "kind", "stage", "stage_kind", "owner_role"), pl.String),
        **dict.fromkeys(("entered_by", "team", "item_type", "project", "scope"), pl.String),
        **dict.fromkeys(("visit_number", "group_end", "stage_rank"), pl.Int32),
        **dict.fromkeys(("entered_at", "ended_at"), INSTANT),
    }
    return frame(*visits, **shape).with_columns(
        pl.lit(value=False).alias(name) for name in ("is_bulk", "is_refusal", "is_ended")
    )


SHAPED = ("Shaping", "active", "product", "product")
BLOCKED = ("Blocked", "parked", None, "product")
READY = ("Ready", "queue", "engineering", "product")


@pytest.mark.parametrize(
    ("told", "receiver"),
    [
        ((SHAPED, READY, ("Build", "active", "engineering", "engineering")), "click 2"),
        ((SHAPED, READY, ("Shaping", "active", "product", "engineering")), "click 2"),
        (
            (SHAPED, BLOCKED, READY, BLOCKED, ("Build", "active", "engineering", "engineering")),
            "click 4",
        ),
        ((SHAPED, READY, SHAPED), None),
        ((SHAPED, READY), None),
    ],
    ids=["accepted", "rejected", "accepted after pauses", "recalled", "undecided"],
)
def test_the_receiver_is_who_took_it_on_or_sent_it_back(
    told: tuple[tuple[str, str, str | None, str], ...], receiver: str | None
) -> None:
    clicks = frame(
        *(
            {"item_id": "1", "group_end": place, "field": "status", "actor_id": f"click {place}"}
            for place in range(1, len(told))
        ),
        **dict.fromkeys(("item_id", "field", "actor_id", "actor_role"), pl.String),
        group_end=pl.Int32,
    )
    ranks = frame(scope=pl.String, project=pl.String, stage=pl.String, stage_rank=pl.Int32)
    attempts = found_handoffs.handoffs(stays(*told), ranks)
    handed = told.index(READY)
    # Whoever held a side is numbered; a tenure tells which number is whose.
    of_click = holders(
        {"role": "product", "place": "PAY", "actor_id": receiver or f"click {handed}"}
    )
    one = found(attempts, known(items({"item_id": "1"}), changes=clicks))
    same = found(attempts, known(items({"item_id": "1"}), changes=clicks, seat_holders=of_click))
    assert one.rows["sender"].to_list() == ["000000"]
    if receiver is None:
        assert one.rows["receiver"].to_list() == [None]
    else:
        assert one.rows["receiver"].to_list() == ["000001"]
        assert same.rows["receiver"].to_list() == same.rows["sender"].to_list()


def test_only_the_first_attempt_counts() -> None:
    told = items({"item_id": "1"})
    again = {"item_id": "1", "attempt": 2, "step": 5, "handed_at": at("2026-04-10")}
    one = found(handoffs({"item_id": "1"}, again), known(told))
    assert [str(month) for month in one.rows["month"]] == ["2026-02-01"]


def test_an_item_that_could_not_be_followed_to_the_horizon_does_not_count_however_fast() -> None:
    told = items(
        {"item_id": "1", "observed_until": BEGUN + timedelta(days=60)},
        {"item_id": "2", "is_done": False, "ended_at": SNAPSHOT},
    )
    one = found(handoffs({"item_id": "1"}, {"item_id": "2"}), known(told))
    # The open one took ninety days at least.
    assert one.rows["value"].to_list() == pytest.approx([4.49981])


def test_without_a_guard_the_busiest_pair_of_roles_is_looked_at() -> None:
    told = items({"item_id": "1"}, {"item_id": "2"}, {"item_id": "3"})
    other = {"from_role": "engineering", "to_role": "quality", "to_stage": "Test"}
    attempts = handoffs({"item_id": "1", **other}, {"item_id": "2", **other}, {"item_id": "3"})
    one = found(attempts, known(told), guards=None)
    assert (one.from_role, one.to_role, one.rows.height) == ("engineering", "quality", 2)


def test_a_bot_holds_nothing() -> None:
    told = items({"item_id": "1"})
    evidence = known(told)
    bots = evidence.changes.with_columns(actor_role=pl.lit("bot"))
    one = found(handoffs({"item_id": "1"}), known(told, changes=bots))
    assert one.rows["sender"].to_list() == [None]


def test_what_ten_met_and_ten_did_not_is_asked() -> None:
    ids = [f"{number:02}" for number in range(20)]
    told = items(*({"item_id": one} for one in ids))
    attempts = handoffs(*({"item_id": one} for one in ids))
    checks = frame(
        *(
            {
                "item_id": one,
                "handoff_id": handoff,
                "rule": rule,
                "outcome": "fail" if number < failing else "pass",
            }
            for rule, failing in (("criteria", 10), ("design", 9))
            for number, (one, handoff) in enumerate(attempts.select("item_id", "handoff_id").rows())
        ),
        **dict.fromkeys(("item_id", "handoff_id", "rule", "outcome"), pl.String),
    )
    voices = [
        {"item_id": one, "decision_right": "timeline", "actor_role": role, "is_bulk": False}
        for one in ids[:12]
        for role in (("product", "engineering") if one < "10" else ("product", "?"))
    ]
    decided = frame(
        *voices,
        **dict.fromkeys(("item_id", "decision_right", "actor_role"), pl.String),
        is_bulk=pl.Boolean,
    )
    one = found(attempts, known(told, checks=checks, decision_changes=decided))
    assert one.exposures == ("readiness:criteria", "several_deciders")
    assert one.rows["several_deciders"].sum() == 10


def test_nothing_handed_over_gives_no_rows() -> None:
    told = items({"item_id": "1"})
    one = found(handoffs(), known(told))
    assert (one.rows.height, one.exposures, one.mean_days) == (0, (), None)


def test_a_pseudonym_leaves_no_trace() -> None:
    told = items({"item_id": "1"}, {"item_id": "2"})
    attempts = handoffs({"item_id": "1"}, {"item_id": "2"})
    evidence = known(told)
    other = {"ada": "zoe", "ben": "abe"}
    renamed = known(told, changes=evidence.changes.with_columns(pl.col("actor_id").replace(other)))
    assert found(attempts, evidence).rows.equals(found(attempts, renamed).rows)
