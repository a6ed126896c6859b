"""Work items at the snapshot: stage, end, ages, clock, how often they were handed over.

Done means entered done and never left since. The clock is the span that lead time and the
components of latency divide among them; an item without a start has no clock, and no end of one.
"""

import polars as pl

from pipelines.histories.spans import days

_TOLD = (
    *("item_id", "source", "kind", "key", "url", "title", "project", "team", "item_type"),
    *("is_subtask", "created_at", "observed_until", "parent_id"),
)
"""What the tracker tells of an item, the parent last, fetched or not."""


def lives(visits: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """How the life of each item stands: the last visit, and whether it is an end.

    Where the tracker shows an item as resolved and its history has no entry into the last stage
    (it has been there since creation), the instant of resolution is the evidence for the end.

    Returns:
        item_id, stage, stage_kind, status_text, visit_count, is_done, done_at, is_dropped,
        dropped_at, ended_at (end or snapshot), is_ended.
    """
    last = _last_run(visits)
    resolved = (pl.col("visit_number") == 1) & pl.col("resolved_at").is_between(
        pl.col("entered_at"), pl.col("observed_until")
    )
    ended_at = pl.when(resolved.fill_null(value=False)).then("resolved_at").otherwise("entered_at")
    is_done = (pl.col("stage_kind") == "done").fill_null(value=False)
    is_dropped = (pl.col("stage_kind") == "dropped").fill_null(value=False)
    return last.join(items.select("item_id", "resolved_at"), on="item_id").select(
        "item_id",
        "stage",
        "stage_kind",
        "status_text",
        visit_count="visit_number",
        is_done=is_done,
        done_at=pl.when(is_done).then(ended_at),
        is_dropped=is_dropped,
        dropped_at=pl.when(is_dropped).then(ended_at),
        ended_at=pl.when(is_done | is_dropped).then(ended_at).otherwise("observed_until"),
        is_ended=is_done | is_dropped,
    )


def _last_run(visits: pl.DataFrame) -> pl.DataFrame:
    """The last visit of each item, with entry and number of the first of its kind in a row.

    Resolved and then closed is done since it was resolved.
    """
    is_next = pl.col("item_id") != pl.col("item_id").shift(1)
    is_of_kind = pl.col("stage_kind").eq_missing(pl.col("stage_kind").shift(1))
    runs = visits.sort("item_id", "visit_number").with_columns(
        run=(is_next | ~is_of_kind).fill_null(value=True).cum_sum()
    )
    last = runs.filter(is_next.shift(-1, fill_value=True))["run"]
    return (
        runs.filter(pl.col("run").is_in(last.implode()))
        .group_by("item_id", maintain_order=True)
        .agg(
            pl.col("stage", "stage_kind", "status_text", "observed_until").last(),
            pl.col("entered_at", "visit_number").first(),
        )
    )


def work_items(
    items: pl.DataFrame,
    lives_: pl.DataFrame,
    releases: pl.DataFrame,
    attempts: pl.DataFrame,
    reassigned: pl.DataFrame,
) -> pl.DataFrame:
    """The columns of ``main.work_items``, sorted by item.

    Args:
        items: the items of the snapshot with their teams and ``clock_from`` (null: no clock).
        lives_: what :func:`lives` found.
        releases: item_id, release: the release of each item at the snapshot.
        attempts: item_id of every attempt to hand over.
        reassigned: item_id of every reassignment.
    """
    return (
        items.select(*_TOLD, "status_shown", "clock_from")
        .join(lives_, on="item_id")
        .join(releases, on="item_id", how="left")
        .join(_counted(attempts, "handoff_count"), on="item_id", how="left")
        .join(_counted(reassigned, "reassignment_count"), on="item_id", how="left")
        .select(
            *_TOLD[:-1],
            "stage",
            "stage_kind",
            "is_done",
            "done_at",
            "is_dropped",
            "dropped_at",
            "release",
            pl.col("handoff_count", "reassignment_count").fill_null(0),
            # A renamed status has its new name here; histories keep the name of the time.
            status=pl.coalesce("status_shown", "status_text"),
            # An import may date an end before the creation: that is no negative duration.
            lead_time_days=pl.when(pl.col("done_at") >= pl.col("created_at")).then(
                days(pl.col("done_at") - pl.col("created_at"))
            ),
            age_days=days(pl.col("ended_at") - pl.col("created_at")).clip(lower_bound=0),
            parent_id="parent_id",
            clock_started_at="clock_from",
            clock_ended_at=pl.when(pl.col("clock_from").is_not_null()).then("ended_at"),
        )
        .sort("item_id")
    )


def with_known_parents(found: pl.DataFrame) -> pl.DataFrame:
    """Work items that name a parent only where it is one of them."""
    known = found.select(parent_id="item_id", _is_known=pl.lit(True))
    named = found.join(known, on="parent_id", how="left", maintain_order="left")
    return named.with_columns(parent_id=pl.when("_is_known").then("parent_id")).drop("_is_known")


def _counted(events: pl.DataFrame, name: str) -> pl.DataFrame:
    return events.group_by("item_id").agg(pl.len().cast(pl.Int32).alias(name))
