"""Approvals: what each change had to be approved by, in series or side by side.

One row per pull request or ticket of which an approval was ever asked, over its requests until it
ended. *Depth* is the longest series of verdicts of which each was asked for after the one before;
*approvers in series* counts each approver once, and only those whose approval stands.
Approved is what has an approval that stands, no request for changes that does, and nobody asked who
has not answered; it was approved when the last of the approvals that stand was given. Edge cases:

* A merge settles what was asked for and what was refused.
* An approval that was dismissed, or followed by a request for changes of the same reviewer, does
  not stand. One given again that somebody had waited for counts from then, one that nobody had
  waited for from the first time. A ticket that came back to its approval stage and left it without
  a verdict has that approval no more.
* An open pull request that is a draft again is not approved, whatever was given before; nor is one
  that was closed unmerged while somebody asked had not answered.
* *Anyone* is one more approver only where they answered, or where nobody else was asked.
* An item without any verdict has depth 0 and no response: a missing review is not one in no time.
* One verdict may answer two teams: it counts once.
* A verdict nobody waited for counts as a verdict and in no depth. One given in draft, before it was
  asked for, took no time.
* Hours are on the calendar of the role that is asked, where all requests of the item ask the same
  one, else of the organisation: one item, one clock. The first response is on the calendar of the
  role that gave it.
"""

import polars as pl

from pipelines.approvals.approval_requests import awaited
from pipelines.approvals.approval_series import approval_series, approver_series
from pipelines.approvals.approval_waits import approval_waits
from pipelines.approvals.people import ANYONE
from pipelines.approvals.review_requests import NOBODY
from pipelines.approvals.standing_approvals import standing_approvals
from pipelines.approvals.stay_verdicts import VERDICTS
from pipelines.histories.calendars import Calendars

APPROVALS = pl.Schema(
    {
        "item_id": pl.String(),
        "team": pl.String(),
        "item_type": pl.String(),
        "approvers_requested": pl.Int32(),
        "approvers_obtained": pl.Int32(),
        "depth": pl.Int32(),
        "approvers_in_series": pl.Int32(),
        "first_requested_at": pl.Datetime("us", "UTC"),
        "first_response_hours": pl.Float64(),
        "verdict_at": pl.Datetime("us", "UTC"),
        "approval_hours": pl.Float64(),
        "waiting_hours": pl.Float64(),
        "solo_hours": pl.Float64(),
        "changes_requested_count": pl.Int32(),
        "verdict_count": pl.Int32(),
        "no_finding_count": pl.Int32(),
        "is_open": pl.Boolean(),
        "ended_at": pl.Datetime("us", "UTC"),
        "is_ended": pl.Boolean(),
        "observed_until": pl.Datetime("us", "UTC"),
    }
)
"""The columns of ``main.approvals``, then how the item ended: its end or the snapshot, whether it
did, the snapshot."""
_COUNTS = (
    "approvers_obtained",
    "depth",
    "approvers_in_series",
    "changes_requested_count",
    "verdict_count",
    "no_finding_count",
)

_APPROVER = pl.coalesce("decider", "step").alias("approver")
"""Who answered a request: a person on a pull request, a stage of a ticket."""


def approvals(
    requests: pl.DataFrame, items: pl.DataFrame, statuses: pl.DataFrame, *, calendars: Calendars
) -> pl.DataFrame:
    """Sum the requests for approval up, change by change.

    Args:
        requests: the columns of :data:`pipelines.approvals.approval_requests.APPROVAL_REQUESTS`.
        items: item_id, ended_at (end of the life or the snapshot), is_ended, observed_until.
        statuses: item_id, status, since: what each pull request was in the end, as
            :func:`pipelines.approvals.review_windows.last_statuses` finds it.
        calendars: when the roles that are asked work.

    Returns:
        The columns of ``APPROVALS``, sorted by item.
    """
    lives = items.select("item_id", "is_ended", "observed_until", life_ends_at="ended_at")
    told = (
        requests.join(lives, on="item_id")
        .filter(~pl.col("is_ended") | (pl.col("requested_at") <= pl.col("life_ends_at")))
        .join(statuses, on="item_id", how="left")
        .with_columns(is_verdict=pl.col("verdict").is_in(VERDICTS))
        .sort("item_id", "request_number")
    )
    given = _given(told)
    asked = awaited(told).with_columns(role=_one_role())
    verdicts, stood = asked.filter("is_verdict"), standing_approvals(given, told)
    summed = (
        _of_items(asked)
        .join(approval_series(verdicts), on="item_id", how="left")
        .join(approval_waits(asked, calendars), on="item_id", how="left")
        .join(_counts(given), on="item_id", how="left")
        .join(_standing(stood), on="item_id", how="left")
        .join(approver_series(verdicts.with_columns(_APPROVER), stood), on="item_id", how="left")
        .with_columns(pl.col(_COUNTS).fill_null(0))
        .sort("item_id")
    )
    return _measured(summed, calendars).select(APPROVALS.names()).cast(APPROVALS)


