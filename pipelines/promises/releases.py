"""Releases: versions and milestones as subjects of promises, and the release of each item.

Sprints, iterations and the dates of projects have a history of dates too; they are no releases.
"""

from datetime import timedelta

import polars as pl

from pipelines.histories import history
from pipelines.policy import Team

_RELEASES = ("version", "milestone")


def of_releases(dates: pl.DataFrame) -> pl.DataFrame:
    """What of ``core.release_dates`` is about releases."""
    return dates.filter(pl.col("kind").is_in(_RELEASES))


def current_releases(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    present: pl.DataFrame,
    release_dates: pl.DataFrame,
) -> pl.DataFrame:
    """The release each item is planned for at its snapshot: item_id, release.

    By the name the release has at the snapshot, which the histories of a renamed one do not know.
    Of several the earliest by date, those without a date last, then by name.
    """
    shown = present.filter(pl.col("field").is_in(["fixVersions", "milestone"]))
    # Some payloads leave the milestone out; then its history is all there is.
    milestones = history.timeline(changes, present, items, "milestone").join(
        shown, on="item_id", how="anti"
    )
    latest = [
        shown.select("item_id", release="value_text"),
        milestones.group_by("item_id").agg(
            release=pl.col("value_text").sort_by("group_end").last()
        ),
    ]
    dates = (
        release_dates.filter(pl.col("valid_until").is_null())
        .group_by("source", "release")
        .agg(pl.col("release_on").min())
    )
    return (
        pl.concat(latest)
        .drop_nulls("release")
        .join(items.select("item_id", "source"), on="item_id")
        .join(dates, on=["source", "release"], how="left")
        .sort("item_id", "release_on", "release", nulls_last=True)
        .group_by("item_id", maintain_order=True)
        .agg(pl.col("release").first())
    )


def release_steps(release_dates: pl.DataFrame, teams: tuple[Team, ...]) -> pl.DataFrame:
    """The date steps of every release that ever had a date: the first sight is step 0.

    The promise is the first date seen; what it was before, nobody kept.
    """
    subject = "release_id"
    steps = (
        release_dates.sort(subject, "valid_from")
        .filter(pl.col("release_on").is_not_null().any().over(subject))
        .with_columns(before=pl.col("release_on").shift(1).over(subject))
    )
    first = pl.int_range(pl.len()).over(subject) == 0
    steps = steps.filter(first | pl.col("release_on").ne_missing(pl.col("before"))).with_columns(
        step=pl.int_range(pl.len(), dtype=pl.Int32).over(subject)
    )
    has_date = pl.col("release_on").is_not_null()
    return steps.select(
        subject_kind=pl.lit("release"),
        subject_id=subject,
        team=_team(teams),
        date_source=pl.lit("release_date"),
        step="step",
        at="valid_from",
        group_end=pl.lit(0, pl.Int32),
        on="release_on",
        cause=pl.lit("release"),
        actor_role=pl.lit("?"),
        is_bulk=pl.lit(False),
        is_undone=pl.lit(False),
        committed_step=pl.col("step").filter(has_date).first().over(subject),
        committed_at=pl.col("valid_from").filter(has_date).first().over(subject),
    ).with_columns(given_at="committed_at")


def release_subjects(
    release_dates: pl.DataFrame, sources: pl.DataFrame, teams: tuple[Team, ...], zone: str
) -> pl.DataFrame:
    """Releases with the instant at which they were seen to be out.

    One that was out when first seen shipped at an unknown instant, and is not judged. One that came
    out between two snapshots shipped on the day the tracker states, at noon in the zone of the
    organisation, if that is earlier.
    One that vanished before it was out was dropped.
    """
    seen = release_dates.sort("release_id", "valid_from").group_by(
        "release_id", maintain_order=True
    )
    out = pl.col("is_released")
    return (
        seen.agg(
            pl.col("source").first(),
            pl.col("project").first(),
            subject=pl.col("release").last(),
            is_outcome_known=~out.first(),
            vanished_at=pl.col("valid_until").last(),
            seen_out_at=pl.col("valid_from").filter(out).first(),
            stated_on=pl.col("release_on").filter(out).first(),
        )
        .with_columns(shipped_at=pl.min_horizontal("seen_out_at", _noon("stated_on", zone)))
        .join(sources.select("source", "snapshot_at"), on="source")
        .select(
            subject_kind=pl.lit("release"),
            subject_id="release_id",
            subject="subject",
            team=_team(teams),
            shipped_at=pl.when("is_outcome_known").then("shipped_at"),
            dropped_at=pl.when(pl.col("seen_out_at").is_null()).then("vanished_at"),
            observed_until="snapshot_at",
            is_outcome_known="is_outcome_known",
        )
    )


def release_end() -> pl.Expr:
    """When a committed release stopped moving: shipped, dropped or the snapshot.

    One that was out when first seen stopped before that.
    """
    watched = pl.min_horizontal("shipped_at", "dropped_at", "observed_until")
    return pl.when("is_outcome_known").then(watched).otherwise("committed_at")


def _noon(day: str, zone: str) -> pl.Expr:
    local = pl.col(day).cast(pl.Datetime("us")) + timedelta(hours=12)
    # A zone that moved across the date line has no noon on one day.
    return local.dt.replace_time_zone(zone, non_existent="null").dt.convert_time_zone("UTC")


def _team(teams: tuple[Team, ...]) -> pl.Expr:
    team = pl.lit(None, pl.String)
    for one in reversed(teams):
        team = pl.when(pl.col("project").is_in(one.projects)).then(pl.lit(one.name)).otherwise(team)
    return pl.coalesce(team, pl.col("project"), pl.lit("?"))
