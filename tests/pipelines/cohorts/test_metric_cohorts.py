"""Who enters a metric when, and which end counts."""

import polars as pl

from pipelines.cohorts import metric_cohorts
from tests.pipelines.frames import INSTANT, Row, at, ends, frame

OPEN, COUNTED, OTHER = 0, 1, 2


def commitments(*rows: Row) -> pl.DataFrame:
    return frame(
        *(
            {
                "subject_kind": "item",
                "subject_id": str(number),
                "committed_at": at("2026-03-02"),
                "is_promise": True,
                **row,
            }
            for number, row in enumerate(rows)
        ),
        subject_kind=pl.String,
        subject_id=pl.String,
        team=pl.String,
        **dict.fromkeys(("committed_at", "shipped_at", "dropped_at", "observed_until"), INSTANT),
        is_promise=pl.Boolean,
        is_on_time=pl.Boolean,
        is_silent_miss=pl.Boolean,
    )


def test_a_commitment_that_is_not_due_is_neither_kept_nor_broken_and_holds_its_week_open() -> None:
    ledger = commitments(*({"is_on_time": verdict} for verdict in (True, False, None)))

    found = metric_cohorts.on_time(ledger, verdict="is_on_time")
    assert found["end"].to_list() == [COUNTED, OTHER, OPEN]


def test_a_dropped_commitment_is_not_judged() -> None:
    ledger = commitments({"dropped_at": at("2026-03-05")})

    assert metric_cohorts.on_time(ledger, verdict="is_on_time").is_empty()
    assert metric_cohorts.silent_miss(ledger).is_empty()


def test_a_silent_miss_is_known_once_the_first_day_is_over() -> None:
    ledger = commitments(
        {"is_on_time": False, "is_silent_miss": True},
        {"is_on_time": True, "is_silent_miss": False},
        {"is_silent_miss": False},
    )

    assert metric_cohorts.silent_miss(ledger)["end"].to_list() == [COUNTED, OTHER, OPEN]


def test_releases_are_not_counted_among_items() -> None:
    ledger = commitments({"is_on_time": True, "subject_kind": "release"})

    assert metric_cohorts.on_time(ledger, verdict="is_on_time").is_empty()


def moves(*rows: Row) -> pl.DataFrame:
    usual = {"subject_kind": "item", "subject_id": "0", "is_after_commitment": True, "days": 7}
    return frame(
        *({**usual, **row} for row in rows),
        **dict.fromkeys(("subject_kind", "subject_id", "move"), pl.String),
        moved_at=INSTANT,
        days=pl.Int32,
        is_after_commitment=pl.Boolean,
    )


def first_slips(ledger: Row, *moved: Row) -> list[tuple[float, int]]:
    """How long one commitment was followed, and how that ended."""
    usual = {"observed_until": at("2026-03-30")}
    cohort = metric_cohorts.first_slip(commitments({**usual, **ledger}), moves(*moved))
    return cohort.select("followed_days", "end").rows()


def test_a_commitment_is_followed_to_its_first_slip() -> None:
    moved = [{"move": "slip", "moved_at": at(f"2026-03-{day:02}")} for day in (12, 9)]

    assert first_slips({}, *moved) == [(7.0, COUNTED)]


def test_a_cleared_date_and_a_later_release_are_slips_and_a_pull_in_is_none() -> None:
    for move, days, end in (
        ("clear", None, COUNTED),
        ("retarget", 7, COUNTED),
        ("pull_in", -7, OPEN),
    ):
        moved = {"move": move, "days": days, "moved_at": at("2026-03-09")}
        assert first_slips({}, moved)[0][1] == end


def test_what_was_shipped_before_the_slip_did_not_slip() -> None:
    moved = {"move": "slip", "moved_at": at("2026-03-12")}

    assert first_slips({"shipped_at": at("2026-03-09")}, moved) == [(7.0, OTHER)]


def test_what_is_still_promised_may_yet_slip() -> None:
    assert first_slips({}) == [(28.0, OPEN)]


def test_a_date_without_a_commitment_cannot_slip() -> None:
    moved = {"move": "slip", "moved_at": at("2026-03-12"), "is_after_commitment": False}

    assert first_slips({"committed_at": None, "is_promise": False}, moved) == []


def test_what_was_committed_with_its_end_was_never_there_to_slip() -> None:
    for end in ("shipped_at", "dropped_at"):
        assert first_slips({end: at("2026-03-02")}) == []


