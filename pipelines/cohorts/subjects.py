"""From facts to the subjects of a metric, and from which age on each of them was watched.

A source that is asked only for what was updated since a day shows nothing that ended before it.
Whatever began earlier is watched from that day on (delayed entry, or left truncation): counted
from its beginning it would look as if the young never ended. What ended by then was never seen and
is left out; so is what is known at once, where it came before.

A frame may say so in ``watched_from``: the instant from which its rows were watched, null or no
such column for always. In ``observed_until`` it may say when its source was last asked, in
``item_id`` whose rows they are.
"""

import polars as pl
from polars import selectors as cs

from pipelines.cohorts.cohorts import COHORT
from pipelines.histories.spans import days
from pipelines.histories.waits import watched_from

GROUPS = ("team", "item_type", "release")
"""The kinds of groups that a frame may name."""
_WATCHED = ("watched_from", "observed_until")


def only(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """These columns, and those that every frame of facts may carry.

    To choose some rows of a frame copies all of its columns, group by group: of millions of facts
    those that nobody asks for are most of the work.
    """
    asked = (*columns, "item_id", *GROUPS, *_WATCHED)
    return frame.select(name for name in frame.columns if name in asked)


def light(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows with numbers for all names but those of items: parts of them are copies."""
    return frame.with_columns(cs.string().exclude("item_id").cast(pl.Categorical))


def seen(frame: pl.DataFrame, *, entered_at: str, followed_days: pl.Expr) -> pl.DataFrame:
    """The rows that had not ended when they came to be watched, with their ``entry_days``."""
    return frame.with_columns(entry_days=_entry_days(frame, entered_at)).filter(
        _outlived(followed_days)
    )


def _entry_days(frame: pl.DataFrame, entered_at: str) -> pl.Expr:
    """Age at which a row came to be watched."""
    late = days(watched_from(frame) - pl.col(entered_at)).clip(lower_bound=0)
    return late.fill_null(0.0)


def _outlived(followed_days: pl.Expr) -> pl.Expr:
    return (pl.col("entry_days") == 0) | (followed_days > pl.col("entry_days"))


def subjects(
    frame: pl.DataFrame,
    subject_id: str | pl.Expr,
    *,
    entered_at: str,
    followed_days: pl.Expr,
    end: pl.Expr,
) -> pl.DataFrame:
    """A cohort: the subjects that were seen, under the groups that the frame names."""
    nowhere = pl.lit(None, pl.String)
    groups = {
        name: pl.col(name) if name in frame.columns else nowhere for name in ("item_id", *GROUPS)
    }
    snapshot = pl.lit(None, pl.Float64)
    if "observed_until" in frame.columns:
        snapshot = days(pl.col("observed_until") - pl.col(entered_at))
    return (
        frame.select(
            **groups,
            subject_id=pl.col(subject_id) if isinstance(subject_id, str) else subject_id,
            entered_at=pl.col(entered_at),
            entry_days=_entry_days(frame, entered_at),
            followed_days=followed_days,
            snapshot_days=snapshot,
            end=end,
        )
        .filter(_outlived(pl.col("followed_days")))
        .select(COHORT.names())
        .cast(COHORT)
    )


def known_or_open(
    frame: pl.DataFrame, subject_id: str | pl.Expr, *, entered_at: str, counts: pl.Expr
) -> pl.DataFrame:
    """Subjects of a metric without a horizon; ``counts`` is null while the outcome is open."""
    return subjects(
        frame,
        subject_id,
        entered_at=entered_at,
        followed_days=pl.lit(0.0),
        end=pl.when(counts.is_null()).then(0).when(counts).then(1).otherwise(2),
    )


def waiting_for(
    frame: pl.DataFrame, subject_id: str, *, entered_at: str, counted_at: str
) -> pl.DataFrame:
    """Subjects from one instant to another, which counts, or to the end of their item.

    Args:
        frame: the two instants, ended_at (end of the item, or the snapshot), is_ended.
        subject_id: its key.
        entered_at: the instant from which on they wait.
        counted_at: the instant for which they wait; null where it did not come.
    """
    came = pl.col(counted_at).is_not_null()
    return subjects(
        frame,
        subject_id,
        entered_at=entered_at,
        followed_days=days(pl.coalesce(counted_at, "ended_at") - pl.col(entered_at)),
        end=pl.when(came).then(1).when("is_ended").then(2).otherwise(0),
    )
