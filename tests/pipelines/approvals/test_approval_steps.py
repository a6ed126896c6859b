"""Each step of approval: how long it takes, how often it finds anything."""

from typing import Any

import polars as pl
import pytest

from pipelines.approvals.approval_steps import APPROVAL_STEPS, approval_steps
from pipelines.cohorts.scopes import Scopes
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, frame
from tests.pipelines.reviewing import march

_TEXTS = ("item_id", "team", "item_type", "channel", "step", "verdict", "asked_by")
_PEOPLE = ("reviewer", "decider")


def asked(verdict: str, hours: float = 1.0, **more: Any) -> Row:
    """A request that waited some business hours."""
    told = {"business_hours": hours, "elapsed_hours": 3 * hours, "unwatched_hours": 0.0}
    return {"verdict": verdict, **told, **more}


def of_team(slug: str, *deciders: str | None) -> list[Row]:
    """Requests that a team answered by these people."""
    told: dict[str, Any] = {"reviewer": f"team:{slug}", "step": slug}
    return [asked("approved", decider=who, **told) for who in deciders]


def steps(
    *requests: Row, scopes: Scopes = NO_GROUPS, waits: tuple[tuple[float, float], ...] = ()
) -> pl.DataFrame:
    """The steps of these requests, each of an item of its own that waited so long, so long solo."""
    usual = {"team": "PAY", "channel": "review", "step": "reviewer", "asked_by": "request"}
    usual |= {"reviewer": "ben", "decider": "ben"}
    numbered = (
        {"item_id": str(n), "request_number": 1, "requested_at": march(2), **usual, **one}
        for n, one in enumerate(requests)
    )
    told = frame(
        *numbered,
        **dict.fromkeys((*_TEXTS, *_PEOPLE), pl.String),
        request_number=pl.Int32,
        **dict.fromkeys(("requested_at", "watched_from"), INSTANT),
        **dict.fromkeys(("business_hours", "elapsed_hours", "unwatched_hours"), pl.Float64),
        has_finding=pl.Boolean,
    )
    waited = (
        {"item_id": str(n), "team": "PAY", "waiting_hours": waiting, "solo_hours": solo}
        for n, (waiting, solo) in enumerate(waits)
    )
    figures = {"waiting_hours": pl.Float64, "solo_hours": pl.Float64}
    groups = dict.fromkeys(("item_id", "team", "item_type", "release"), pl.String)
    waits_of_items = frame(*waited, **groups, **figures)
    return approval_steps(told, waits_of_items, scopes, minimum_group=3)


def counts(found: pl.DataFrame) -> list[Any]:
    return found.select("step", "requests", "verdicts", "open_requests").rows()


def test_requests_of_each_step_are_counted_by_what_became_of_them() -> None:
    verdicts = ("approved", "changes_requested", "withdrawn", "superseded", "open")
    found = steps(*map(asked, verdicts), asked("approved", step="security"))

    assert counts(found) == [("reviewer", 5, 2, 1), ("security", 1, 1, 0)]


def test_a_verdict_nobody_waited_for_is_not_a_request_answered_in_no_time() -> None:
    found = steps(asked("approved", 6), asked("approved", 0, asked_by="nobody"))

    assert found.select("requests", "verdicts", "p50_hours").rows() == [(1, 1, 6.0)]


def test_half_and_most_have_a_verdict_within_these_hours() -> None:
    found = steps(*(asked("approved", hours) for hours in range(1, 21)))

    assert found.select("p50_hours", "p85_hours").rows() == [
        (pytest.approx(10.0), pytest.approx(17.0))
    ]


def test_an_open_request_is_waited_for_not_left_out() -> None:
    found = steps(asked("approved", 4), asked("approved", 8), asked("open", 6))

    # A third had it within four hours, and the one still watched at eight had it then.
    assert found.select("p50_hours", "p85_hours").rows() == [
        (pytest.approx(8.0), pytest.approx(8.0))
    ]


def test_a_withdrawn_request_never_gets_a_verdict_and_has_waited() -> None:
    found = steps(asked("approved", 4), *[asked("withdrawn", 8)] * 3)

    assert found.select("p50_hours", "mean_hours", "horizon_hours").rows() == [
        (None, pytest.approx(7.0), pytest.approx(8.0))
    ]


