"""More committees without more clarity: approvals grew, and rejections did not fall.

The last half year against the one before it, week by week: the difference of the means has an
interval (Welch 1947). It describes, and shows no cause.
"""

from datetime import timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.diagnosis.evidence import Evidence, Findings
from pipelines.statistics.estimate import UNKNOWN, Estimate, t_margin

Floats = NDArray[np.float64]

_WEEKS = 26
_FEWEST_WEEKS = 13
"""Of either half year, with anything in them."""


def committees_grew(findings: Findings) -> Evidence:
    """Approvals asked of a change against the share of handoffs sent back."""
    evidence = Evidence()
    asked = _grown(_approvers(findings.tables["approvals"], findings.zone))
    sent_back = _grown(_rejections(findings))
    if asked.value is None or asked.low is None:
        return evidence
    grew = asked.low > 0
    evidence.weigh(grew, _asked_of_a_change(asked.value), _no_more_are_asked(asked.value))
    if grew and sent_back.value is not None and sent_back.high is not None:
        points = f"{100 * sent_back.value:+.0f} points".replace("-", "\N{MINUS SIGN}")
        fell = sent_back.high < 0
        sentence = f"the share sent back changed by {points}"
        evidence.weigh(not fell, sentence, sentence, decides=True)
    return evidence


def _asked_of_a_change(more: float) -> str:
    """How many approvals more are asked of a change than half a year before."""
    by = f"{abs(more):.1f}"
    if float(by) == 0:
        return "as many approvals are asked of a change as half a year before"
    direction = "more" if more > 0 else "fewer"
    return f"{by} approvals {direction} are asked of a change than half a year before"


def _no_more_are_asked(more: float) -> str:
    """The same where no growth is seen: a few more may be none."""
    if round(more, 1) > 0:
        return "it cannot be seen that more approvals are asked of a change than half a year before"
    return _asked_of_a_change(more)


def _approvers(approvals: pl.DataFrame, zone: str) -> pl.DataFrame:
    """The mean number of approvals asked of a change, by week of the organisation: week, value."""
    local = pl.col("first_requested_at").dt.convert_time_zone(zone).dt.date()
    return (
        approvals.drop_nulls("first_requested_at")
        .group_by(week=local.dt.truncate("1w"))
        .agg(value=pl.col("approvers_requested").cast(pl.Float64).mean())
    )


def _rejections(findings: Findings) -> pl.DataFrame:
    rows = [
        (row["week_on"], row["estimate"])
        for row in findings.rows("weekly_metrics", metric="rejection_rate", is_mature=True)
        if row["estimate"] is not None
    ]
    return pl.DataFrame(rows, schema={"week": pl.Date, "value": pl.Float64}, orient="row")


def _grown(weeks: pl.DataFrame) -> Estimate:
    """The mean of the last half year less that of the one before; unknown of too few weeks."""
    if weeks.is_empty():
        return UNKNOWN
    last = weeks.select(pl.col("week").max()).item()
    since = last - timedelta(weeks=_WEEKS)
    recent = weeks.filter(pl.col("week") > since)
    before = weeks.filter(
        pl.col("week").is_between(since - timedelta(weeks=_WEEKS), since, "right")
    )
    now, then = (part.sort("week")["value"].to_numpy() for part in (recent, before))
    if min(len(now), len(then)) < _FEWEST_WEEKS:
        return UNKNOWN
    return _difference(now, then)


def _difference(now: Floats, then: Floats) -> Estimate:
    value = float(now.mean() - then.mean())
    variance = float(now.var(ddof=1) / len(now) + then.var(ddof=1) / len(then))
    margin = t_margin(variance, min(len(now), len(then)) - 1)
    return Estimate(value, value - margin, value + margin)
