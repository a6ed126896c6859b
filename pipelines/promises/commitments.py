"""Commitments: what was promised first, and what became of it.

An item is committed from the first instant at which it has a date while at or after the commit
stage; the date at that instant is the original promise. *On time* means done by the end of that
day in the local zone, and is judged once the day is over; open then is a miss. A *silent miss* is a
date that passed while it was valid, the item open, and nobody moved it. Dropped items are not
judged, nor is a date that was given with or after the delivery. For a release the promise is the
date under which it was first seen.
"""

from datetime import timedelta

import polars as pl

_SUBJECT = ["subject_kind", "subject_id"]


def commit_ranks(stage_map: pl.DataFrame, *, commit_stage: str | None) -> pl.DataFrame:
    """From which rank on an item counts as committed: scope, commit_rank.

    The configured stage; else the first active one owned by engineering, else the first active one
    after the beginning of the flow, else the first active one.
    """
    stages = stage_map.unique(["scope", "stage"], keep="first", maintain_order=True)
    active = pl.col("stage_kind") == "active"
    rank = pl.col("stage_rank")
    candidates = [
        rank.filter(pl.col("stage") == commit_stage) if commit_stage else rank.head(0),
        rank.filter(active & (pl.col("owner_role") == "engineering")),
        rank.filter(active & (rank > rank.min())),
        rank.filter(active),
    ]
    return stages.group_by("scope", maintain_order=True).agg(
        commit_rank=pl.coalesce(candidate.min() for candidate in candidates)
    )


