"""What one click did to a field: the values it took away and those it put there, on balance.

A click is what one actor changed in one field of an item at one instant: usually a group of the
tracker, but a move to another milestone is two. Edge cases:

* Steps that cancel out leave nothing, and a click that leaves the value as it was is none. A value
  is known by its day if it is a date, else by its id, else by its text without outer blanks; two
  values of one name are one.
* A set names only the members that came or went.
"""

import polars as pl

from pipelines.decisions.opposition import iso_day, place, with_orders

_CLICK = ["item_id", "click"]


def clicks(changes: pl.DataFrame) -> pl.DataFrame:
    """Sum up the changes of fields click by click.

    Args:
        changes: item_id, sequence, group_end, field, field_id, is_member, from_id, from_text,
            to_id, to_text, actor_id, actor_role, is_bulk, changed_at.

    Returns:
        item_id, field, field_id, changed_at, actor_id, actor_role, sequence and group_end of its
        last step, is_bulk, is_set, removed and added (lists of what values are known by),
        from_value and to_value (the same in words, joined by commas; null: nothing), before and
        after (places of a single value in each order, null where it has none); sorted by item and
        sequence.
    """
    one_click = ["item_id", "field", "changed_at", "actor_id"]
    steps = changes.with_columns(click=pl.col("sequence").min().over(one_click))
    made = (
        steps.sort("item_id", "sequence")
        .group_by(_CLICK)
        .agg(
            pl.col("field", "field_id", "changed_at", "actor_id", "actor_role").first(),
            pl.col("sequence", "group_end").last(),
            pl.col("is_bulk").any(),
            is_set=pl.col("is_member").any(),
        )
    )
    changed = pl.col("from_value").ne_missing(pl.col("to_value"))
    return (
        made.join(_balance(_sides(steps)), on=_CLICK)
        .filter(changed)
        .drop("click")
        .sort("item_id", "sequence")
    )


def after_creation(changes: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Changes less those by which a history repeats what an item was created with.

    Args:
        changes: item_id, from_id, from_text, changed_at; any further columns are kept.
        items: item_id, created_at; changes of other items are left out.
    """
    is_first = pl.coalesce("from_id", "from_text").is_null()
    return (
        changes.join(items.select("item_id", "created_at"), on="item_id")
        .filter(~(is_first & (pl.col("changed_at") == pl.col("created_at"))))
        .drop("created_at")
    )


def _sides(steps: pl.DataFrame) -> pl.DataFrame:
    """Each value that a click took away (net -1) or put there (1) on balance."""
    sides = [
        steps.select(
            *(*_CLICK, "sequence", "field"),
            value_id=f"{side}_id",
            value_text=_without_blanks(f"{side}_text"),
            net=pl.lit(net, pl.Int32),
        )
        for side, net in (("from", -1), ("to", 1))
    ]
    days = [iso_day(pl.col(column)) for column in ("value_id", "value_text")]
    return (
        pl.concat(sides)
        .with_columns(
            value=pl.coalesce(*days, "value_id", "value_text"),
            shown=pl.coalesce(*days, "value_text", "value_id"),
        )
        .filter(pl.col("value").is_not_null())
        .sort("sequence", "net")
        .group_by(*_CLICK, "value", maintain_order=True)
        .agg(pl.exclude("net").last(), pl.col("net").sum().sign())
        .filter(pl.col("net") != 0)
    )


def _balance(sides: pl.DataFrame) -> pl.DataFrame:
    """Both sides of each click in one row."""
    taken, put = pl.col("net") < 0, pl.col("net") > 0
    return (
        with_orders(sides)
        .sort(*_CLICK, "shown", "value")
        .group_by(_CLICK, maintain_order=True)
        .agg(
            removed=pl.col("value").filter(taken),
            added=pl.col("value").filter(put),
            from_value=_joined(taken),
            to_value=_joined(put),
            before=place(taken),
            after=place(put),
        )
    )


def _without_blanks(column: str) -> pl.Expr:
    text = pl.col(column).str.strip_chars()
    return pl.when(text != "").then(text)


def _joined(side: pl.Expr) -> pl.Expr:
    """The values of one side in words; null where there is none."""
    return pl.when(side.any()).then(pl.col("shown").filter(side).str.join(", "))
