"""Activity sessions: when somebody of the role in charge was visibly at work on an item.

An act is a comment, a review, a commit, an entry of work or the edit of a field, by a person of the
role that owns the active stage the item is in. Acts of one role on an item that follow each other
within four business hours belong to one session; it lasts from the first to the last. Edge cases:

* A lone act has no length: what went on before and after it nobody saw.
* A session counts as far as it lies in active stages of the role. The click that moves an item
  into a stage is an act in it, the click that moves it out is one in the stage after it.
* A stage that nobody owns is worked on by anybody but a bot. Edits in bulk are no work on an item.
* A commit names no account: it is its pull request's author's. Where that one is not known either,
  it is the owner's.
"""

import polars as pl

from pipelines.histories.actor_roles import BOT
from pipelines.histories.business_time import BusinessTime
from pipelines.histories.neighbours import last_before
from pipelines.histories.overlaps import active_stays, overlaps

_GAP_HOURS = 4
_SHIFT = ["item_id", "owner_role"]


def with_commit_authors(activities: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Give commits to the authors of their pull requests, and number the activities of each item.

    Args:
        activities: item_id, activity_id, kind, actor_id, acted_at.
        items: item_id, kind, author_id.

    Returns:
        With ``sequence`` and ``changed_at``, so that
        :func:`pipelines.histories.actor_roles.with_actor_roles` can say who it was.
    """
    authors = items.filter(pl.col("kind") == "pull_request").select("item_id", "author_id")
    is_nameless = (pl.col("kind") == "commit") & pl.col("actor_id").is_null()
    return (
        activities.join(authors, on="item_id", how="left")
        .sort("item_id", "acted_at", "activity_id")
        .with_columns(
            actor_id=pl.when(is_nameless).then("author_id").otherwise("actor_id"),
            sequence=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("item_id"),
            changed_at="acted_at",
        )
        .drop("author_id")
    )


def activity_sessions(
    activities: pl.DataFrame, changes: pl.DataFrame, visits: pl.DataFrame, *, worked: BusinessTime
) -> pl.DataFrame:
    """Find the sessions of each item: item_id, since, until; sorted, none in another.

    Args:
        activities: item_id, kind, actor_id, actor_role, acted_at.
        changes: item_id, changed_at, actor_role, is_bulk.
        visits: item_id, stage_kind, owner_role, entered_at, until.
        worked: the calendar of the organisation.
    """
    active = active_stays(visits)
    acted = _acts(activities, changes)
    acts = last_before(acted, "acted_at", active, "entered", by="item_id", or_at=True)
    acts = acts.filter(_in_charge())
    spans = _spans(acts.select(*_SHIFT, "acted_at").unique(), worked)
    sessions = overlaps(spans, active, by=_SHIFT).select("item_id", "since", "until")
    return sessions.sort("item_id", "since")


def _acts(activities: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """What people did, of either kind: item_id, actor_role, acted_at, is_nameless."""
    is_nameless = (pl.col("kind") == "commit") & pl.col("actor_id").is_null()
    edits = changes.filter(~pl.col("is_bulk")).select(
        "item_id", "actor_role", acted_at="changed_at", is_nameless=pl.lit(value=False)
    )
    done = activities.select("item_id", "actor_role", "acted_at", is_nameless=is_nameless)
    return pl.concat([done, edits])


def _in_charge() -> pl.Expr:
    """Whether an act falls into an active stay and is one of those who work there."""
    at = pl.col("acted_at")
    is_nobodys = pl.col("owner_role").is_null() & (pl.col("actor_role") != BOT)
    is_owners = (pl.col("actor_role") == pl.col("owner_role")).fill_null(value=False)
    return (at < pl.col("left")) & (is_nobodys | is_owners | pl.col("is_nameless"))


def _spans(acts: pl.DataFrame, worked: BusinessTime) -> pl.DataFrame:
    """Runs of acts of one role on one item with short gaps, from the first to the last."""
    ordered = acts.sort(*_SHIFT, "acted_at").with_columns(
        before=pl.col("acted_at").shift(1).over(_SHIFT)
    )
    gap = worked.hours_between(ordered["before"], ordered["acted_at"])
    begins = (gap > _GAP_HOURS).fill_null(value=True)
    return (
        ordered.with_columns(session=begins.cum_sum())
        .group_by(*_SHIFT, "session", maintain_order=True)
        .agg(since=pl.col("acted_at").first(), until=pl.col("acted_at").last())
    )
