"""Every request for a verdict: its number, how long it waited, whether its verdict held."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.decisions.decisions import DECISIONS, Asked, decisions
from pipelines.histories.business_time import business_time
from pipelines.histories.calendars import Calendars
from pipelines.histories.flags import FLAG_INTERVALS
from pipelines.policy import DecisionRight, WorkingHours
from tests.pipelines.frames import INSTANT, Row, at, frame

Drawn: TypeAlias = tuple[list[Row], list[Row]]

DAY_0 = at("2026-03-02")
SNAPSHOT = 40
WINDOW = timedelta(days=14)
RIGHTS = (DecisionRight("priority", ("priority",), decides="product"),)
_STAGES: dict[str, tuple[str, str | None, int]] = {
    "Shaping": ("active", "product", 0),
    "Decision": ("decision", "ceo", 1),
    "Build": ("active", "engineering", 2),
    "Sign-off": ("approval", "quality", 3),
    "On hold": ("parked", None, 4),
    "Done": ("done", None, 5),
    "Closed": ("dropped", None, 6),
}


def day(number: float) -> datetime:
    return DAY_0 + timedelta(days=number)


def calendars(roles: Mapping[str, WorkingHours] | None = None) -> Calendars:
    """Nine to five in UTC, and what these roles have instead."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    own = {role: business_time(hours, first, last) for role, hours in (roles or {}).items()}
    return Calendars(business_time(WorkingHours(), first, last), own)


def walk(*stays: tuple[str, float], item: str = "a") -> list[Row]:
    """Stays in stages entered on these days, one after the other, each by the owner of the last."""
    owners = ["product", *(_STAGES[stage][1] or "?" for stage, _ in stays)]
    return [
        {
            "item_id": item,
            "visit_number": number,
            "stage": stage,
            **dict(zip(("stage_kind", "owner_role", "stage_rank"), _STAGES[stage], strict=True)),
            "entered_at": day(entered),
            "entered_by": owners[number - 1],
        }
        for number, (stage, entered) in enumerate(stays, start=1)
    ]


def flag(first: float, last: float | None = None, item: str = "a") -> Row:
    """A flag, raised on a day and lifted on another."""
    return {
        "item_id": item,
        "flag": "Flagged",
        "waits_for": "decision",
        "decision_right": "Flagged",
        "raised_at": day(first),
        "raised_end": int(first * 1440),
        "raised_by": "engineering",
        "is_raised_in_bulk": False,
        "lifted_at": None if last is None else day(last),
        "lifted_end": None if last is None else int(last * 1440),
        "lifted_by": "product",
        "is_lifted_in_bulk": False,
    }


def review(number: int, asked: float, verdict: str, ended: float | None, **more: Any) -> Row:
    return {
        "item_id": "a",
        "request_number": number,
        "channel": "review",
        "step": "reviewer",
        "requested_at": day(asked),
        "ended_at": None if ended is None else day(ended),
        "verdict": verdict,
        "asked_role": "reviewer",
        "decided_by_role": "reviewer",
        "asked_by": "request",
        "is_taken_over": False,
        **more,
    }


def sources(
    stays: list[Row],
    *,
    flags: list[Row] | None = None,
    reviews: list[Row] | None = None,
    life: Row | None = None,
) -> Asked:
    """Frames of items a and b, watched to the snapshot and not over unless their life says so."""
    usual = {"team": "PAY", "item_type": "Story", "observed_until": day(SNAPSHOT)}
    usual |= {"ended_at": day(SNAPSHOT), "is_ended": False, "is_dropped": False, **(life or {})}
    instants = dict.fromkeys(("observed_until", "ended_at", "watched_from"), INSTANT)
    texts = ("item_id", "kind", "stage", "stage_kind", "owner_role", "entered_by")
    asked = ("item_id", "channel", "step", "verdict", "asked_role", "decided_by_role", "asked_by")
    changed = ("item_id", "change_group", "field", "field_id", "from_id", "from_text", "to_id")
    return Asked(
        items=frame(
            *({"item_id": item, **usual} for item in ("a", "b")),
            **dict.fromkeys(("item_id", "team", "item_type"), pl.String),
            **instants,
            **dict.fromkeys(("is_ended", "is_dropped"), pl.Boolean),
        ),
        visits=frame(
            *({"kind": "ticket", "is_bulk": False, **stay} for stay in stays),
            **dict.fromkeys(texts, pl.String),
            **dict.fromkeys(("visit_number", "stage_rank"), pl.Int32),
            entered_at=INSTANT,
            is_bulk=pl.Boolean,
        ),
        flagged=frame(*(flags or ()), **FLAG_INTERVALS),
        reviews=frame(
            *(reviews or ()),
            **dict.fromkeys((*asked, "decider", "change_group"), pl.String),
            request_number=pl.Int32,
            **dict.fromkeys(("requested_at", "ended_at"), INSTANT),
            is_taken_over=pl.Boolean,
        ),
        changes=frame(
            **dict.fromkeys((*changed, "to_text", "actor_id", "actor_role"), pl.String),
            **dict.fromkeys(("sequence", "group_end"), pl.Int32),
            **dict.fromkeys(("is_member", "is_bulk"), pl.Boolean),
            changed_at=INSTANT,
        ),
    )


