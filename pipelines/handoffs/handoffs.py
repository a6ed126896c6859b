"""Handoffs: every attempt to hand work forward from one role to another, with its verdict.

An attempt is a move from a stage of one owner to a later stage of another. Its verdict is the
first that follows of: *accepted* (active work of the receiver begins, a later stage of somebody
else is reached, or the item is done), *rejected* (back to the sender's stage or before it),
*recalled* (the same, moved by the sender's own role), *dropped*. Until then it is *undecided*: open
at the snapshot, and neither accepted nor rejected. Edge cases:

* Parked stages are looked through, and so are those that nobody owns: nothing was handed to anybody
  there. A move into done or dropped is no handoff.
* A review that asks for changes rejects, whatever the role of the reviewer.
* A pull request that a reviewer closes unmerged is rejected; one that its author closes is dropped.
* A forward move done in bulk is no attempt; a return done in bulk ends the attempt undecided.
* A jump over stages is one handoff from the first to the last, marked as a skip; landing in active
  work of the receiver it is accepted at once.
* A return after acceptance is a late return: kept apart, it changes no verdict.
* What a rejection costs is told by :mod:`pipelines.handoffs.rework`.
"""

import polars as pl

from pipelines.handoffs.rework import with_rework
from pipelines.histories.actor_roles import BOT, UNKNOWN
from pipelines.histories.neighbours import first_after
from pipelines.histories.spans import hours
from pipelines.histories.unparked import unparked

_EDGE = ("from_role", "from_rank", "to_role", "to_rank")
"""What of an attempt its verdict depends on, but for what happened after it."""
_IS_SOMEBODYS = pl.col("owner_role").is_not_null() | pl.col("stage_kind").is_in(["done", "dropped"])
_BACK = pl.col("later_rank") <= pl.col("from_rank")
_REFUSED = (
    (pl.col("later_kind") == "dropped")
    & (pl.col("kind") == "pull_request")
    & ~pl.col("later_by").is_in(["author", BOT, UNKNOWN])
    & (pl.col("later_by") != pl.col("from_role"))
    & ~pl.col("later_bulk")
)
"""A pull request closed unmerged by a person who neither wrote it nor sent it on."""


def handoffs(visits: pl.DataFrame, stage_ranks: pl.DataFrame) -> pl.DataFrame:
    """Find the attempts of each item and their verdicts.

    Args:
        visits: item_id, kind, visit_number, stage, stage_kind, owner_role, stage_rank, entered_at,
            group_end, entered_by (role), is_bulk (the entry was part of a bulk edit), is_refusal
            (a review that asked for changes made it), ended_at (end of the item's life or the
            snapshot), is_ended.
        stage_ranks: scope, project (null: everywhere), stage, stage_rank of the stages that have
            an owner and are not parked: what a skip can jump.

    Returns:
        One row per attempt: the columns of ``main.handoffs`` but those of readiness, and
        ``group_end`` and ``verdict_group_end`` for the state at the handoff and at the verdict.
    """
    walk = unparked(visits.filter(_IS_SOMEBODYS))
    attempts = _attempts(walk)
    edges = attempts.select("item_id", *_EDGE).unique().with_row_index("edge")
    seen = _seen_from_edges(walk, edges)
    on_edges = attempts.join(edges, on=["item_id", *_EDGE])
    decided = first_after(on_edges, "step", _verdicts(seen), "verdict_step", by="edge")
    judged = _with_immediate_acceptance(decided)
    came_back = first_after(judged, "accepted_in", _returns(seen), "late_return_step", by="edge")
    returned = came_back.drop("edge", "accepted_in")
    skipped = returned.join(_skips(attempts, stage_ranks), on=["item_id", "step"], how="left")
    return with_rework(_completed(skipped), walk).sort("item_id", "step")


def _attempts(walk: pl.DataFrame) -> pl.DataFrame:
    before = {
        f"from_{name}": pl.col(column).shift(1).over("item_id")
        for name, column in (("stage", "stage"), ("role", "owner_role"), ("rank", "stage_rank"))
    }
    is_attempt = (
        (pl.col("from_rank") < pl.col("stage_rank"))
        & (pl.col("from_role") != pl.col("owner_role"))
        & ~pl.col("stage_kind").is_in(["done", "dropped"])
        & ~pl.col("is_bulk")
    )
    return (
        walk.with_columns(**before)
        .filter(is_attempt)
        .rename(
            {
                "stage": "to_stage",
                "owner_role": "to_role",
                "stage_rank": "to_rank",
                "stage_kind": "to_kind",
                "entered_at": "handed_at",
            }
        )
        .with_columns(
            attempt=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(
                "item_id", "from_stage", "to_stage"
            ),
            number=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("item_id"),
        )
    )


