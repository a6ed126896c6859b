"""Decision times: how long requests of each right take, those still waiting counted.

Open requests are censored at the snapshot. Withdrawn and dropped ones are another end: they waited
and got no verdict, so the quantiles are those of the cumulative incidence of a verdict (Aalen and
Johansen), while the mean is that of the wait, whatever ended it. The share overdue looks at
calendar days, since the normal is declared in them. A verdict is *stable* when it was not reversed;
the time to it runs from the request, over verdicts that did not hold. Churn is judged on verdicts
whose window is over: of younger ones only the reversed would be known.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.business_waits import (
    business_waits,
    horizon_of_waits,
    mean_wait,
    percentile_waits,
    seen_requests,
)
from pipelines.cohorts.cohort_estimates import blocked_estimate, in_order
from pipelines.cohorts.cohorts import Metric, Outcomes, within_follow_up
from pipelines.cohorts.scopes import Scopes, together_in_each_scope
from pipelines.cohorts.subjects import known_or_open, light, only, subjects
from pipelines.histories.spans import days

DECISION_TIMES = pl.Schema(
    {
        "scope": pl.String(),
        "decision_right": pl.String(),
        "channel": pl.String(),
        "decisions": pl.Int32(),
        "items": pl.Int32(),
        "open_decisions": pl.Int32(),
        "withdrawn": pl.Int32(),
        "p50_hours": pl.Float64(),
        "p85_hours": pl.Float64(),
        "mean_hours": pl.Float64(),
        "mean_low": pl.Float64(),
        "mean_high": pl.Float64(),
        "horizon_hours": pl.Float64(),
        "normal_days": pl.Float64(),
        "overdue_share": pl.Float64(),
        "stable_p50_hours": pl.Float64(),
        "stable_p85_hours": pl.Float64(),
        "reversed": pl.Int32(),
        "reversal_share": pl.Float64(),
        "reversal_low": pl.Float64(),
        "reversal_high": pl.Float64(),
    }
)
_KEY = ("decision_right", "channel")
NORMALS = {
    "stage": "decision_wait_days",
    "flag": "decision_wait_days",
    "review": "approval_wait_days",
    "approval": "approval_wait_days",
}
"""By channel, the declared normal that its waits are compared with."""

_COUNTED = ("is_open", "outcome", "is_reversed")
_ASKED = (
    *("decision_id", *_KEY, "requested_at", "elapsed_hours", "business_hours", "unwatched_hours"),
    *("is_window_over", "stable_until", "stable_end", *_COUNTED),
)
"""What is asked of a request."""


def decision_times(
    decisions: pl.DataFrame, scopes: Scopes, *, normals: Mapping[str, float]
) -> pl.DataFrame:
    """Estimate how long requests for each right take, and whether their verdicts hold.

    Args:
        decisions: the columns of :data:`pipelines.decisions.decisions.DECISIONS`, sub-tasks left
            out, and ``release`` where releases may be shown. A request that ended before it was
            watched counts nowhere.
        scopes: the groups that may be shown.
        normals: declared normals in calendar days, by name: ``decision_wait_days``,
            ``approval_wait_days``.

    Returns:
        The columns of ``main.decision_times``, sorted.
    """
    watched = seen_requests(only(decisions, *_ASKED))
    rows = [
        {**dict(zip(_KEY, name, strict=True)), **row}
        for name, requests in watched.partition_by(_KEY, as_dict=True).items()
        for row in _rows(requests, scopes, normals.get(NORMALS[str(name[1])]))
    ]
    return pl.DataFrame(rows, schema=DECISION_TIMES).sort("scope", *_KEY)


def _rows(
    requests: pl.DataFrame, scopes: Scopes, normal: float | None
) -> Iterator[dict[str, object]]:
    """The requests for one right in each scope; their cohorts are made once for all of them."""
    waits = _business_waits(requests)
    horizon = horizon_of_waits(waits)
    cohorts = map(
        in_order,
        (
            waits,
            _judged(requests),
            _stable_waits(requests),
            metric_cohorts.decision_days(requests),
        ),
    )
    # Whoever has requests may have no verdict whose window is over.
    for scope, (part, waited, judged, stable, asked) in together_in_each_scope(
        [light(only(requests, *_COUNTED)), *cohorts], scopes, by_release=True
    ):
        yield {
            "scope": scope,
            **_counts(part),
            **_waiting(waited, asked, horizon=horizon, normal=normal),
            **_lasting(judged, stable),
        }


def _counts(part: pl.DataFrame) -> dict[str, object]:
    return {
        "decisions": part.height,
        "items": part["item_id"].n_unique(),
        "open_decisions": int(part["is_open"].sum()),
        "withdrawn": int(part["outcome"].is_in(["withdrawn", "dropped"]).sum()),
        "reversed": int(part["is_reversed"].sum()),
    }


def _waiting(
    waits: pl.DataFrame, asked: pl.DataFrame, *, horizon: float | None, normal: float | None
) -> dict[str, object]:
    """How long requests wait: on the business clock, and beyond a normal in calendar days."""
    mean = ("mean_hours", "mean_low", "mean_high", "horizon_hours")
    return {
        **dict(zip(("p50_hours", "p85_hours"), percentile_waits(waits), strict=True)),
        **dict(zip(mean, mean_wait(waits, horizon), strict=True)),
        "normal_days": normal,
        "overdue_share": _overdue(asked, normal),
    }


def _lasting(judged: pl.DataFrame, stable: pl.DataFrame) -> dict[str, object]:
    """When verdicts hold, and how many of them do not."""
    half, most = percentile_waits(stable)
    churn = blocked_estimate(judged, Metric("reversal_share", "outcome"))
    return {
        "stable_p50_hours": half,
        "stable_p85_hours": most,
        "reversal_share": churn.value,
        "reversal_low": churn.low,
        "reversal_high": churn.high,
    }


def _business_waits(part: pl.DataFrame) -> pl.DataFrame:
    """Requests on the business clock; the end that counts is a verdict."""
    end = pl.col("outcome").replace_strict({"open": 0, "decided": 1}, default=2)
    return business_waits(part, "decision_id", end=end)


def _stable_waits(part: pl.DataFrame) -> pl.DataFrame:
    """Requests on the calendar clock; the end that counts is a verdict that was not reversed."""
    return subjects(
        part,
        "decision_id",
        entered_at="requested_at",
        followed_days=days(pl.col("stable_until") - pl.col("requested_at")),
        end=pl.col("stable_end"),
    )


def _judged(part: pl.DataFrame) -> pl.DataFrame:
    """Verdicts whose window is over; the end that counts is having been reversed within it.

    A verdict that was seen is known, however long before it had been asked for.
    """
    return known_or_open(
        part.filter("is_window_over").drop("watched_from"),
        "decision_id",
        entered_at="requested_at",
        counts=pl.col("is_reversed"),
    )


def _overdue(waits: pl.DataFrame, normal: float | None) -> float | None:
    """The share that waited longer than the normal, whatever ended the wait.

    None where no normal is declared, and where nobody was followed that far.
    """
    metric = Metric("overdue_share", "share", normal)
    if normal is None or within_follow_up(waits, metric) != metric:
        return None
    outcomes = Outcomes.of(waits).from_the_start()
    return outcomes.survival().at(normal)[0] if len(outcomes) else None