def commit_milestones(visits: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """When each item first was at or after the commit stage: item_id, reached_at, reached_end."""
    counts = ~pl.col("stage_kind").is_in(["parked", "dropped"])
    return (
        visits.join(ranks, on="scope")
        .filter((pl.col("stage_rank") >= pl.col("commit_rank")) & counts)
        .sort("item_id", "visit_number")
        .group_by("item_id", maintain_order=True)
        .agg(reached_at=pl.col("entered_at").first(), reached_end=pl.col("group_end").first())
    )


def committed_steps(steps: pl.DataFrame, milestones: pl.DataFrame) -> pl.DataFrame:
    """Add committed_step, committed_at and given_at to the date steps of items.

    All are null where an item was never committed. The committed step is the one in force at the
    milestone or, where none gave a date then, the first one after it that does; ``given_at`` is
    when it was made. A date that was undone within a day was never promised.
    """
    lasting = steps.filter(~pl.col("is_undone"))
    joined = lasting.join(milestones, on="item_id", how="left")
    reached = (pl.col("at") < pl.col("reached_at")) | (
        (pl.col("at") == pl.col("reached_at")) & (pl.col("group_end") <= pl.col("reached_end"))
    )
    until = pl.col("step").filter(reached.fill_null(value=False)).max()
    at_milestone = joined.group_by("item_id").agg(
        pl.col("reached_at").first(), last_before=until.fill_null(-1)
    )
    candidates = (
        joined.drop("reached_at")
        .join(at_milestone, on="item_id")
        .filter(
            pl.col("reached_at").is_not_null()
            & (pl.col("step") >= pl.col("last_before"))
            & pl.col("on").is_not_null()
        )
        .sort("item_id", "step")
        .group_by("item_id", maintain_order=True)
        .agg(
            committed_step=pl.col("step").first(),
            committed_at=pl.max_horizontal(pl.col("at"), pl.col("reached_at")).first(),
            given_at=pl.col("at").first(),
        )
    )
    return steps.join(candidates, on="item_id", how="left", maintain_order="left")


def commitments(
    steps: pl.DataFrame,
    moves: pl.DataFrame,
    subjects: pl.DataFrame,
    ended: pl.DataFrame,
    *,
    zone: str,
) -> pl.DataFrame:
    """The ledger: one row per subject that ever had a date.

    Args:
        steps: subject_kind, subject_id, step, at, on, date_source, committed_step, committed_at,
            given_at.
        moves: what :func:`pipelines.promises.date_moves.date_moves` found.
        subjects: subject_kind, subject_id, subject, team, shipped_at, dropped_at, observed_until,
            is_outcome_known (false where it ended at an unknown instant).
        ended: what :func:`ended_stays` found: when a subject was not open.
        zone: the zone in which a day ends.

    Returns:
        The columns of ``main.commitments`` and ``is_promise``: whether the first date was given
        before the delivery; sorted.
    """
    ledger = (
        _promises(steps)
        .join(_sums(moves), on=_SUBJECT, how="left")
        .join(subjects, on=_SUBJECT)
        .with_columns(
            pl.col("slip_count", "gross_slip_days", "pull_in_days").fill_null(0),
            is_promise=pl.col("committed_at").is_not_null()
            & (pl.col("given_at") < pl.col("shipped_at")).fill_null(value=True),
        )
    )
    missed = _silent_misses(steps, subjects, ended, zone)
    return (
        ledger.join(missed, on=_SUBJECT, how="left")
        .with_columns(
            net_slip_days=(pl.col("current_on") - pl.col("original_on"))
            .dt.total_days()
            .cast(pl.Int32),
            is_on_time=_on_time("original_on", zone),
            is_on_time_current=_on_time("current_on", zone),
            is_silent_miss=pl.col("is_silent_miss").fill_null(value=False),
            is_lower_bound=pl.col("date_source") == "release_date",
        )
        .sort(_SUBJECT)
    )


def end_of_day(day: pl.Expr, zone: str) -> pl.Expr:
    """The instant at which a local day is over, also where midnight is skipped by the clocks."""
    midnight = day.cast(pl.Datetime("us")) + timedelta(days=1)
    local = [
        moment.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        for moment in (midnight, midnight + timedelta(hours=1))
    ]
    return pl.coalesce(local).dt.convert_time_zone("UTC")


def _promises(steps: pl.DataFrame) -> pl.DataFrame:
    is_committed = pl.col("step") == pl.col("committed_step")
    return (
        steps.sort(*_SUBJECT, "step")
        .group_by(_SUBJECT, maintain_order=True)
        .agg(
            pl.col("date_source").first(),
            pl.col("committed_at", "given_at").first(),
            original_on=pl.col("on").filter(is_committed).first(),
            current_on=pl.col("on").last(),
        )
    )


def _sums(moves: pl.DataFrame) -> pl.DataFrame:
    counted = moves.filter("is_after_commitment")
    later, earlier = pl.col("days") > 0, pl.col("days") < 0
    moved = pl.col("move").is_in(["slip", "pull_in", "retarget"])
    lost = (pl.col("move") == "clear") | (moved & later)
    return counted.group_by(_SUBJECT).agg(
        slip_count=lost.sum().cast(pl.Int32),
        gross_slip_days=pl.col("days").filter(moved & later).sum(),
        pull_in_days=-pl.col("days").filter(moved & earlier).sum(),
    )


def _on_time(day: str, zone: str) -> pl.Expr:
    over = end_of_day(pl.col(day), zone)
    is_judged = (
        pl.col("is_promise")
        & (over <= pl.col("observed_until"))
        & pl.col("dropped_at").is_null()
        & pl.col("is_outcome_known")
    )
    kept = (pl.col("shipped_at") <= over).fill_null(value=False)
    return pl.when(is_judged).then(kept)


def ended_stays(visits: pl.DataFrame) -> pl.DataFrame:
    """When items were done or dropped, also for a while: subject_kind, subject_id, since, until."""
    return visits.filter(pl.col("stage_kind").is_in(["done", "dropped"])).select(
        subject_kind=pl.lit("item"),
        subject_id="item_id",
        since="entered_at",
        until="left_at",
    )


def _silent_misses(
    steps: pl.DataFrame, subjects: pl.DataFrame, ended: pl.DataFrame, zone: str
) -> pl.DataFrame:
    """Subjects with a date that passed while in force, the subject open, after the commitment."""
    over = end_of_day(pl.col("on"), zone)
    ended_at = pl.min_horizontal("shipped_at", "dropped_at")
    passed = (
        (pl.col("step") >= pl.col("committed_step"))
        & (pl.col("over") > pl.max_horizontal("at", "committed_at"))
        & (pl.col("next_at").is_null() | (pl.col("over") < pl.col("next_at")))
        & (pl.col("over") <= pl.col("observed_until"))
        & (ended_at.is_null() | (pl.col("over") < ended_at))
        & pl.col("is_outcome_known")
    )
    days = (
        steps.filter(~pl.col("is_undone"))
        .sort(*_SUBJECT, "step")
        .with_columns(next_at=pl.col("at").shift(-1).over(_SUBJECT), over=over)
        .join(subjects.drop("team"), on=_SUBJECT)
        .filter(passed)
        .select(*_SUBJECT, "over")
    )
    # Done when the day ended, and reopened later: nobody was waiting on that day.
    at_rest = (
        days.join(ended, on=_SUBJECT)
        .filter(
            (pl.col("since") <= pl.col("over"))
            & (pl.col("until").is_null() | (pl.col("over") < pl.col("until")))
        )
        .select(*_SUBJECT, "over")
    )
    waited = days.join(at_rest, on=[*_SUBJECT, "over"], how="anti")
    return waited.select(_SUBJECT).unique().with_columns(is_silent_miss=pl.lit(True))


def item_subjects(items: pl.DataFrame, lives: pl.DataFrame) -> pl.DataFrame:
    """Items as subjects of promises."""
    return items.join(lives.select("item_id", "done_at", "dropped_at"), on="item_id").select(
        subject_kind=pl.lit("item"),
        subject_id="item_id",
        subject="key",
        team="team",
        shipped_at="done_at",
        dropped_at="dropped_at",
        observed_until="observed_until",
        is_outcome_known=pl.lit(True),
    )