def found(
    stays: list[Row] | None = None,
    flags: list[Row] | None = None,
    reviews: list[Row] | None = None,
    *,
    life: Row | None = None,
    roles: Mapping[str, WorkingHours] | None = None,
) -> pl.DataFrame:
    asked = sources(stays or [], flags=flags, reviews=reviews, life=life)
    return decisions(asked, rights=RIGHTS, window=WINDOW, calendars=calendars(roles))


def days(frame_: pl.DataFrame, column: str) -> list[float | None]:
    hours = (pl.col(column) - DAY_0).dt.total_hours()
    return frame_.select(hours / 24).to_series().to_list()


def test_requests_are_numbered_by_item_and_channel_in_the_order_in_which_they_were_made() -> None:
    stays = walk(("Decision", 1), ("Shaping", 2), ("Decision", 3), ("Sign-off", 4))

    told = found([*stays, *walk(("Decision", 2), item="b")], [flag(2)], [])

    assert told["decision_id"].to_list() == [
        "a/approval/1", "a/flag/1", "a/stage/1", "a/stage/2", "b/stage/1",
    ]  # fmt: skip


def test_a_request_has_the_columns_of_its_table_and_those_of_the_estimates() -> None:
    told = found(walk(("Decision", 1), ("Build", 2)))

    assert told.schema == DECISIONS
    assert told.select("item_id", "team", "item_type", "decision_right", "channel").rows() == [
        ("a", "PAY", "Story", "Decision", "stage")
    ]


@pytest.mark.parametrize(
    ("last", "outcome", "is_decided", "has_ended"),
    [
        (("Build", 2), "decided", True, True),
        (("Closed", 2), "dropped", False, True),
        (("On hold", 2), "open", False, False),
    ],
)
def test_only_a_verdict_has_an_instant_of_its_own(
    last: tuple[str, float], outcome: str, *, is_decided: bool, has_ended: bool
) -> None:
    [told] = found(walk(("Decision", 1), last)).to_dicts()

    assert told["outcome"] == outcome
    assert (told["decided_at"] is not None) == is_decided
    assert (told["ended_at"] is not None) == has_ended
    assert told["is_open"] == (not has_ended)


def test_hours_run_to_the_end_of_the_request_on_both_clocks() -> None:
    told = found(walk(("Decision", 0), ("Build", 7)))

    assert told.select("elapsed_hours", "business_hours").rows() == [(7 * 24, 5 * 8)]


def test_hours_of_an_open_request_run_to_the_snapshot() -> None:
    told = found(walk(("Decision", SNAPSHOT - 2)))

    assert told.select("elapsed_hours", "business_hours").rows() == [(48, 16)]


def test_hours_are_those_of_the_role_that_is_asked() -> None:
    """From Monday 00:00 to Tuesday 00:00 UTC the chief, in Pune, works one afternoon more."""
    pune = WorkingHours("Asia/Kolkata", opens=time(13), closes_minute=17 * 60)

    asked = {**flag(0, 1), "decision_right": "priority"}

    told = found(walk(("Decision", 0), ("Build", 1)), [asked], roles={"ceo": pune})

    assert told.select("channel", "asked_role", "business_hours").rows() == [
        ("flag", "product", 8),
        ("stage", "ceo", 4),
    ]


def test_a_day_on_which_the_clocks_change_has_the_hours_it_had() -> None:
    """On 29 March the clocks of Berlin skip the hour from two to three."""
    night = WorkingHours("Europe/Berlin", frozenset({6}), time(0), 4 * 60)

    told = found(walk(("Decision", 26), ("Build", 28)), roles={"ceo": night})

    assert told["business_hours"].to_list() == [3]


