"""The date each item carried at each moment, and where the date came from.

An item's date is its due date if it ever had one, else the configured target field if that ever
held one, else the earliest release date among its fix versions, as known at that moment. What a
version's date was before it was first seen no tracker says: it is taken to have been what was seen
first, so that slips found this way are a lower bound.

Frame out, *date steps*: item_id, date_source, step (from 0), at, group_end, on (null: no date),
cause (``field``, ``retarget``: another release, ``release``: the release moved), actor_role,
is_bulk. Step 0 is the state at creation.
"""

import polars as pl

from pipelines.histories import history
from pipelines.histories.milestones import milestone_sets

_AFTER_ALL_CHANGES = 2**31 - 1


def date_steps(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    present: pl.DataFrame,
    release_dates: pl.DataFrame,
    *,
    target_field: str | None,
) -> pl.DataFrame:
    """The date process of every item that ever had a date."""
    parts = [_field_steps(items, changes, present, "duedate", "due_date")]
    if target_field is not None:
        target = _field_steps(items, changes, present, target_field, "target_field")
        parts.append(target.join(parts[0], on="item_id", how="anti"))
    dated = pl.concat(parts)
    rest = items.join(dated, on="item_id", how="anti")
    dated = pl.concat([dated, _release_steps(rest, changes, present, release_dates)])
    return _numbered(_with_actor(dated, changes))


def _field_steps(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame, field: str, source: str
) -> pl.DataFrame:
    written = pl.coalesce("value_id", "value_text").str.slice(0, 10)
    steps = history.timeline(changes, present, items, field).select(
        "item_id",
        date_source=pl.lit(source),
        at="valid_from",
        group_end="group_end",
        on=written.str.to_date("%Y-%m-%d", strict=False),
        cause=pl.lit("field"),
    )
    return steps.filter(pl.col("on").is_not_null().any().over("item_id"))


def _release_steps(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    present: pl.DataFrame,
    release_dates: pl.DataFrame,
) -> pl.DataFrame:
    versions = release_dates.filter(pl.col("kind") == "version")
    milestones = release_dates.filter(pl.col("kind") == "milestone")
    # What a source does not have none of its items is in, whatever fields they have.
    with_versions, with_milestones = (
        items.join(one, on="source", how="semi", maintain_order="left")
        for one in (versions, milestones)
    )
    sets = history.set_timeline(changes, present, with_versions, "fixVersions", members="id")
    sets_of_one = _without_passages(milestone_sets(with_milestones, changes, present))
    # An id is one release's alone; a title is used again in every repository.
    of_any, of_its_own = pl.lit(None, pl.String), pl.col("project")
    by_id = _released(versions, member="version_id", of_project=of_any)
    by_id_or_title = pl.concat(
        [
            _released(milestones, member="version_id", of_project=of_any),
            _released(milestones, member="release", of_project=of_its_own),
        ]
    )
    return pl.concat(
        [
            _dates_of_sets(sets, with_versions, by_id),
            _dates_of_sets(sets_of_one, with_milestones, by_id_or_title),
        ]
    )


def _without_passages(states: pl.DataFrame) -> pl.DataFrame:
    """States less those that held for no time: another milestone is two events at one instant."""
    instant = ["item_id", "valid_from", pl.col("group_end") == 0]
    return states.filter(pl.col("group_end") == pl.col("group_end").max().over(instant))


def _released(release_dates: pl.DataFrame, *, member: str, of_project: pl.Expr) -> pl.DataFrame:
    """Dates of releases under what their members go by, the first reaching back for ever."""
    return release_dates.sort("release_id", "valid_from").select(
        "source",
        "release_on",
        of_project=of_project,
        member=pl.col(member),
        since=pl.when(pl.col("valid_from").shift(1).over("release_id").is_not_null()).then(
            "valid_from"
        ),
        until="valid_until",
    )


def _dates_of_sets(sets: pl.DataFrame, items: pl.DataFrame, releases: pl.DataFrame) -> pl.DataFrame:
    """The earliest release date of the set at each change of the set or of a release in it."""
    held = (
        sets.sort("item_id", "group_end")
        .with_columns(left_at=pl.col("valid_from").shift(-1).over("item_id"))
        .join(items.select("item_id", "source", "project"), on="item_id")
        .explode("members", empty_as_null=True)
        .rename({"members": "member"})
    )
    known = _known_dates(held, releases)
    in_force = (pl.col("since").is_null() | (pl.col("since") <= pl.col("at"))) & (
        pl.col("until").is_null() | (pl.col("at") < pl.col("until"))
    )
    steps = (
        _points(held, known)
        .join(
            known.select("item_id", "group_end", "release_on", "since", "until"),
            on=["item_id", "group_end"],
        )
        .group_by("item_id", "group_end", "at", "cause")
        .agg(on=pl.col("release_on").filter(in_force).min())
        .with_columns(
            group_end=pl.when(pl.col("cause") == "release")
            .then(pl.lit(_AFTER_ALL_CHANGES, pl.Int32))
            .otherwise("group_end"),
            date_source=pl.lit("release_date"),
        )
    )
    return steps.filter(pl.col("on").is_not_null().any().over("item_id")).select(
        "item_id", "date_source", "at", "group_end", "on", "cause"
    )


def _known_dates(held: pl.DataFrame, releases: pl.DataFrame) -> pl.DataFrame:
    """Each stay of an item in a release with every date of it, and since and until when it stood.

    A milestone of the same title in another repository is another one: its dates are null.
    """
    is_namesake = pl.col("of_project") != pl.col("project")
    return held.join(releases, on=["source", "member"], how="left", nulls_equal=False).with_columns(
        pl.when(~is_namesake.fill_null(value=False)).then(pl.col("release_on", "since", "until"))
    )


def _points(held: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Item_id, group_end, at, cause: when the set changed, and when a release in it moved."""
    changed = held.select(
        "item_id", "group_end", at="valid_from", cause=pl.lit("retarget")
    ).unique()
    is_within = (pl.col("since") > pl.col("valid_from")) & (
        pl.col("left_at").is_null() | (pl.col("since") < pl.col("left_at"))
    )
    moved = (
        known.filter(is_within)
        .select("item_id", "group_end", at="since", cause=pl.lit("release"))
        .unique()
    )
    return pl.concat([changed, moved])


def _with_actor(steps: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Who made the step, and whether it was one of many made in one go."""
    groups = (
        changes.filter(pl.col("field").is_in(["fixVersions", "milestone"]) | _carries_date())
        .group_by("item_id", "group_end")
        .agg(pl.col("actor_role").first(), pl.col("is_bulk").any())
    )
    return steps.join(groups, on=["item_id", "group_end"], how="left").with_columns(
        pl.col("actor_role").fill_null("?"), pl.col("is_bulk").fill_null(value=False)
    )


def _carries_date() -> pl.Expr:
    written = pl.coalesce("to_id", "to_text", "from_id", "from_text")
    return written.str.contains(r"^\d{4}-\d{2}-\d{2}")


def _numbered(steps: pl.DataFrame) -> pl.DataFrame:
    """In order, less the steps that changed no date, numbered from 0."""
    ordered = steps.sort("item_id", "at", "group_end")
    changed = pl.col("on").ne_missing(pl.col("on").shift(1).over("item_id"))
    first = pl.int_range(pl.len()).over("item_id") == 0
    return ordered.filter(first | changed).with_columns(
        step=pl.int_range(pl.len(), dtype=pl.Int32).over("item_id")
    )
