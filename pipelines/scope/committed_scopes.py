"""When the scope of a release, a sprint or an epic was committed, and until when it could change.

A release from the first sight of its date until it was shipped, dropped, or the snapshot; a sprint
from the end of its first day, on which it is planned, until the end of its last one; an epic from
the first instant at which it held an item at or after the commit stage until it was done or
dropped. Edge cases:

* A release whose first sight had a date already may have been committed any time before: what is
  known of it is a lower bound.
* A release that was out when first seen, as all of them are in an archive, ends where it begins.
* An epic that ended before any of its items got that far, or was given one, was never committed.
* A sprint whose first day is not over by the snapshot, or is not known, is not committed.
"""

import polars as pl

from pipelines.promises.commitments import end_of_day
from pipelines.promises.releases import release_end

_SCOPE = ("subject_kind", "subject_id", "subject", "committed_at", "ended_at")


def release_scopes(ledger: pl.DataFrame, release_dates: pl.DataFrame) -> pl.DataFrame:
    """The releases that ever had a date.

    Args:
        ledger: the columns of ``main.commitments``, dropped_at, observed_until, is_outcome_known.
        release_dates: release_id, valid_from.

    Returns:
        subject_kind, subject_id, subject, committed_at, ended_at, is_lower_bound; sorted.
    """
    sights = release_dates.group_by(subject_id="release_id").agg(
        first_seen_at=pl.col("valid_from").min()
    )
    return (
        ledger.filter((pl.col("subject_kind") == "release") & pl.col("committed_at").is_not_null())
        .join(sights, on="subject_id")
        .with_columns(ended_at=release_end())
        .select(*_SCOPE, is_lower_bound=pl.col("committed_at") <= pl.col("first_seen_at"))
        .sort("subject_id")
    )


def sprint_scopes(release_dates: pl.DataFrame, items: pl.DataFrame, *, zone: str) -> pl.DataFrame:
    """The sprints that had begun by the snapshot.

    Args:
        release_dates: release_id, source, kind, release, starts_on, release_on, valid_from.
        items: source, observed_until.
        zone: the zone in which a day begins and ends.

    Returns:
        As of :func:`release_scopes`.
    """
    snapshots = items.group_by("source").agg(snapshot_at=pl.col("observed_until").max())
    known = (
        release_dates.filter(pl.col("kind") == "sprint")
        .sort("release_id", "valid_from")
        .group_by(subject_id="release_id", maintain_order=True)
        .agg(
            pl.col("source").first(),
            pl.col("starts_on", "release_on").drop_nulls().last(),
            subject=pl.col("release").last(),
        )
    )
    # What is put in on the first day is planned: a sprint is filled while it begins.
    begins = end_of_day(pl.col("starts_on"), zone)
    ends = pl.min_horizontal(end_of_day(pl.col("release_on"), zone), "snapshot_at")
    return (
        known.join(snapshots, on="source")
        .with_columns(committed_at=begins, ended_at=ends, subject_kind=pl.lit("sprint"))
        .filter(pl.col("committed_at") <= pl.col("snapshot_at"))
        .select(*_SCOPE, is_lower_bound=pl.lit(False))
        .sort("subject_id")
    )


def epic_scopes(
    memberships: pl.DataFrame, milestones: pl.DataFrame, items: pl.DataFrame
) -> pl.DataFrame:
    """The epics that ever held an item at or after the commit stage.

    Args:
        memberships: item_id, subject_kind, subject_id, joined_at, left_at.
        milestones: item_id, reached_at: when items first were at or after the commit stage.
        items: item_id, key, ended_at.

    Returns:
        As of :func:`release_scopes`.
    """
    committed_at = pl.max_horizontal("reached_at", "joined_at")
    committed = (
        memberships.filter(pl.col("subject_kind") == "epic")
        .join(milestones, on="item_id")
        .with_columns(committed_at=committed_at)
        .filter(pl.col("left_at").is_null() | (pl.col("committed_at") < pl.col("left_at")))
        .group_by("subject_kind", "subject_id")
        .agg(pl.col("committed_at").min())
    )
    return (
        committed.join(items, left_on="subject_id", right_on="item_id")
        .filter(pl.col("committed_at") <= pl.col("ended_at"))
        .with_columns(subject="key")
        .select(*_SCOPE, is_lower_bound=pl.lit(False))
        .sort("subject_id")
    )
