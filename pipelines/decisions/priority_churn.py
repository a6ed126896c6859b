"""Priority churn: how often priorities change once work is committed, and how often back.

Events over exposure: changes by people, not in bulk, per 100 item-weeks from the commitment of an
item to its end or the snapshot. Clusters of the interval are teams by week of commitment. Edge
cases:

* A change after the end of the item is outside the exposure and does not count, nor does one from
  before its source was watched: the exposure begins when both are there, the promise and the watch.
* An item that has no field for a priority, as a pull request has none, is not exposed.
* Priority is the field of that name and what is declared under that right; rank never is.
* Brought back is a value the item had within the window before, whoever had set or replaced it.
* Below ten changes the rate stands, with its interval, and the shares are null.
"""

from datetime import timedelta

import numpy as np
import polars as pl
from polars import selectors as cs

from pipelines.cohorts.scopes import Scopes, in_each_scope
from pipelines.cohorts.team_weeks import team_weeks
from pipelines.decisions.decision_rights import FEWEST_CHANGES
from pipelines.histories import history
from pipelines.histories.actor_roles import BOT
from pipelines.histories.neighbours import last_before
from pipelines.histories.spans import DAY_US
from pipelines.histories.waits import watched_from
from pipelines.statistics.cluster_bootstrap import ratio

PRIORITY_CHURN = pl.Schema(
    {
        "scope": pl.String(),
        "changes": pl.Int32(),
        "items": pl.Int32(),
        "item_weeks": pl.Float64(),
        "changes_per_100_item_weeks": pl.Float64(),
        "changes_low": pl.Float64(),
        "changes_high": pl.Float64(),
        "reversal_share": pl.Float64(),
        "mid_build_share": pl.Float64(),
        "verdict": pl.String(),
    }
)
_WEEK_US = 7 * DAY_US
_PER_WEEKS = 100
_CHANGE = ["item_id", "change_number"]


def priority_churn(changes: pl.DataFrame, exposure: pl.DataFrame, scopes: Scopes) -> pl.DataFrame:
    """Estimate the churn of each group: the columns of ``main.priority_churn``.

    Args:
        changes: what :func:`priority_changes` found.
        exposure: what :func:`committed_weeks` found; whose items count.
        scopes: the groups that may be shown.
    """
    per_item = exposure.join(_sums(changes, exposure), on="item_id", how="left").with_columns(
        pl.col("changes", "reversals", "mid_build").fill_null(0)
    )
    rows = [
        {"scope": scope, **_row(part)}
        for scope, part in in_each_scope(per_item, scopes, by_release=True)
    ]
    return pl.DataFrame(rows, schema=PRIORITY_CHURN, orient="row").sort("scope")


