"""When one role undoes or opposes what another did to a field: a contest.

A change contests the most recent earlier change of the same field of the same item by another
role, if that lies within the window and

* gives back what that change had taken away, the value or a member of the set; who has given a
  value back does not do so again by returning to it from elsewhere;
* takes away what it had put there, and puts nothing in its place, or leaves the field as empty as
  it was before it;
* fills a field that it had emptied, with whatever value;
* moves an ordered value (dates, numbers, priorities) the other way from where it had brought it.
  What has been moved back that far already is not moved back again by going on; who had moved it
  further than that takes back their own until they come past it.

Priorities are ordered by the names every tracker has used, else by the ids Jira has given to its
own; ids from 10000 on say when a priority was made, not how high it is. Texts, releases and
milestones have no order. Only people with a known role can contest or be contested, and nothing
done in bulk does. Who moves first contests nobody; nor does a role that changes its own mind.
"""

from datetime import timedelta

import polars as pl

from pipelines.histories.actor_roles import BOT, UNKNOWN

_PRIORITIES = {
    "blocker": 5,
    "highest": 5,
    "critical": 4,
    "major": 3,
    "high": 3,
    "medium": 2,
    "normal": 2,
    "minor": 1,
    "low": 1,
    "trivial": 0,
    "lowest": 0,
}
_MADE_BY_USERS = 10_000
_DATE = r"^(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$"
_NUMBER = r"^([+-]?\d+(?:\.\d+)?)$"
_ORDERS = ("day", "number", "named", "numbered")
_FIELD = ["item_id", "field"]
_EARLIER = ("changed_at", "removed", "added", "before", "after")


def iso_day(value: pl.Expr) -> pl.Expr:
    """The day of a value that is a date or an instant, as ``2026-03-02``; null of any other."""
    return value.str.extract(_DATE)


def with_orders(values: pl.DataFrame) -> pl.DataFrame:
    """Add the orders in which a value has a place, each null where it has none in it.

    Args:
        values: field, value_id, value_text.
    """
    field = pl.col("field").str.to_lowercase()
    text = pl.col("value_text")
    own_id = pl.col("value_id").cast(pl.Int64, strict=False)
    is_own = (field == "priority") & (own_id < _MADE_BY_USERS)
    names = text.str.to_lowercase().replace_strict(_PRIORITIES, default=None, return_dtype=pl.Int64)
    orders = {
        "day": pl.coalesce(iso_day(pl.col("value_id")), iso_day(text))
        .str.to_date("%Y-%m-%d", strict=False)
        .to_physical(),
        "number": text.str.extract(_NUMBER),
        "named": names,
        "numbered": pl.when(is_own).then(-own_id),
    }
    return values.with_columns(
        pl.when(field != "milestone").then(order.cast(pl.Float64)).alias(name)
        for name, order in orders.items()
    )


def place(side: pl.Expr) -> pl.Expr:
    """Where a value stands in each order, of the sides of one change.

    Args:
        side: which of the rows made by :func:`with_orders` is the value; none is nowhere.
    """
    return pl.struct(pl.col(order).filter(side).first() for order in _ORDERS)


def with_contests(changes: pl.DataFrame, *, window: timedelta) -> pl.DataFrame:
    """Add ``is_contest``.

    Args:
        changes: item_id, field, sequence, changed_at, actor_role, is_bulk, is_set, removed and
            added (lists of what a value is known by), before and after (their places).
        window: until how long after a change it can be contested.
    """
    is_voiced = ~pl.col("actor_role").is_in([BOT, UNKNOWN]) & ~pl.col("is_bulk")
    voiced = changes.filter(is_voiced).sort(*_FIELD, "sequence").with_row_index("_row")
    answers = _with_answered(voiced).join(
        voiced.select("_row", *(pl.col(name).alias(f"_{name}") for name in _EARLIER)),
        left_on="_answered",
        right_on="_row",
    )
    in_time = pl.col("changed_at") - pl.col("_changed_at") <= window
    contests = answers.filter(in_time & _opposes()).select(
        "item_id", "sequence", is_contest=pl.lit(True)
    )
    return changes.join(
        contests, on=["item_id", "sequence"], how="left", maintain_order="left"
    ).with_columns(pl.col("is_contest").fill_null(value=False))


def _with_answered(voiced: pl.DataFrame) -> pl.DataFrame:
    """Add ``_answered``: the row of the most recent earlier change by another role.

    It stands just before the run of changes by one role to which a change belongs.
    """
    role = pl.col("actor_role")
    begins = role.ne_missing(role.shift(1)).over(_FIELD)
    before = pl.when(begins).then(pl.col("_row").shift(1).over(_FIELD))
    return voiced.with_columns(_answered=before).with_columns(
        pl.col("_answered").forward_fill().over(_FIELD)
    )


def _opposes() -> pl.Expr:
    """Whether a change undoes or opposes the one it answers."""
    gives_back = _share_any("added", "_removed")
    given_back = gives_back.cum_sum().over("_answered", order_by="sequence") - gives_back
    gives_back &= pl.col("is_set") | (given_back == 0)
    takes_out = _is_empty("added") & _share_any("removed", "_added")
    empties_again = _is_empty("added") & _is_empty("_removed")
    gives_again = _is_empty("removed") & _is_empty("_added")
    of_values = empties_again | gives_again | _turns_back()
    return gives_back | takes_out | (~pl.col("is_set") & of_values)


def _turns_back() -> pl.Expr:
    """Whether a value moves the other way, from where that way had brought it."""
    way = _way("_before", "_after")
    stands = way * _way("_before", "before") > 0
    comes_past = way * _way("_after", "after") < 0
    turns = way * _way("before", "after") < 0
    return (stands & comes_past & turns).fill_null(value=False)


def _way(start: str, end: str) -> pl.Expr:
    """1 from a place to a later, a larger or a higher one, -1 the other way, null without order."""
    steps = [
        pl.col(end).struct.field(order) - pl.col(start).struct.field(order) for order in _ORDERS
    ]
    return pl.coalesce(step.sign() for step in steps)


def _share_any(some: str, others: str) -> pl.Expr:
    return pl.col(some).list.set_intersection(others).list.len() > 0


def _is_empty(values: str) -> pl.Expr:
    return pl.col(values).list.len() == 0