def _seen_from_edges(walk: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """The stays of each item as each of its edges sees them: an edge may be tried many times."""
    stays = walk.select(
        "item_id",
        "kind",
        later="step",
        later_group="group_end",
        later_kind="stage_kind",
        later_owner="owner_role",
        later_rank="stage_rank",
        later_at="entered_at",
        later_by="entered_by",
        later_bulk="is_bulk",
        later_refusal="is_refusal",
    )
    return edges.join(stays, on="item_id").drop("item_id")


def _verdicts(seen: pl.DataFrame) -> pl.DataFrame:
    """The stays that would decide an attempt on an edge, were there one before."""
    works = (pl.col("later_kind") == "active") & (pl.col("later_owner") == pl.col("to_role"))
    passed_on = pl.col("later_owner").ne_missing(pl.col("to_role")) & (
        pl.col("later_rank") > pl.col("to_rank")
    )
    decision = (
        pl.when(_REFUSED)
        .then(pl.lit("rejected"))
        .when(pl.col("later_kind") == "dropped")
        .then(pl.lit("dropped"))
        .when(pl.col("later_kind") == "done")
        .then(pl.lit("accepted"))
        .when(_BACK & pl.col("later_bulk"))
        .then(pl.lit("undecided"))
        .when(_BACK & (pl.col("later_by") == pl.col("from_role")) & ~pl.col("later_refusal"))
        .then(pl.lit("recalled"))
        .when(_BACK)
        .then(pl.lit("rejected"))
        .when((works & (pl.col("later_rank") >= pl.col("to_rank"))) | passed_on)
        .then(pl.lit("accepted"))
    )
    return seen.select(
        "edge",
        verdict=decision,
        verdict_at="later_at",
        verdict_role="later_by",
        verdict_step="later",
        verdict_group_end="later_group",
    ).filter(pl.col("verdict").is_not_null())


def _with_immediate_acceptance(judged: pl.DataFrame) -> pl.DataFrame:
    """Landing in active work is acceptance at once; no verdict, or one in bulk, is undecided."""
    at_once = pl.col("to_kind") == "active"
    verdict = (
        pl.when(at_once)
        .then(pl.lit("accepted"))
        .otherwise(pl.col("verdict").fill_null("undecided"))
    )
    open_ = verdict == "undecided"
    step = pl.when(at_once).then("step").when(~open_).then("verdict_step")
    group_end = pl.when(at_once).then("group_end").when(~open_).then("verdict_group_end")
    return judged.with_columns(
        verdict=verdict,
        verdict_at=pl.when(at_once).then("handed_at").when(~open_).then("verdict_at"),
        verdict_role=pl.when(at_once).then("entered_by").when(~open_).then("verdict_role"),
        verdict_step=step,
        verdict_group_end=group_end,
        accepted_in=pl.when(verdict == "accepted").then(step),
        # Where nothing decided it, the attempt was watched to a return in bulk or to the end.
        watched_until=pl.when(open_).then(pl.coalesce("verdict_at", "ended_at")),
    )


def _returns(seen: pl.DataFrame) -> pl.DataFrame:
    """The stays that would be a late return of an attempt on an edge, were it accepted before."""
    return seen.filter(_BACK & ~pl.col("later_bulk")).select(
        "edge", late_return_at="later_at", late_return_step="later"
    )


def _skips(attempts: pl.DataFrame, stage_ranks: pl.DataFrame) -> pl.DataFrame:
    between = (pl.col("stage_rank") > pl.col("from_rank")) & (
        pl.col("stage_rank") < pl.col("to_rank")
    )
    return (
        attempts.select("item_id", "step", "scope", "from_rank", "to_rank", here="project")
        .join(stage_ranks, on="scope")
        .filter(between & (pl.col("project").is_null() | (pl.col("project") == pl.col("here"))))
        .select("item_id", "step", is_skip=pl.lit(True))
        .unique()
    )


def _completed(judged: pl.DataFrame) -> pl.DataFrame:
    return judged.with_columns(
        handoff_id=pl.format("{}/{}", "item_id", "number"),
        verdict_hours=hours(pl.col("verdict_at") - pl.col("handed_at")),
        is_skip=pl.col("is_skip").fill_null(value=False),
    )