def committed_weeks(
    items: pl.DataFrame, since: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """The exposure of each committed item that has a priority.

    Args:
        items: item_id, team, item_type, release if known, is_subtask, ended_at (end of life, or
            snapshot), ``watched_from`` where a source was not always watched.
        since: item_id, committed_at, reached_at (null: never); committed from the first, else from
            the second on.
        changes: what :func:`pipelines.decisions.decision_changes.decision_changes` found.
        present: item_id, field: the fields the tracker shows now, empty ones too.

    Returns:
        item_id and its groups, since (its commitment), exposed_from, until, weeks; sorted. What had
        ended when it came to be watched is left out.
    """
    committed = since.select("item_id", since=pl.coalesce("committed_at", "reached_at"))
    whole = items.filter(~pl.col("is_subtask")).join(committed, on="item_id")
    groups = cs.by_name("item_id", "team", "item_type", "release", require_all=False)
    watched = watched_from(items)
    exposed = pl.max_horizontal("since", watched)
    until = pl.max_horizontal(exposed, "ended_at")
    weeks = (until - exposed).dt.total_microseconds() / _WEEK_US
    return (
        whole.filter(pl.col("since").is_not_null())
        .filter((pl.col("ended_at") > watched).fill_null(value=True))
        .join(_with_priority(changes, present), on="item_id", how="semi")
        .select(groups, "since", exposed_from=exposed, until=until, weeks=weeks)
        .sort("item_id")
    )


def _with_priority(changes: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """Items that show a priority, were it empty, or ever changed it: item_id."""
    changed = _of_priority(changes)
    fields = ["priority", *changed["field"].str.to_lowercase().unique()]
    shown = present.filter(pl.col("field").str.to_lowercase().is_in(fields))
    return pl.concat([shown.select("item_id"), changed.select("item_id")]).unique()


def _of_priority(changes: pl.DataFrame) -> pl.DataFrame:
    names = [pl.col(column).str.to_lowercase() for column in ("field", "decision_right")]
    return changes.filter(pl.any_horizontal(name == "priority" for name in names))


def priority_changes(
    changes: pl.DataFrame, visits: pl.DataFrame, *, window: timedelta
) -> pl.DataFrame:
    """Changes of priority after commitment by people, not in bulk, sorted by item and number.

    Args:
        changes: what :func:`pipelines.decisions.decision_changes.decision_changes` found.
        visits: item_id, group_end, stage_kind.
        window: how far back a value counts as one the item had.

    Returns:
        item_id, change_number, changed_at, is_reversal, is_mid_build (in an active stage when the
        click had taken effect).
    """
    moves = _of_priority(changes)
    marked = moves.join(_reversals(moves, window), on=_CHANGE, how="left").filter(
        ~pl.col("is_bulk") & (pl.col("actor_role") != BOT) & pl.col("is_after_commitment")
    )
    staged = history.as_of(visits, marked, columns=("stage_kind",))
    return staged.select(
        *_CHANGE,
        "changed_at",
        pl.col("is_reversal").fill_null(value=False),
        is_mid_build=(pl.col("stage_kind") == "active").fill_null(value=False),
    ).sort(_CHANGE)


def _reversals(moves: pl.DataFrame, window: timedelta) -> pl.DataFrame:
    """The changes that bring back a value which another replaced within the window before."""
    earlier = moves.select(
        *("item_id", "field"),
        replaced_by="change_number",
        value=_known("from_value"),
        replaced_at="changed_at",
    )
    # Where any was replaced within the window, the one that was replaced last was.
    told = moves.with_columns(value=_known("to_value"))
    known = ["item_id", "field", "value"]
    return (
        last_before(told, "change_number", earlier, "replaced_by", by=known)
        .filter(pl.col("changed_at") - pl.col("replaced_at") <= window)
        .select(*_CHANGE, is_reversal=pl.lit(True))
    )


def _known(value: str) -> pl.Expr:
    """A value under which it is found again, were it none: a join finds no null."""
    return (pl.lit("=") + pl.col(value)).fill_null("")


def _sums(changes: pl.DataFrame, exposure: pl.DataFrame) -> pl.DataFrame:
    """Changes of each item within its exposure."""
    within = changes.join(exposure.select("item_id", "exposed_from", "until"), on="item_id").filter(
        pl.col("changed_at").is_between("exposed_from", "until")
    )
    return within.group_by("item_id").agg(
        changes=pl.len().cast(pl.Int32),
        reversals=pl.col("is_reversal").sum(),
        mid_build=pl.col("is_mid_build").sum(),
    )


def _row(part: pl.DataFrame) -> dict[str, object]:
    """The churn of the items of one group."""
    clusters = team_weeks(part, entered_at="since")
    changes, weeks = (part[name].cast(pl.Float64).to_numpy() for name in ("changes", "weeks"))
    rate = ratio(changes, weeks / _PER_WEEKS, clusters)
    total = int(np.sum(changes))
    is_measured = total >= FEWEST_CHANGES
    return {
        "changes": total,
        "items": part.height,
        "item_weeks": float(np.sum(weeks)),
        "changes_per_100_item_weeks": rate.value,
        "changes_low": rate.low,
        "changes_high": rate.high,
        "reversal_share": int(part["reversals"].sum()) / total if is_measured else None,
        "mid_build_share": int(part["mid_build"].sum()) / total if is_measured else None,
        "verdict": "measured" if is_measured else "insufficient_data",
    }