def test_a_verdict_is_reversed_or_holds_or_is_too_young_to_tell() -> None:
    returned = walk(("Decision", 0), ("Build", 1), ("Shaping", 3))
    held, young = walk(("Decision", 0), ("Build", 1)), walk(("Decision", 30), ("Build", 31))

    for stays, told in ((returned, True), (held, False), (young, None)):
        assert found(stays)["is_reversed"].to_list() == [told]


def test_a_young_verdict_that_was_reversed_is_known_but_its_window_is_not_over() -> None:
    told = found(walk(("Decision", 30), ("Build", 31), ("Shaping", 33)))

    assert told.select("is_reversed", "is_window_over").rows() == [(True, False)]


def test_the_window_is_over_on_its_last_instant() -> None:
    told = found(walk(("Decision", 0), ("Build", SNAPSHOT - 14)))

    assert told.select("is_reversed", "is_window_over").rows() == [(False, True)]


def test_a_request_without_a_verdict_was_not_reversed_and_does_not_hold() -> None:
    told = found(walk(("Decision", 0), ("Closed", 1)), life={"ended_at": day(1), "is_ended": True})

    assert told.select("is_reversed", "reversed_at", "stable_at", "stable_end").rows() == [
        (None, None, None, 2)
    ]


def test_a_verdict_that_held_is_stable_when_it_was_given() -> None:
    told = found(walk(("Decision", 0), ("Build", 3)))

    assert (days(told, "stable_at"), told["stable_end"].to_list()) == ([3], [1])


def test_whether_a_young_verdict_holds_is_unknown_and_the_wait_known_up_to_it() -> None:
    told = found(walk(("Decision", 30), ("Build", 31)))

    assert (days(told, "stable_at"), days(told, "stable_until")) == ([None], [31])
    assert told["stable_end"].to_list() == [0]


def test_a_reversed_verdict_is_stable_when_a_later_one_of_the_same_right_held() -> None:
    told = found(walk(("Decision", 0), ("Build", 1), ("Decision", 3), ("Build", 6)))

    assert days(told, "stable_at") == [6, 6]


def test_a_verdict_of_another_right_makes_nothing_stable() -> None:
    told = found(walk(("Decision", 0), ("Build", 1), ("Shaping", 3)), [flag(4, 5)])

    assert told["channel"].to_list() == ["flag", "stage"]
    assert days(told, "stable_at") == [5, None]


def test_a_verdict_of_another_step_makes_no_review_stable() -> None:
    reviews = [
        review(1, 0, "approved", 1),
        review(2, 2, "changes_requested", 3),
        review(3, 2, "approved", 4, step="security"),
    ]

    assert days(found(reviews=reviews), "stable_at") == [3, 3, 4]


def test_what_one_approved_for_others_is_stable_when_one_approves_it_in_ones_own_name() -> None:
    reviews = [
        review(1, 0, "approved", 1, step="anyone", decider="ben"),
        review(2, 2, "changes_requested", 3, decider="ben"),
        review(3, 4, "approved", 5, step="legal", decider="ben"),
        review(4, 4, "approved", 9, step="anyone", decider="cat"),
    ]

    told = found(reviews=reviews)

    assert told["is_reversed"].to_list() == [True, False, False, False]
    assert days(told, "stable_at") == [3, 3, 5, 9]


def test_where_ones_own_verdict_does_not_hold_that_of_the_step_may() -> None:
    reviews = [
        review(1, 0, "approved", 1, step="anyone", decider="ben"),
        review(2, 2, "changes_requested", 3, step="anyone", decider="cat"),
    ]

    assert days(found(reviews=reviews), "stable_at") == [3, 3]


def test_after_a_verdict_that_did_not_hold_one_is_waited_for_until_the_snapshot() -> None:
    told = found(walk(("Decision", 0), ("Build", 1), ("Shaping", 3)))

    assert (days(told, "stable_until"), told["stable_end"].to_list()) == ([SNAPSHOT], [0])


def test_after_a_verdict_that_did_not_hold_none_comes_where_the_item_is_over() -> None:
    stays = walk(("Decision", 0), ("Build", 1), ("Shaping", 3), ("Closed", 5))

    told = found(stays, life={"ended_at": day(5), "is_ended": True, "is_dropped": True})

    assert (days(told, "stable_until"), told["stable_end"].to_list()) == ([5], [2])


