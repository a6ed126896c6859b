"""What the audit says of who acted, in which roles and in none, and of what it set apart."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.findings.understanding import (
    actors,
    counts,
    not_measured,
    statuses,
    stays_in_stages,
)
from pipelines.policy import Policy, Stage


def test_without_roles_only_the_author_of_a_pull_request_can_recall() -> None:
    """Of a pull request its author is known without any declaration."""
    (finding,) = actors(pl.DataFrame(), Policy())
    assert (finding.finding, finding.severity) == ("no_roles_declared", "info")
    assert "only a pull request that its author takes back can be recalled" in finding.detail


def stage(rank: int, owner: str | None) -> Stage:
    return Stage(f"Stage {rank}", "active", owner, rank, (f"Stage {rank}",))


def test_time_in_a_status_of_no_stage_is_an_error_with_its_share() -> None:
    started = datetime(2026, 3, 2, tzinfo=UTC)
    rows = [("Doing", "active", 3), ("On hold", None, 1), ("Doing", "active", 0)]
    visits = pl.DataFrame(
        [
            ("acme", stage, kind, False, started, started + timedelta(hours=hours))
            for stage, kind, hours in rows
        ],
        schema=["source", "stage", "stage_kind", "is_proposed", "entered_at", "until"],
        orient="row",
    )
    stays = stays_in_stages(visits)
    assert stays["stage", "visits", "microseconds"].rows() == [
        ("Doing", 2, 3 * 3600 * 10**6),
        ("On hold", 1, 3600 * 10**6),
    ]
    [finding] = statuses(stays)
    assert (finding.finding, finding.severity, finding.found, finding.share) == (
        "unmapped_status",
        "error",
        1,
        0.25,
    )
    assert "the status 'On hold', in which items spent 25.0% of their time" in finding.detail


def test_a_single_stage_that_was_proposed_is_one() -> None:
    stays = pl.DataFrame(
        [("acme", "Done", "done", True, 0, 3)],
        schema=["source", "stage", "stage_kind", "is_proposed", "microseconds", "visits"],
        orient="row",
    )
    [finding] = statuses(stays)
    assert "1 was proposed from the categories of its statuses" in finding.detail


@pytest.mark.parametrize(
    ("owners", "told"),
    [
        ((), "give the stages in roadworthy.toml the role that owns each."),
        ((None, "product"), "give the stages in roadworthy.toml the role that owns each."),
        (
            ("product", "engineering"),
            "no history shows an item move from a stage of one role to a stage of another.",
        ),
    ],
)
def test_where_nothing_was_handed_over_it_says_what_is_missing(
    owners: tuple[str | None, ...], told: str
) -> None:
    policy = Policy(stages=tuple(stage(rank, owner) for rank, owner in enumerate(owners)))
    [finding] = [
        one
        for one in not_measured(policy, has_handoffs=False, has_dates=True)
        if one.finding == "no_handoffs"
    ]
    assert finding.detail == f"No handoff can be judged: {told}"


def test_one_of_anything_is_told_as_one() -> None:
    withheld = Scopes(teams=(), item_types=(), withheld=("team:PAY",))
    told = [one.detail for one in counts(misclicks=1, bulk_changes=1204, withheld=withheld)]
    assert told == [
        "Merged into the stay around it: 1 stay shorter than the debounce, undone at once.",
        (
            "Part of bulk edits: 1,204 changes, kept in effect and counted as no handoff, "
            "rejection or slip."
        ),
        "Counted in the organisation only: 1 group with too few people to be shown.",
    ]
