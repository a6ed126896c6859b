"""The values shown at the snapshot: those of today, less what changed after it.

A payload shows each field as it is when it is fetched. Where the snapshot is earlier (a report as
of a past day, an archive declared to be older than it is) a field that changed since had what its
first later change replaced; a set had the members it has now, less those that came later, and with
those that left later, or all those that a change listed which replaced it whole.
"""

import polars as pl

_FIELD = ["item_id", "field"]
_PLACED_BEHIND = 1_000_000
_WORDS = "labels"
"""The set whose changes, where they carry the whole of it, have blanks between its members."""
_PROJECT_IN_KEY = r"^(.+)-\d+$"


def present_at(items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """The columns of ``core.field_values`` as they were at the snapshot of each item.

    Args:
        items: item_id, observed_until.
        changes: all changes, also those after the snapshots.
        present: the values of today.
    """
    later = (
        changes.join(items.select("item_id", "observed_until"), on="item_id")
        .filter(pl.col("changed_at") > pl.col("observed_until"))
        .sort("item_id", "sequence")
    )
    if later.is_empty():
        return present
    replaced = later.filter(~pl.col("is_member")).group_by(_FIELD, maintain_order=True).first()
    before = _members_listed(
        replaced.select(*_FIELD, "field_id", value_id="from_id", value_text="from_text")
    )
    untouched = present.join(replaced, on=_FIELD, how="anti")
    first = _first_moves(later)
    return pl.concat(
        [
            _without_newcomers(untouched, first),
            before.select(present.columns),
            _leavers(first).select(present.columns),
        ]
    ).sort("item_id", "field", "position")


def items_as_shown(items: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """Items with the attributes that have a history read from the values of the snapshot.

    An attribute for which no value is known keeps that of today. ``status_shown`` is the status in
    its present name, null where no payload decides it. Where the key of an item is its project and
    a number, the project is that of the key it had.
    """
    single = {
        "key": "key",
        "title": "summary",
        "item_type": "issuetype",
        "resolution": "resolution",
    }
    of_key = pl.col("key").str.extract(_PROJECT_IN_KEY)
    is_in_key = (of_key == pl.col("project")) | pl.col("project").is_null()
    items = items.with_columns(_is_in_key=is_in_key)
    now = present.filter(pl.col("position") == 1)
    for column, field in single.items():
        values = now.filter(pl.col("field") == field).select(
            "item_id", _text="value_text", _known=pl.lit(True)
        )
        items = _replaced(items, values, column)
    shown = now.filter(pl.col("field") == "status").select("item_id", status_shown="value_text")
    items = items.join(shown, on="item_id", how="left", maintain_order="left")
    for column in ("labels", "components"):
        items = _replaced(items, _members(present, column), column)
    project = pl.when("_is_in_key").then(of_key).otherwise("project")
    return items.with_columns(project=project).drop("_is_in_key")


def _members_listed(before: pl.DataFrame) -> pl.DataFrame:
    """Values that changes replaced, at their positions: of a set that was told whole, every member.

    An empty set has one row without a value, as everywhere.
    """
    is_list = pl.col("field") == _WORDS
    members = pl.when(is_list).then(pl.col("value_text").str.extract_all(r"\S+"))
    each = before.with_columns(
        value_id=pl.when(~is_list).then("value_id"),
        value_text=members.otherwise(pl.concat_list("value_text")),
    )
    return each.explode("value_text", empty_as_null=True).with_columns(
        position=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(_FIELD)
    )


def _members(present: pl.DataFrame, field: str) -> pl.DataFrame:
    """The members of a set, for every item of which the set is known."""
    return (
        present.filter(pl.col("field") == field)
        .sort("item_id", "position")
        .group_by("item_id", maintain_order=True)
        .agg(_text=pl.col("value_text").filter(pl.col("value_text") != ""))
        .with_columns(_known=pl.lit(True))
    )


def _replaced(items: pl.DataFrame, values: pl.DataFrame, column: str) -> pl.DataFrame:
    joined = items.join(values, on="item_id", how="left", maintain_order="left")
    text = pl.when("_known").then("_text").otherwise(column)
    return joined.with_columns(text.alias(column)).drop("_text", "_known")


def _first_moves(later: pl.DataFrame) -> pl.DataFrame:
    """Of each member of a set that came or went after the snapshot, what it did first."""
    sides = [
        later.filter(
            pl.col("is_member") & pl.coalesce(f"{side}_id", f"{side}_text").is_not_null()
        ).select(
            *_FIELD,
            "field_id",
            "sequence",
            value_id=f"{side}_id",
            value_text=f"{side}_text",
            member=pl.coalesce(f"{side}_id", f"{side}_text"),
            is_in=pl.lit(side == "to"),
        )
        for side in ("from", "to")
    ]
    return (
        pl.concat(sides)
        .sort("item_id", "sequence", "is_in")
        .group_by(*_FIELD, "member", maintain_order=True)
        .first()
    )


def _without_newcomers(present: pl.DataFrame, first: pl.DataFrame) -> pl.DataFrame:
    """Members that came later are taken out; a set left without members stays known as empty."""
    came = first.filter("is_in").select(*_FIELD, "member", _came=pl.lit(True))
    marked = present.with_columns(member=pl.coalesce("value_id", "value_text")).join(
        came, on=[*_FIELD, "member"], how="left", maintain_order="left"
    )
    stays = pl.col("_came").is_null()
    emptied = marked.with_columns(
        value_id=pl.when(stays).then("value_id"), value_text=pl.when(stays).then("value_text")
    )
    return emptied.filter(stays | (pl.col("position") == 1)).select(present.columns)


def _leavers(first: pl.DataFrame) -> pl.DataFrame:
    """Members that left later were there; they stand behind those that stayed."""
    place = pl.int_range(1, pl.len() + 1).over(_FIELD) + _PLACED_BEHIND
    return first.filter(~pl.col("is_in")).with_columns(position=place.cast(pl.Int32))
