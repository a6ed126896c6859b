"""Approval steps: how long each step of approval takes, and how often it finds anything.

Open requests are censored at the snapshot. A withdrawn or superseded one is another end: it waited
and got no verdict, so the quantiles are those of the cumulative incidence of a verdict (Aalen and
Johansen), while the mean is that of the wait, whatever ended it. A step that hardly ever finds
anything and is waited for long is a candidate for removal. Edge cases:

* A verdict nobody had waited for is not counted: it answered no request.
* The share without a finding is unknown where no words of approvals came: the requests for changes
  alone would make every verdict one with a finding.
* The solo share is of all hours in which anything was outstanding on the changes of the step, so
  that steps taken side by side on the same changes have the same one.
* A request that ended before its source was watched counts nowhere.
* Teams for which fewer than ``minimum_group`` people ever answered are one step together; a role is
  a seat and stays, whoever sits in it.
"""

import polars as pl

from pipelines.approvals.approval_requests import awaited
from pipelines.approvals.people import TEAM
from pipelines.cohorts.business_waits import (
    business_waits,
    horizon_of_waits,
    mean_wait,
    percentile_waits,
    seen_requests,
)
from pipelines.cohorts.scopes import Scopes, together_in_each_scope
from pipelines.cohorts.subjects import light, only
from pipelines.statistics.estimate import UNKNOWN, Estimate, share

APPROVAL_STEPS = pl.Schema(
    {
        "scope": pl.String(),
        "channel": pl.String(),
        "step": pl.String(),
        "requests": pl.Int32(),
        "verdicts": pl.Int32(),
        "open_requests": pl.Int32(),
        "p50_hours": pl.Float64(),
        "p85_hours": pl.Float64(),
        "mean_hours": pl.Float64(),
        "mean_low": pl.Float64(),
        "mean_high": pl.Float64(),
        "horizon_hours": pl.Float64(),
        "no_finding_share": pl.Float64(),
        "no_finding_low": pl.Float64(),
        "no_finding_high": pl.Float64(),
        "solo_share": pl.Float64(),
    }
)
SMALL_TEAMS = "small teams"
"""The step of teams of which too few people answered to be shown each by itself."""
_KEY = ("channel", "step")
_ASKED = (
    *("request_number", *_KEY, "requested_at", "verdict", "has_finding"),
    *("elapsed_hours", "business_hours", "unwatched_hours"),
)
"""What is asked of a request."""
_ENDS = {"open": 0, "approved": 1, "changes_requested": 1}


def approval_steps(
    requests: pl.DataFrame, approvals: pl.DataFrame, scopes: Scopes, *, minimum_group: int
) -> pl.DataFrame:
    """Estimate how long requests for each step wait, and what their verdicts find.

    Args:
        requests: item_id, request_number, team, item_type, release where releases may be shown,
            channel, step, requested_at, verdict, elapsed_hours, business_hours, unwatched_hours,
            watched_from, has_finding, asked_by, reviewer, decider; sub-tasks left out.
        approvals: item_id, waiting_hours, solo_hours, and the groups that ``requests`` has.
        scopes: the groups that may be shown.
        minimum_group: how many people a team needs to be a step of its own.

    Returns:
        The columns of ``main.approval_steps``, sorted.
    """
    shown = _with_small_teams(awaited(requests), minimum_group)
    waited = light(seen_requests(only(shown, *_ASKED)).sort("item_id", "request_number"))
    horizons = {
        step: horizon_of_waits(_waits(part))
        for step, part in waited.partition_by(_KEY, as_dict=True).items()
    }
    rows = [
        (scope, *step, *_row(part, horizons[step]), _solo_share(part, waiting))
        for scope, (inside, waiting) in together_in_each_scope(
            [waited, light(only(approvals, "waiting_hours", "solo_hours"))],
            scopes,
            by_release=True,
        )
        for step, part in inside.partition_by(_KEY, as_dict=True).items()
    ]
    return pl.DataFrame(rows, schema=APPROVAL_STEPS, orient="row").sort("scope", *_KEY)


def _with_small_teams(requests: pl.DataFrame, minimum_group: int) -> pl.DataFrame:
    """The requests, those of teams with too few people under one step."""
    is_team = pl.col("reviewer").str.starts_with(TEAM)
    # A null is nobody who answered.
    people = pl.col("decider").drop_nulls().n_unique().over("reviewer")
    is_small = is_team & (people < minimum_group)
    return requests.with_columns(step=pl.when(is_small).then(pl.lit(SMALL_TEAMS)).otherwise("step"))


def _row(part: pl.DataFrame, horizon: float | None) -> tuple[object, ...]:
    waits = _waits(part)
    without = _without_finding(part)
    return (
        part.height,
        int((waits["end"] == 1).sum()),
        int((waits["end"] == 0).sum()),
        *percentile_waits(waits),
        *mean_wait(waits, horizon),
        without.value,
        without.low,
        without.high,
    )


def _waits(part: pl.DataFrame) -> pl.DataFrame:
    """Requests on the business clock; the end that counts is a verdict."""
    return business_waits(
        part,
        pl.format("{}/{}", "item_id", "request_number"),
        end=pl.col("verdict").replace_strict(_ENDS, default=2),
    )


def _without_finding(part: pl.DataFrame) -> Estimate:
    """The share of verdicts that found nothing.

    A request for changes is a finding always, an approval only where its words came. Where they
    came of some approvals alone, as many of the requests for changes count as of the approvals.
    """
    approved = part.filter(pl.col("verdict") == "approved")["has_finding"]
    known = len(approved) - approved.null_count()
    told = known / len(approved) if len(approved) else 1.0
    counted = known + told * int((part["verdict"] == "changes_requested").sum())
    if not counted:
        return UNKNOWN
    silent = known - int(approved.sum())
    return share(silent / counted, 0.0, max(1, round(counted)))


def _solo_share(part: pl.DataFrame, approvals: pl.DataFrame) -> float | None:
    on_items = approvals.join(part.select("item_id").unique(), on="item_id", how="semi")
    waiting = float(on_items["waiting_hours"].sum())
    return float(on_items["solo_hours"].sum()) / waiting if waiting > 0 else None