def test_a_verdict_nobody_asked_for_holds_and_is_no_decision() -> None:
    reviews = [
        review(1, 0, "approved", 1),
        review(2, 3, "changes_requested", 3, asked_by="nobody"),
    ]

    told = found(reviews=reviews)

    assert told["decision_id"].to_list() == ["a/review/1"]
    assert (days(told, "reversed_at"), days(told, "stable_at")) == ([3], [3])


def test_an_open_request_waits_for_its_own_verdict() -> None:
    reviews = [review(1, 0, "open", None), review(2, 1, "approved", 2)]

    told = found(reviews=reviews)

    assert told.select("stable_end", "is_open").rows() == [(0, True), (1, False)]


def test_what_was_waited_before_the_source_was_watched_is_told() -> None:
    stays = walk(("Decision", 0), ("Build", 7))

    late = found(stays, life={"watched_from": day(1)})
    always = found(stays)

    assert late.select("unwatched_hours", "business_hours").rows() == [(8, 40)]
    assert always.select("unwatched_hours", "watched_from").rows() == [(0, None)]


def test_no_sources_ask_for_nothing() -> None:
    assert (found().height, found().schema) == (0, DECISIONS)


_MINUTES = st.sampled_from((0, 1, 90, 1440, 4 * 1440, 20 * 1440))
_STEPS = st.lists(st.tuples(st.sampled_from(tuple(_STAGES)), _MINUTES), max_size=10)
_FLAGS = st.lists(st.tuples(_MINUTES, st.one_of(st.none(), _MINUTES)), max_size=3)


@st.composite
def lives(draw: st.DrawFn, item: str) -> Drawn:
    """A walk through stages and some flags, by the minute, at times at one instant."""
    moment, stays, previous = 0, [], None
    for stage, minutes in draw(_STEPS):
        moment += minutes
        if stage != previous:
            stays.append((stage, moment / 1440))
        previous = stage
    flags, up = [], 0
    for before, lasted in draw(_FLAGS):
        up += before
        down = None if lasted is None else up + lasted
        flags.append(flag(up / 1440, None if down is None else down / 1440, item))
        if down is None:
            break
        up = down
    return walk(*stays, item=item), flags


def told_of(lives_: list[Drawn], later: timedelta) -> pl.DataFrame:
    """The requests of these lives, all instants moved, watched for half a year."""
    life = {"observed_until": day(182), "ended_at": day(182)}
    stays, flags = ([row for one in lives_ for row in one[part]] for part in (0, 1))
    asked = sources(stays, flags=flags, life=life)
    moved = {
        name: getattr(asked, name).with_columns(pl.col(INSTANT) + later) for name in Asked.__slots__
    }
    return decisions(Asked(**moved), rights=RIGHTS, window=WINDOW, calendars=calendars())


_LAW = settings(max_examples=40)


@_LAW
@given(lives("a"))
def test_a_request_has_one_outcome_and_its_instants_are_in_order(
    life: Drawn,
) -> None:
    told = told_of([life], timedelta())

    is_ended = pl.col("ended_at").is_not_null()
    for outcome in told.select(
        (pl.col("outcome") == "open") == ~is_ended,
        pl.col("decided_at")
        .eq_missing(pl.when(pl.col("outcome") == "decided").then("ended_at"))
        .alias("verdict"),
        (pl.col("requested_at") <= pl.col("ended_at")).fill_null(value=True).alias("ends"),
        (pl.col("ended_at") <= pl.col("reversed_at")).fill_null(value=True).alias("reversed"),
        (pl.col("decided_at") <= pl.col("stable_at")).fill_null(value=True).alias("stable"),
        (pl.col("requested_at") <= pl.col("stable_until")).alias("watched"),
        pl.col("business_hours").is_between(0, pl.col("elapsed_hours")).alias("hours"),
    ):
        assert outcome.all()


@_LAW
@given(lives("a"), st.integers(1, 12))
def test_whole_weeks_later_every_request_takes_as_long(life: Drawn, weeks: int) -> None:
    later = timedelta(weeks=weeks)

    moved = told_of([life], later).with_columns(pl.col(INSTANT) - later)

    assert moved.equals(told_of([life], timedelta()))


@_LAW
@given(lives("a"), lives("b"))
def test_another_item_changes_nothing(life: Drawn, other: Drawn) -> None:
    both = told_of([life, other], timedelta())

    assert both.filter(pl.col("item_id") == "a").equals(told_of([life], timedelta()))
