"""Visits: every stay of every item in a stage; together they partition the life of the item.

A visit is a maximal interval in one stage; changes of status inside a stage are no new visit. The
life begins at creation (or at the first change, where an import dated that earlier) and ends,
censored, at the snapshot. Edge cases:

* Several status changes in one group: the last one counts. At one instant in different groups:
  each is kept, as a visit of no length.
* A mis-click, a visit shorter than the debounce between two visits in one stage, is merged into
  them; so on until none is left. The number merged is reported.
* Parked stages are visits. Done and dropped are visits with an open end.
* A done stage with a resolution that means *not done*, then or later, is a dropped stage.
"""

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from pipelines.flow.stage_map import label_stages, with_stages
from pipelines.histories import history
from pipelines.histories.actor_roles import UNKNOWN
from pipelines.histories.calendars import Calendars
from pipelines.histories.spans import hours
from pipelines.policy import Stage

# What can put an item into another stage, besides its status.
_MOVES_A_STAGE = ("status", "labels", "key", "resolution")
# A review that asks for changes says no in so many words, whoever wrote it.
_REFUSES = (pl.col("field") == "review") & (pl.col("to_text") == "changes_requested")
_SITUATION = ("status_id", "status_text", "project", "labels")
# GitHub's own words for an issue that was closed without being done.
_DROPPED_BY_GITHUB = ("not_planned", "duplicate")
_STAGE = ("stage", "stage_kind", "owner_role", "stage_rank", "is_proposed")


def stage_steps(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    present: pl.DataFrame,
    *,
    stage_map: pl.DataFrame,
    stages: tuple[Stage, ...],
    dropped_resolutions: tuple[str, ...],
) -> pl.DataFrame:
    """The stage of each item from each instant on at which it may have changed.

    Returns:
        item_id, group_end, valid_from, status_text, project (as the item was in then), the columns
        of the stage.
    """
    situations = _situations(items, changes, present, with_labels=bool(list(label_stages(stages))))
    staged = with_stages(
        situations.join(items.select("item_id", "source", "kind"), on="item_id"), stage_map
    )
    labelled = _with_label_stages(staged, stages)
    resolution = history.timeline(changes, present, items, "resolution").rename(
        {"value_text": "resolution"}
    )
    resolved = history.as_of(resolution, labelled, columns=("resolution",))
    words = (*dropped_resolutions, *_DROPPED_BY_GITHUB)
    is_dropped = (pl.col("stage_kind") == "done") & pl.col("resolution").is_in(words).fill_null(
        value=False
    )
    return resolved.with_columns(
        stage=pl.col("stage").fill_null(pl.col("status_text")),
        stage_kind=pl.when(is_dropped).then(pl.lit("dropped")).otherwise("stage_kind"),
    ).select("item_id", "group_end", "valid_from", "status_text", "project", *_STAGE)


def visits(
    steps: pl.DataFrame, items: pl.DataFrame, *, debounce: timedelta
) -> tuple[pl.DataFrame, int]:
    """Pair the steps of each item into visits.

    Returns:
        The visits (item_id, visit_number, the columns of the stage, status_text, entered_at,
        left_at, group_end, is_open, is_repeat) and the number of mis-clicks merged.
    """
    merged = _merge_equal(steps.sort("item_id", "group_end"))
    clicks = 0
    while True:
        kept = merged.filter(~_is_misclick(debounce))
        if kept.height == merged.height:
            break
        clicks += merged.height - kept.height
        merged = _merge_equal(kept)
    place = pl.int_range(1, pl.len() + 1, dtype=pl.Int32)
    return (
        merged.with_columns(
            visit_number=place.over("item_id"),
            left_at=pl.col("valid_from").shift(-1).over("item_id"),
            is_repeat=place.over("item_id", "stage") > 1,
        )
        .join(items.select("item_id", "observed_until"), on="item_id", maintain_order="left")
        .with_columns(is_open=pl.col("left_at").is_null())
        .rename({"valid_from": "entered_at"}),
        clicks,
    )


def _situations(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame, *, with_labels: bool
) -> pl.DataFrame:
    """Status, project and labels of each item from each change of these or the resolution on."""
    combined = pl.concat(
        _histories(items, changes, present, with_labels=with_labels), how="diagonal"
    )
    if "labels" not in combined.columns:
        combined = combined.with_columns(labels=pl.lit(None, pl.List(pl.String)))
    states = [pl.col(column).drop_nulls().last() for column in _SITUATION]
    in_key = pl.col("project")
    is_former = in_key != in_key.last().over("item_id")
    return (
        combined.group_by("item_id", "group_end")
        .agg(pl.col("valid_from").min(), *states)
        .sort("item_id", "group_end")
        .with_columns(pl.col(column).forward_fill().over("item_id") for column in _SITUATION)
        .join(items.select("item_id", now="project"), on="item_id", maintain_order="left")
        # The last name in its key is that of its project now, though it was renamed since.
        .with_columns(project=pl.when(is_former).then(in_key).otherwise(pl.coalesce("now", in_key)))
        .drop("now")
    )