def test_the_mean_lies_in_its_interval() -> None:
    [row] = steps(*(asked("approved", hours) for hours in range(1, 41))).to_dicts()

    assert row["mean_low"] < row["mean_hours"] < row["mean_high"] <= row["horizon_hours"]


SILENT = asked("approved", has_finding=False)
REFUSED = asked("changes_requested", has_finding=True)
UNTOLD = asked("approved", has_finding=None)


def test_the_share_without_a_finding_is_a_share_of_the_verdicts() -> None:
    found = steps(SILENT, SILENT, SILENT, REFUSED, asked("withdrawn"), asked("open"))

    [row] = found.select("no_finding_share", "no_finding_low", "no_finding_high").rows()
    # Wilson, of three in four.
    assert row == pytest.approx((0.75, 0.3006, 0.9544), abs=1e-4)


@pytest.mark.parametrize(
    ("requests", "without"),
    [
        ((UNTOLD, UNTOLD, REFUSED), None),
        ((asked("open"),), None),
        ((REFUSED,), 0.0),
        ((SILENT, SILENT, UNTOLD, UNTOLD, REFUSED, REFUSED), pytest.approx(2 / 3)),
    ],
    ids=["no words came", "no verdict", "refused alone", "words of half of the approvals"],
)
def test_approvals_of_which_no_words_came_do_not_make_a_step_find_more(
    requests: tuple[Row, ...], without: object
) -> None:
    assert steps(*requests)["no_finding_share"].to_list() == [without]


def test_the_solo_share_is_of_all_hours_in_which_anything_was_outstanding() -> None:
    found = steps(asked("approved"), asked("approved"), waits=((10.0, 4.0), (30.0, 30.0)))

    assert found["solo_share"].to_list() == [0.85]


def test_where_nothing_was_waited_for_there_is_no_solo_share() -> None:
    assert steps(asked("approved", 0), waits=((0.0, 0.0),))["solo_share"].to_list() == [None]


def test_teams_that_may_be_shown_have_rows_of_their_own() -> None:
    found = steps(asked("approved"), asked("approved", team="WEB"), scopes=Scopes(("WEB",), (), ()))

    assert found.select("scope", "requests").rows() == [("organisation", 2), ("team:WEB", 1)]


def test_all_scopes_are_measured_within_one_horizon() -> None:
    fast = [asked("approved", 1, team="WEB")] * 5
    found = steps(*fast, *[asked("approved", 9)] * 5, scopes=Scopes(("PAY", "WEB"), (), ()))

    assert found["horizon_hours"].to_list() == [pytest.approx(9.0)] * 3


def test_a_request_that_ended_before_its_source_was_watched_counts_nowhere() -> None:
    late: Row = {"watched_from": march(3), "unwatched_hours": 8.0}
    found = steps(SILENT, REFUSED, {**SILENT, **late}, {**asked("open", 0), **late})

    columns = ("requests", "verdicts", "open_requests", "no_finding_share")
    assert found.select(columns).rows() == [(2, 2, 0, 0.5)]


def test_a_request_made_before_its_source_was_watched_says_nothing_of_its_youth() -> None:
    """Those of ten business hours were watched from the fifth on: at two, one of two was decided.

    On the wall they were watched from the fifteenth hour on: no age of that clock is used.
    """
    watched_from = march(3, "00:00")
    late = asked("approved", 10, watched_from=watched_from, unwatched_hours=5.0)
    found = steps(asked("approved", 2), asked("approved", 6), late, late, late)

    assert found.select("p50_hours", "requests").rows() == [(pytest.approx(2), 5)]


def test_teams_for_which_few_people_answered_are_one_step_together() -> None:
    many = of_team("api", "ben", "cat", "dan", "ben")
    found = steps(*many, *of_team("web", "ben", "cat", None), *of_team("ops", None))

    assert counts(found) == [("api", 4, 4, 0), ("small teams", 4, 4, 0)]


def test_a_role_is_a_seat_and_stays_a_step_whoever_sits_in_it() -> None:
    found = steps(asked("approved", step="security"), *of_team("security", "ben"))

    assert counts(found) == [("security", 1, 1, 0), ("small teams", 1, 1, 0)]


def test_without_requests_there_are_no_steps() -> None:
    assert steps().schema == APPROVAL_STEPS
    assert steps().is_empty()