def _one_role() -> pl.Expr:
    """The role that all requests of an item ask, if it is one."""
    return pl.when(pl.col("asked_role").n_unique().over("item_id") == 1).then("asked_role")


def _given(asked: pl.DataFrame) -> pl.DataFrame:
    """Every verdict once, whatever it answered, in the order in which they were given."""
    number = pl.col("request_number").cast(pl.String)
    return (
        asked.filter("is_verdict")
        .with_columns(_verdict=pl.coalesce("change_group", number))
        .group_by("item_id", "_verdict", maintain_order=True)
        .agg(
            pl.col("verdict", "ended_at", "dismissed_at", "life_ends_at", "asked_role").first(),
            pl.col("request_number").min(),
            pl.col("has_finding").max(),
            is_awaited=(pl.col("asked_by") != NOBODY).any(),
            approver=_APPROVER.first(),
        )
        .sort("item_id", "ended_at", "request_number")
    )


def _of_items(asked: pl.DataFrame) -> pl.DataFrame:
    """What is asked of each item, by whom it is answered, and whether all have."""
    is_anyone = pl.col("reviewer") == ANYONE
    is_asked = pl.col("named_at").is_not_null() | (pl.col("asked_by") == "stage")
    is_overruled = (
        (pl.col("status") == "closed")
        & (pl.col("verdict") == "withdrawn")
        & (pl.col("ended_at") == pl.col("since"))
    )
    return asked.group_by("item_id", maintain_order=True).agg(
        pl.col("team", "item_type", "is_ended", "observed_until", "role", "status").first(),
        ended_at=pl.col("life_ends_at").first(),
        approvers_requested=pl.max_horizontal(
            pl.col("reviewer").filter(is_asked | (is_anyone & pl.col("is_verdict"))).n_unique(),
            is_anyone.any().cast(pl.UInt32),
        ),
        first_requested_at=pl.col("requested_at").min(),
        is_open=(pl.col("verdict") == "open").any(),
        is_overruled=is_overruled.fill_null(value=False).any(),
    )


def _standing(stood: pl.DataFrame) -> pl.DataFrame:
    return stood.group_by("item_id", maintain_order=True).agg(
        approvers_obtained=pl.col("given_at").count(),
        approved_at=pl.col("given_at").max(),
        is_blocked=pl.col("is_blocking").any(),
    )


def _counts(given: pl.DataFrame) -> pl.DataFrame:
    return given.group_by("item_id", maintain_order=True).agg(
        verdict_count=pl.len(),
        changes_requested_count=(pl.col("verdict") == "changes_requested").sum(),
        no_finding_count=(~pl.col("has_finding")).sum(),
        responded_at=pl.col("ended_at").first(),
        first_role=pl.col("asked_role").first(),
    )


def _measured(summed: pl.DataFrame, calendars: Calendars) -> pl.DataFrame:
    """Add when it was approved, and the hours to the first response and to the approval."""
    is_draft = ~pl.col("is_ended") & pl.col("status").eq_missing("draft")
    is_missing = pl.col("is_open") | pl.col("is_overruled") | pl.col("is_blocked")
    is_approved = pl.col("status").eq_missing("merged") | ~(is_missing | is_draft)
    told = summed.with_columns(
        responded_at=_since_asked("responded_at"),
        verdict_at=pl.when(is_approved).then(_since_asked("approved_at")),
    )
    starts = told["first_requested_at"]
    return told.with_columns(
        calendars.hours_between(starts, told["responded_at"], told["first_role"]).alias(
            "first_response_hours"
        ),
        calendars.hours_between(starts, told["verdict_at"], told["role"]).alias("approval_hours"),
    )


def _since_asked(column: str) -> pl.Expr:
    """An instant, no earlier than the first request: an answer given in draft took no time."""
    later = pl.max_horizontal(column, "first_requested_at")
    return pl.when(pl.col(column).is_not_null()).then(later)