def test_what_was_given_with_the_delivery_is_no_promise() -> None:
    ledger = commitments({"is_promise": False, "shipped_at": at("2026-03-02")})

    assert metric_cohorts.on_time(ledger, verdict="is_on_time").is_empty()
    assert metric_cohorts.silent_miss(ledger).is_empty()


def items(*rows: Row) -> pl.DataFrame:
    usual = {"item_type": "Story", "is_subtask": False, "clock_from": at("2026-03-02")}
    return frame(
        *(
            {"item_id": str(number), **usual, "ended_at": at("2026-03-12"), **row}
            for number, row in enumerate(rows)
        ),
        item_id=pl.String,
        team=pl.String,
        item_type=pl.String,
        **dict.fromkeys(("is_subtask", "is_done", "is_dropped"), pl.Boolean),
        **dict.fromkeys(("clock_from", "ended_at"), INSTANT),
    )


def test_done_counts_dropped_is_another_end_and_the_rest_is_open() -> None:
    found = metric_cohorts.lead_time(
        items(
            {"is_done": True, "is_dropped": False},
            {"is_done": False, "is_dropped": True},
            {"is_done": False, "is_dropped": False},
        )
    )

    assert ends(found) == [(10.0, COUNTED), (10.0, OTHER), (10.0, OPEN)]


def test_parts_of_items_and_items_without_a_clock_have_no_lead_time() -> None:
    assert metric_cohorts.lead_time(items({"is_subtask": True}, {"clock_from": None})).is_empty()


def test_a_stay_ends_when_it_is_left() -> None:
    stays = frame(
        {"visit_number": 1, "until": at("2026-03-03"), "is_open": False},
        {"visit_number": 2, "until": at("2026-03-04"), "is_open": True},
        visit_number=pl.Int32,
        until=INSTANT,
        is_open=pl.Boolean,
    ).with_columns(
        item_id=pl.lit("PAY-1"), kind=pl.lit("ticket"), entered_at=pl.lit(at("2026-03-02"))
    )

    found = metric_cohorts.stage_stays(stays)
    assert found["subject_id"].to_list() == ["PAY-1/1", "PAY-1/2"]
    assert ends(found) == [(1.0, COUNTED), (2.0, OPEN)]


# --- decisions, approvals, contests, intake ----------------------------------------


def test_a_verdict_counts_and_a_request_that_was_withdrawn_or_dropped_had_another_end() -> None:
    decisions = frame(
        *({"outcome": outcome} for outcome in ("decided", "withdrawn", "dropped", "open")),
        **dict.fromkeys(("decision_id", "team", "item_type", "outcome"), pl.String),
    ).with_columns(requested_at=pl.lit(at("2026-03-02")), elapsed_hours=pl.lit(36.0))

    found = metric_cohorts.decision_days(decisions)
    assert ends(found) == [(1.5, COUNTED), (1.5, OTHER), (1.5, OTHER), (1.5, OPEN)]


def test_an_approval_is_waited_for_until_the_change_is_over() -> None:
    approvals = frame(
        {"verdict_at": at("2026-03-05"), "is_ended": True},
        {"is_ended": True},
        {"is_ended": False},
        **dict.fromkeys(("item_id", "team", "item_type"), pl.String),
        verdict_at=INSTANT,
        is_ended=pl.Boolean,
    ).with_columns(first_requested_at=pl.lit(at("2026-03-02")), ended_at=pl.lit(at("2026-03-12")))

    found = metric_cohorts.approval_days(approvals)
    assert ends(found) == [(3.0, COUNTED), (10.0, OTHER), (10.0, OPEN)]


def test_a_bypass_is_one_where_there_is_an_intake_and_the_type_is_not_exempt() -> None:
    intake = frame(
        {"is_bypass": True, "is_exempt": False},
        {"is_bypass": False, "is_exempt": False},
        {"is_bypass": None, "is_exempt": False},
        {"is_bypass": True, "is_exempt": True},
        **dict.fromkeys(("item_id", "team", "item_type"), pl.String),
        **dict.fromkeys(("is_bypass", "is_exempt"), pl.Boolean),
    ).with_columns(entered_build_at=pl.lit(at("2026-03-02")))

    assert ends(metric_cohorts.intake_bypass(intake)) == [(0.0, COUNTED), (0.0, OTHER)]
