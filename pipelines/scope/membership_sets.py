"""What each item was part of at each moment: releases, sprints, epics, as its fields said it.

A release is a fix version or a milestone, an epic any item that others have as their parent or
epic link. Edge cases:

* A closed sprint stays in the list of an item that moved on to the next one: it did not leave it.
* A milestone known from a history by its title only is the one of that title in its repository;
  the one an item shows now is known by its id, whatever it was called when it was given.
* The epic link of former years and the parent that replaced it are one field.
* A parent that was given under a former key is found by it; one that is not known is none.
* An item that was a sub-task of another once was not part of an epic then.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from pipelines.histories import history
from pipelines.histories.milestones import milestone_sets

_PARENT = ("parent", "Epic Link")
FIELDS = ("fixVersions", "milestone", "Sprint", *_PARENT, "issuetype", "key")
"""The fields whose histories are read."""


@dataclass(frozen=True, slots=True)
class MembershipSets:
    """What items were part of, as one field tells it."""

    subject_kind: str
    """``release``, ``sprint`` or ``epic``."""
    fields: tuple[str, ...]
    """The field, and other names of it."""
    sets: pl.DataFrame
    """item_id, group_end, valid_from, members: a timeline of what the field names."""
    names: pl.DataFrame
    """source, member, of_project (null: any), subject_id: what the members mean."""


def membership_sets(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame, release_dates: pl.DataFrame
) -> Iterator[MembershipSets]:
    """The fields that make an item part of something, for the items that are no sub-tasks.

    Args:
        items: item_id, source, project, key, item_type, is_subtask, born_at.
        changes: with ``group_end``.
        present: the values the tracker shows now.
        release_dates: release_id, source, kind, version_id, release, project, valid_from; sprints
            among them.
    """
    whole = items.filter(~pl.col("is_subtask"))
    versions = history.set_timeline(changes, present, whole, "fixVersions", members="id")
    yield MembershipSets("release", ("fixVersions",), versions, _by_id(release_dates, "version"))
    titled = pl.concat([_by_id(release_dates, "milestone"), _by_title(release_dates)])
    milestones = milestone_sets(whole, changes, present)
    yield MembershipSets("release", ("milestone",), milestones, titled)
    sprints = _sprints(whole, changes, present)
    yield MembershipSets("sprint", ("Sprint",), sprints, _by_id(release_dates, "sprint"))
    parents = _parents(whole, changes, present)
    parents = _less_sub_tasks(
        parents, items, history.timeline(changes, present, whole, "issuetype")
    )
    yield MembershipSets("epic", _PARENT, parents, _by_key(items, changes))


def _by_id(release_dates: pl.DataFrame, kind: str) -> pl.DataFrame:
    """An id is one subject's alone."""
    return (
        release_dates.filter(pl.col("kind") == kind)
        .select(
            "source",
            member="version_id",
            of_project=pl.lit(None, pl.String),
            subject_id="release_id",
        )
        .unique()
    )


def _by_title(release_dates: pl.DataFrame) -> pl.DataFrame:
    """A title is used again in every repository, and there belongs to the one seen last."""
    return (
        release_dates.filter(pl.col("kind") == "milestone")
        .sort("valid_from", "release_id")
        .unique(["source", "project", "release"], keep="last", maintain_order=True)
        .select("source", member="release", of_project="project", subject_id="release_id")
    )


def _by_key(items: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Items under the number their tracker gives them, their key, and the keys they had before.

    What two items are known by is the number of one before it is a key, the key of today before a
    former one, and that of the first item in the order of their ids.
    """
    keyed = items.select("source", "item_id", "key").sort("item_id")
    former = history.of_field(changes, "key").join(keyed, on="item_id").sort("item_id", "sequence")
    names = [
        keyed.with_columns(member=pl.col("item_id").str.extract(r"([^:]+)$")),
        keyed.with_columns(member="key"),
        *(former.with_columns(member=side) for side in ("from_text", "to_text")),
    ]
    return (
        pl.concat([part.select("source", "member", subject_id="item_id") for part in names])
        .drop_nulls("member")
        .unique(["source", "member"], keep="first", maintain_order=True)
        .with_columns(of_project=pl.lit(None, pl.String))
    )


def _sprints(items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """Sprints change as a list of ids; they are shown one by one, by a Server as a text with id."""
    sprint_id = pl.coalesce("value_id", pl.col("value_text").str.extract(r"\bid=(\d+)"))
    now = (
        history.of_field(present, "Sprint")
        .group_by("item_id", maintain_order=True)
        .agg(value_id=sprint_id.drop_nulls().str.join(","))
        .with_columns(
            field=pl.lit("Sprint"),
            field_id=pl.lit(None, pl.String),
            position=pl.lit(1, pl.Int32),
            value_text=pl.lit(None, pl.String),
        )
    )
    steps = history.timeline(changes, now, items, "Sprint")
    listed = pl.col("value_id").fill_null("").str.extract_all(r"[^,\s]+")
    return steps.select("item_id", "group_end", "valid_from", members=listed)


def _parents(items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """The parent as a set of one; GitHub tells apart which one came and which one went."""
    moves = _as_parent(changes)
    # A Jira that replaced the one by the other shows the epic in both places, or in one.
    shown = _as_parent(present).sort("item_id", pl.col("value_text").is_null(), maintain_order=True)
    now = shown.unique("item_id", keep="first", maintain_order=True).with_columns(
        position=pl.lit(1, pl.Int32)
    )
    told = items.join(moves.filter("is_member"), on="item_id", how="semi")
    rest = items.join(told, on="item_id", how="anti")
    sets = history.set_timeline(_only(moves, told), _only(now, told), told, "parent", members="id")
    singles = history.timeline(_only(moves, rest), _only(now, rest), rest, "parent").select(
        "item_id",
        "group_end",
        "valid_from",
        members=pl.concat_list(pl.coalesce("value_id", "value_text")),
    )
    return pl.concat([sets, singles])


def _less_sub_tasks(
    parents: pl.DataFrame, items: pl.DataFrame, types: pl.DataFrame
) -> pl.DataFrame:
    """Empty the set while the item was of a type that sub-tasks of its source have."""
    parts = items.filter("is_subtask").select(
        "source", value_text="item_type", was_part=pl.lit(True)
    )
    then = history.as_of(types, parents, columns=("value_text",)).join(
        items.select("item_id", "source"), on="item_id", how="left", maintain_order="left"
    )
    marked = then.join(parts.unique(), on=["source", "value_text"], how="left")
    return marked.select(
        "item_id",
        "group_end",
        "valid_from",
        members=pl.when(pl.col("was_part").is_null()).then("members").otherwise([]),
    )


def _as_parent(frame: pl.DataFrame) -> pl.DataFrame:
    rows = pl.concat([history.of_field(frame, field) for field in _PARENT])
    return rows.with_columns(field=pl.lit("parent"))


def _only(frame: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    return frame.join(items, on="item_id", how="semi", maintain_order="left")