def _histories(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame, *, with_labels: bool
) -> Iterator[pl.DataFrame]:
    """What makes a situation, field by field: item_id, group_end, valid_from and the field."""
    status = history.timeline(changes, present, items, "status").rename(
        {"value_id": "status_id", "value_text": "status_text"}
    )
    yield status
    yield items.join(status, on="item_id", how="anti").select(
        "item_id",
        group_end=pl.lit(0, pl.Int32),
        valid_from="born_at",
        status_id="status_id",
        status_text="status",
    )
    # The key of an issue carries its project: the one record of a move that every Jira keeps.
    yield history.timeline(changes, present, items, "key").select(
        "item_id",
        "group_end",
        "valid_from",
        project=pl.col("value_text").str.replace(r"-\d+$", ""),
    )
    # A resolution corrected after the closing may turn a done item into a dropped one.
    resolution = history.timeline(changes, present, items, "resolution")
    yield resolution.select("item_id", "group_end", "valid_from")
    if with_labels:
        labels = history.set_timeline(changes, present, items, "labels")
        yield labels.rename({"members": "labels"})


def _with_label_stages(steps: pl.DataFrame, stages: tuple[Stage, ...]) -> pl.DataFrame:
    """A label that names a stage claims an open item for as long as it is on."""
    for label, stage in reversed(list(label_stages(stages))):
        carries = pl.col("labels").list.contains(label).fill_null(value=False)
        claims = carries & ~pl.col("stage_kind").is_in(["done", "dropped"]).fill_null(value=False)
        values: dict[str, pl.Expr] = {
            "stage": pl.lit(stage.name),
            "stage_kind": pl.lit(stage.kind),
            "owner_role": pl.lit(stage.owner, pl.String),
            "stage_rank": pl.lit(stage.rank, pl.Int32),
        }
        steps = steps.with_columns(
            pl.when(claims).then(value).otherwise(name).alias(name)
            for name, value in values.items()
        )
    return steps


def _merge_equal(steps: pl.DataFrame) -> pl.DataFrame:
    """Keep the first of each run of steps in the same stage, under the status the run ends in."""
    return (
        steps.with_columns(_run=pl.struct("item_id", "stage", "stage_kind").rle_id())
        .with_columns(pl.col("status_text").last().over("_run"))
        .unique("_run", keep="first", maintain_order=True)
        .drop("_run")
    )


def _is_misclick(debounce: timedelta) -> pl.Expr:
    """A short stay with the same stage before and after it."""
    before = pl.col("stage").shift(1).over("item_id")
    after = pl.col("stage").shift(-1).over("item_id")
    length = pl.col("valid_from").shift(-1).over("item_id") - pl.col("valid_from")
    return ((before == after) & (length < debounce)).fill_null(value=False)


def measured(
    stays: pl.DataFrame, items: pl.DataFrame, changes: pl.DataFrame, worked: Calendars
) -> pl.DataFrame:
    """Add what is told of a visit: its length on both clocks, who began it and how, where it is.

    Business hours are those of the role that owns the stage.
    """
    entries = changes.group_by("item_id", "group_end").agg(
        entered_by=pl.col("actor_role").first(),
        is_bulk=pl.col("is_bulk").filter(pl.col("field").is_in(_MOVES_A_STAGE)).any(),
        is_refusal=_REFUSES.any(),
    )
    placed = (
        stays.join(entries, on=["item_id", "group_end"], how="left", maintain_order="left")
        .join(
            items.select("item_id", "source", "kind", "team", "item_type"),
            on="item_id",
            maintain_order="left",
        )
        .with_columns(
            until=pl.coalesce("left_at", "observed_until"),
            entered_by=pl.col("entered_by").fill_null(UNKNOWN),
            is_bulk=pl.col("is_bulk").fill_null(value=False),
            is_refusal=pl.col("is_refusal").fill_null(value=False),
            scope=pl.concat_str("source", "kind", separator="/"),
            is_proposed=pl.col("is_proposed").fill_null(value=False),
        )
    )
    return placed.with_columns(
        worked.hours_between(placed["entered_at"], placed["until"], placed["owner_role"]),
        elapsed_hours=hours(pl.col("until") - pl.col("entered_at")),
    )
