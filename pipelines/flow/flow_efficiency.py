"""Flow efficiency: how much of its time an item is worked on, between a lower and an upper bound.

The upper bound is the time in active stages: a ticket may lie there untouched. The lower bound is
the time in sessions of activity: work that leaves no trace is not in them. The truth lies between
the two, and no single number is quoted. Mean times within a horizon by state occupation, open items
counted, over the mean time to the end; all on the business clock of the organisation, since a ratio
cannot mix clocks. Edge cases:

* A dropped item has left, as in ``lead_time_days``.
* An item whose clock ran outside business hours only has no time, and counts as one that had none.
* A scope of which no item was watched from its beginning has no row.
"""

import polars as pl

from pipelines.cohorts.cohort_occupation import cohort_occupation
from pipelines.cohorts.cohorts import horizon_of
from pipelines.cohorts.scopes import Scopes, together_in_each_scope
from pipelines.cohorts.subjects import GROUPS, seen, subjects
from pipelines.histories.business_time import BusinessTime
from pipelines.histories.spans import days

_HORIZON_QUANTILE = 0.90
_BOUNDS = ("low", "high")

FLOW_EFFICIENCY = pl.Schema(
    {
        "scope": pl.String(),
        "items": pl.Int32(),
        "open_items": pl.Int32(),
        "touch_low_hours": pl.Float64(),
        "touch_high_hours": pl.Float64(),
        "elapsed_hours": pl.Float64(),
        "efficiency_low": pl.Float64(),
        "efficiency_low_low": pl.Float64(),
        "efficiency_low_high": pl.Float64(),
        "efficiency_high": pl.Float64(),
        "efficiency_high_low": pl.Float64(),
        "efficiency_high_high": pl.Float64(),
        "horizon_hours": pl.Float64(),
    }
)


def flow_efficiency(
    items: pl.DataFrame,
    scopes: Scopes,
    *,
    visits: pl.DataFrame,
    sessions: pl.DataFrame,
    worked: BusinessTime,
    horizon_hours: float | None = None,
) -> pl.DataFrame:
    """Estimate the bracket of each group: the columns of ``main.flow_efficiency``, sorted.

    Args:
        items: as :func:`working_lives` reads them.
        scopes: the groups that may be shown.
        visits: item_id, stage_kind, entered_at, until.
        sessions: item_id, since, until, of :mod:`pipelines.flow.activity_sessions`.
        worked: the calendar of the organisation.
        horizon_hours: business hours up to which to look; None: those by which 90 % have ended.
    """
    lives = working_lives(items, worked)
    reach = horizon_hours if horizon_hours is not None else horizon_of(lives, _HORIZON_QUANTILE)
    if reach is None:
        return pl.DataFrame(schema=FLOW_EFFICIENCY)
    segments = _touched(lives, visits, sessions, worked)
    rows = [
        {"scope": scope, **row}
        for scope, (part, touched) in together_in_each_scope(
            [lives, segments], scopes, by_release=True
        )
        if (row := _bracket(part, touched, reach)) is not None
    ]
    return pl.DataFrame(rows, schema=FLOW_EFFICIENCY, orient="row").sort("scope")


def working_lives(items: pl.DataFrame, worked: BusinessTime) -> pl.DataFrame:
    """Items as a cohort on the business clock: its ``entry_days`` and ``followed_days`` are hours.

    Args:
        items: item_id, team, item_type, release if known, is_subtask, clock_from, ended_at,
            is_done, is_dropped, and ``watched_from`` where a source was not watched always.
        worked: the calendar.
    """
    clocked = items.filter(~pl.col("is_subtask") & pl.col("clock_from").is_not_null())
    lived = days(pl.col("ended_at") - pl.col("clock_from"))
    watched = seen(clocked, entered_at="clock_from", followed_days=lived)
    start = watched["clock_from"]
    since = watched["watched_from"] if "watched_from" in watched.columns else start
    hours = {
        "followed": worked.hours_between(start, watched["ended_at"]),
        "unwatched": worked.hours_between(start, since).fill_null(0.0).clip(lower_bound=0.0),
    }
    return subjects(
        watched.select(pl.exclude("watched_from", "observed_until")).with_columns(**hours),
        "item_id",
        entered_at="clock_from",
        followed_days=pl.col("followed"),
        end=pl.when("is_done").then(1).when("is_dropped").then(2).otherwise(0),
    ).with_columns(entry_days=hours["unwatched"])


def _touched(
    lives: pl.DataFrame, visits: pl.DataFrame, sessions: pl.DataFrame, worked: BusinessTime
) -> pl.DataFrame:
    """When each item was worked on, at least and at most, in business hours of its age."""
    stays = visits.select("item_id", "until", "stage_kind", since="entered_at")
    active = stays.filter(pl.col("stage_kind") == "active")
    spans = pl.concat(
        [
            sessions.select("item_id", "since", "until", state=pl.lit("low")),
            active.select("item_id", "since", "until", state=pl.lit("high")),
        ]
    )
    aged = spans.join(
        lives.select("subject_id", "entered_at", *GROUPS), left_on="item_id", right_on="subject_id"
    ).sort("item_id", "state", "since")
    return aged.select(
        *GROUPS,
        "state",
        subject_id="item_id",
        from_age=worked.hours_between(aged["entered_at"], aged["since"]),
        to_age=worked.hours_between(aged["entered_at"], aged["until"]),
    )


def _bracket(
    part: pl.DataFrame, segments: pl.DataFrame, horizon: float
) -> dict[str, object] | None:
    found = cohort_occupation(part, segments, states=_BOUNDS, horizon=horizon)
    if found is None:
        return None
    row: dict[str, object] = {
        "items": part.height,
        "open_items": int((part["end"] == 0).sum()),
        "elapsed_hours": found.mean,
        "horizon_hours": found.horizon,
    }
    for bound, touch, share in zip(_BOUNDS, found.in_states, found.shares, strict=True):
        row[f"touch_{bound}_hours"] = touch.value
        row[f"efficiency_{bound}"] = share.value
        row[f"efficiency_{bound}_low"] = share.low
        row[f"efficiency_{bound}_high"] = share.high
    return row
