"""Requests for the review of a pull request, as decisions.

An approval and a request for changes are both verdicts; a request that was removed or overtaken by
the merge is withdrawn, one whose pull request was closed unmerged was dropped with it. Edge cases:

* A verdict is reversed when its review is dismissed; an approval also when a later verdict of the
  same step, or by the same person, asks for changes: who approves for a team, or because anybody
  was asked, takes it back in their own name. An approval after the changes that were asked for
  reverses nothing.
* *Anyone* asked until somebody was asked by name is no request here: the question is the one put to
  them, from then on. Merged over, *anyone* was asked in vain, which is a request withdrawn.
* A verdict nobody had asked for, such as a second approval by one reviewer, is no request; it
  opposes an earlier one all the same.
"""

from datetime import timedelta

import polars as pl

from pipelines.approvals.review_requests import NOBODY
from pipelines.decisions.verdicts import is_human, with_reversals
from pipelines.histories.actor_roles import BOT
from pipelines.histories.neighbours import first_after


def review_verdicts(
    requests: pl.DataFrame, items: pl.DataFrame, changes: pl.DataFrame, *, window: timedelta
) -> pl.DataFrame:
    """Read the requests for reviews as requests for a decision.

    Args:
        requests: item_id, request_number, channel, step, requested_at, ended_at, verdict,
            asked_role, decided_by_role, decider (who gave it, a pseudonym), asked_by (nobody: a
            verdict that was not asked for), change_group (the change that is the verdict),
            is_taken_over (of *anyone*: by a request for somebody by name).
        items: item_id, ended_at (end of its life or the snapshot), is_dropped.
        changes: item_id, change_group, field, from_id, to_id, to_text, changed_at, actor_role,
            is_bulk.
        window: how long a verdict must hold.

    Returns:
        The columns of :data:`pipelines.decisions.verdicts.VERDICTS`, sorted by item and instant.
    """
    ends = items.filter("is_dropped").select("item_id", dropped_at="ended_at")
    told = (
        requests.filter(pl.col("channel") == "review")
        .join(ends, on="item_id", how="left")
        .sort("item_id", "request_number")
        .with_row_index("place")
        .with_columns(
            decision_right=pl.lit("review"),
            question="step",
            outcome=_outcome(),
            is_asked=pl.col("asked_by").ne_missing(NOBODY) & ~pl.col("is_taken_over"),
        )
        .with_columns(
            decided_by_role=pl.when(pl.col("outcome") == "decided").then("decided_by_role")
        )
    )
    opposed = [_opposed(told, by=one) for one in ("step", "decider")]
    events = pl.concat([_dismissed(told, changes), *opposed])
    return with_reversals(told, events, window=window)


def _outcome() -> pl.Expr:
    return (
        pl.when(pl.col("verdict") == "open")
        .then(pl.lit("open"))
        .when(pl.col("verdict").is_in(["approved", "changes_requested"]))
        .then(pl.lit("decided"))
        .when(pl.col("ended_at") >= pl.col("dropped_at"))
        .then(pl.lit("dropped"))
        .otherwise(pl.lit("withdrawn"))
    )


def _dismissed(requests: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Dismissals, by a person, of the review that gave the verdict."""
    reviews = changes.filter(pl.col("field") == "review")
    given = reviews.select("item_id", "change_group", review_id="to_id").join(
        requests, on=["item_id", "change_group"]
    )
    taken_back = reviews.filter(
        (pl.col("to_text") == "dismissed") & is_human("actor_role", "is_bulk")
    ).select("item_id", review_id="from_id", at="changed_at")
    return given.join(taken_back, on=["item_id", "review_id"]).select("place", "at")


def _opposed(requests: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """The first request for changes, of the same step or decider, of what had been approved.

    An approval after the changes that were asked for reverses nothing: it is their end.
    """
    verdicts = (
        requests.filter(pl.col("outcome") == "decided")
        .drop_nulls(by)
        .sort("ended_at", "place")
        .with_row_index("order")
        .select("item_id", by, "order", "place", "ended_at", "verdict", "decided_by_role")
    )
    refusals = verdicts.filter(
        (pl.col("verdict") == "changes_requested") & pl.col("decided_by_role").ne_missing(BOT)
    ).select("item_id", by, refused="order", at="ended_at")
    approved = verdicts.filter(pl.col("verdict") == "approved")
    found = first_after(approved, "order", refusals, "refused", by=["item_id", by])
    return found.drop_nulls("at").select("place", "at")
