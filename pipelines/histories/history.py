"""State as of any moment: every fact about an item is read from its history, never as it is now.

A field's history is a right-continuous step function. Before the first change it holds what that
change replaced; without any change it holds what the tracker shows now, back to creation. All
changes of one group take effect together, so a state is read at the end of a group.

Frames in:

``changes``
    ``core.field_changes``, with :func:`with_group_end` applied.
``present``
    ``core.field_values``.

Frames out, *timelines*: ``item_id, group_end, valid_from, value_id, value_text`` for a single
value, ``item_id, group_end, valid_from, members`` for a set; ``group_end`` is 0 for the state at
creation and otherwise the ``sequence`` of the last change of the group that brought the state.
"""

from collections.abc import Collection
from typing import Literal

import polars as pl

from pipelines.histories import member_sets

_STATES = {
    "item_id": pl.String(),
    "group_end": pl.Int32(),
    "valid_from": pl.Datetime("us", "UTC"),
}
_OF_ONE = pl.Schema({**_STATES, "value_id": pl.String(), "value_text": pl.String()})
_OF_SETS = pl.Schema({**_STATES, "members": pl.List(pl.String())})


def with_group_end(changes: pl.DataFrame) -> pl.DataFrame:
    """Add ``group_end``: the sequence at which the group of a change has taken effect."""
    return changes.with_columns(
        group_end=pl.col("sequence").max().over("item_id", "change_group", "changed_at")
    )


def of_field(frame: pl.DataFrame, field: str) -> pl.DataFrame:
    """Rows of one field, named by its name or its id, in any case."""
    return of_fields(frame, (field.lower(),))


def of_fields(frame: pl.DataFrame, fields: Collection[str]) -> pl.DataFrame:
    """Rows of several fields, named in lower case by their names or their ids."""
    spelt = {column: _spellings(frame[column], fields) for column in ("field", "field_id")}
    named = [
        pl.col(column).is_in(names).fill_null(value=False)
        for column, names in spelt.items()
        if names
    ]
    return frame.filter(pl.any_horizontal(named)) if named else frame.clear()


def _spellings(column: pl.Series, fields: Collection[str]) -> list[str]:
    """How some fields are spelt: there are few spellings, and many rows."""
    return [one for one in column.unique() if one is not None and one.lower() in fields]


def timeline(
    changes: pl.DataFrame, present: pl.DataFrame, items: pl.DataFrame, field: str
) -> pl.DataFrame:
    """The step function of a field with a single value, for every item.

    An item for which the field is known neither from a change nor at present has no row: its
    value is unknown, which is not the same as empty.
    """
    moves, now = of_field(changes, field), of_field(present, field)
    if moves.is_empty() and now.is_empty():
        return _OF_ONE.to_frame()
    moves, now = moves.sort("item_id", "sequence"), now.filter(pl.col("position") == 1)
    last = moves.group_by("item_id", "group_end", maintain_order=True).agg(
        valid_from=pl.col("changed_at").last(),
        value_id=pl.col("to_id").last(),
        value_text=pl.col("to_text").last(),
    )
    first = moves.group_by("item_id", maintain_order=True).agg(
        value_id=pl.col("from_id").first(), value_text=pl.col("from_text").first()
    )
    unchanged = now.join(first, on="item_id", how="anti").select(
        "item_id", "value_id", "value_text"
    )
    initial = _at_creation(pl.concat([first, unchanged]), items)
    return pl.concat([initial, last.select(initial.columns)]).sort("item_id", "group_end")


def set_timeline(
    changes: pl.DataFrame,
    present: pl.DataFrame,
    items: pl.DataFrame,
    field: str,
    *,
    members: Literal["text", "id"] = "text",
) -> pl.DataFrame:
    """The step function of a field that holds a set, for every item; members are sorted.

    A member is its text as it was called at the time or, on request, its id where it has one.
    """
    moves = of_field(changes, field)
    now = of_field(present, field)
    if moves.is_empty() and now.is_empty():
        return _OF_SETS.to_frame()
    column = "text" if members == "text" else "member"
    whole = moves.filter(~pl.col("is_member"))
    # Most trackers write a set in one way.
    if whole.is_empty():
        return member_sets.from_members(moves, now, items, column)
    listed = whole.select("item_id").unique(maintain_order=True)
    wholes = _from_wholes(whole, now.join(listed, on="item_id", how="semi"), items)
    moves, now = (one.join(listed, on="item_id", how="anti") for one in (moves, now))
    if moves.is_empty() and now.is_empty():
        return wholes
    return pl.concat([wholes, member_sets.from_members(moves, now, items, column)]).sort(
        "item_id", "group_end"
    )


def as_of(
    timelines: pl.DataFrame, moments: pl.DataFrame, *, columns: tuple[str, ...]
) -> pl.DataFrame:
    """Add to each moment the state that held when its group had taken effect.

    Args:
        timelines: as made above.
        moments: any frame with ``item_id`` and ``group_end``.
        columns: the columns of the timeline to add; null where the state is unknown.
    """
    order = ["item_id", "group_end"]
    return (
        moments.with_row_index("_moment")
        .sort(order)
        .join_asof(
            timelines.select(*order, *columns).sort(order),
            on="group_end",
            by="item_id",
            check_sortedness=False,
        )
        .sort("_moment")
        .drop("_moment")
    )


def _at_creation(states: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Give states the sequence 0 and the beginning of the life of their items."""
    return states.join(items.select("item_id", "born_at"), on="item_id").select(
        "item_id",
        group_end=pl.lit(0, pl.Int32),
        valid_from="born_at",
        value_id="value_id",
        value_text="value_text",
    )


def _from_wholes(moves: pl.DataFrame, present: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """A set whose changes carry the whole list, as blanks between the members."""
    now = present.group_by("item_id", maintain_order=True).agg(
        value_text=pl.col("value_text").drop_nulls().str.join(" ")
    )
    now = now.with_columns(value_id=pl.lit(None, pl.String), position=pl.lit(1), field=pl.lit("x"))
    now = now.with_columns(field_id=pl.lit(None, pl.String))
    steps = timeline(moves.with_columns(field=pl.lit("x")), now, items, "x")
    members = pl.col("value_text").fill_null("").str.split(" ")
    return steps.select(
        "item_id",
        "group_end",
        "valid_from",
        members=members.list.eval(pl.element().filter(pl.element() != ""))
        .list.unique()
        .list.sort(),
    )
