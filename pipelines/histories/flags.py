"""Flags: when a field or a label said that an item waits for a decision, or for somebody outside.

A field flag is raised while its field is not empty, a label flag (``label:NAME``) while the item
carries the label, in any case of its letters. Edge cases:

* Raised at creation: since the item was born, by nobody who is known.
* Raised and lifted in one group: never raised. In two groups at one instant: raised for no time.
* A value or a label replaced by another that means the same flag leaves it raised.
* Not lifted: raised to this day, also on an item that is over; who reads it knows the end.
"""

import polars as pl

from pipelines.histories import history
from pipelines.histories.actor_roles import UNKNOWN
from pipelines.policy import Flag

FLAG_INTERVALS = pl.Schema(
    {
        "item_id": pl.String(),
        "flag": pl.String(),
        "waits_for": pl.String(),
        "decision_right": pl.String(),
        "raised_at": pl.Datetime("us", "UTC"),
        "raised_end": pl.Int32(),
        "raised_by": pl.String(),
        "is_raised_in_bulk": pl.Boolean(),
        "lifted_at": pl.Datetime("us", "UTC"),
        "lifted_end": pl.Int32(),
        "lifted_by": pl.String(),
        "is_lifted_in_bulk": pl.Boolean(),
    }
)
_LABEL = "label:"


def flag_intervals(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame, flags: tuple[Flag, ...]
) -> pl.DataFrame:
    """Find every interval in which a flag was raised.

    Args:
        items: item_id, born_at.
        changes: item_id, sequence, group_end, field, field_id, is_member, from_id, from_text,
            to_id, to_text, changed_at, actor_role, is_bulk.
        present: the values the tracker shows now.
        flags: what to look for.

    Returns:
        One row per item, flag and interval, sorted: which right is asked (the flag's own name
        where none is declared), when and by which role it was raised and lifted, whether in bulk;
        ``raised_end`` and ``lifted_end`` are the groups that did it, 0 for creation. What lifted
        it is null while it is raised.
    """
    found = [_intervals(flag, items, changes, present) for flag in flags]
    return pl.concat([FLAG_INTERVALS.to_frame(), *found]).sort("item_id", "flag", "raised_end")


def _intervals(
    flag: Flag, items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """The intervals of one flag."""
    field, label = _read_from(flag)
    moves, now = history.of_field(changes, field), history.of_field(present, field)
    if label is not None:
        moves, now = _mentioning(label, moves, now)
    if moves.is_empty() and now.is_empty():
        return FLAG_INTERVALS.to_frame()
    steps = _turns(_states(moves, now, items, label))
    makers = moves.group_by("item_id", "group_end").agg(
        by=pl.col("actor_role").first(), in_bulk=pl.col("is_bulk").any()
    )
    return (
        steps.join(makers, on=["item_id", "group_end"], how="left")
        .sort("item_id", "group_end")
        .with_columns(
            lifted_at=pl.col("valid_from").shift(-1).over("item_id"),
            lifted_end=pl.col("group_end").shift(-1).over("item_id"),
            lifted_by=pl.col("by").shift(-1).over("item_id"),
            is_lifted_in_bulk=pl.col("in_bulk").shift(-1).over("item_id"),
        )
        .filter("is_raised")
        .select(
            "item_id",
            flag=pl.lit(flag.name),
            waits_for=pl.lit(flag.waits_for),
            decision_right=pl.lit(flag.decision_right or flag.name.removeprefix(_LABEL)),
            raised_at="valid_from",
            raised_end="group_end",
            raised_by=pl.col("by").fill_null(UNKNOWN),
            is_raised_in_bulk=pl.col("in_bulk").fill_null(value=False),
            lifted_at="lifted_at",
            lifted_end="lifted_end",
            lifted_by="lifted_by",
            is_lifted_in_bulk="is_lifted_in_bulk",
        )
        .cast(FLAG_INTERVALS)
    )


def _read_from(flag: Flag) -> tuple[str, str | None]:
    """The field a flag is read from, and the label it means, if it means one."""
    if flag.name.startswith(_LABEL):
        return "labels", flag.name.removeprefix(_LABEL).lower()
    return flag.name, None


def _mentioning(
    label: str, moves: pl.DataFrame, now: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What happened to the labels of the items that ever carried one: they are few."""
    has_it = pl.any_horizontal(
        pl.col(f"{side}_{name}").str.to_lowercase().str.contains(label, literal=True)
        for side in ("from", "to")
        for name in ("text", "id")
    )
    shows_it = pl.any_horizontal(
        pl.col(f"value_{name}").str.to_lowercase().str.contains(label, literal=True)
        for name in ("text", "id")
    )
    items = pl.concat([moves.filter(has_it)["item_id"], now.filter(shows_it)["item_id"]]).implode()
    is_of_one = pl.col("item_id").is_in(items)
    return moves.filter(is_of_one), now.filter(is_of_one)


def _states(
    moves: pl.DataFrame, now: pl.DataFrame, items: pl.DataFrame, label: str | None
) -> pl.DataFrame:
    """Whether the flag is up, from each change of its field on: a timeline of ``is_raised``."""
    field = pl.lit("flag")
    moves, now = moves.with_columns(field=field), now.with_columns(field=field)
    if label is None and not moves["is_member"].any():
        states = history.timeline(moves, now, items, "flag")
        is_raised = pl.col("value_text").fill_null("").str.strip_chars() != ""
    else:
        states = history.set_timeline(moves, now, items, "flag")
        counts = pl.element().str.to_lowercase() == label if label else pl.element() != ""
        is_raised = pl.col("members").list.eval(counts).list.any()
    return states.select("item_id", "group_end", "valid_from", is_raised=is_raised)


def _turns(states: pl.DataFrame) -> pl.DataFrame:
    """The states that differ from the one before; an item begins with its flag down."""
    before = pl.col("is_raised").shift(1, fill_value=False).over("item_id")
    return states.sort("item_id", "group_end").filter(pl.col("is_raised") != before)
