"""What came next after a place in the life of an item, or last before it, found by order.

An automation may put one item back and forth thousands of times. To compare every place with every
event takes the square of that.
"""

from collections.abc import Sequence

import polars as pl

_AT = "_at"


def first_after(
    rows: pl.DataFrame, place: str, events: pl.DataFrame, at: str, *, by: str | Sequence[str]
) -> pl.DataFrame:
    """The rows, each with the first event after its place; nulls where there is none.

    Args:
        rows: ``place``, the columns of ``by``, and whatever else is told of them.
        place: the column of the rows: an instant or a number.
        events: ``at``, the columns of ``by``, and what is to be added; at one place the first of
            them counts.
        at: the column of the events to compare with it.
        by: whose rows and events they are; nobody's have none.

    Returns:
        The rows in the order of their places.
    """
    return _nearest(rows, place, events, at, by, is_next=True, or_at=False)


def last_before(
    rows: pl.DataFrame,
    place: str,
    events: pl.DataFrame,
    at: str,
    *,
    by: str | Sequence[str],
    or_at: bool = False,
) -> pl.DataFrame:
    """The rows, each with the last event before its place, as of :func:`first_after`.

    Args:
        rows: as there.
        place: as there.
        events: as there; at one place the last of them counts.
        at: as there.
        by: as there.
        or_at: whether an event at the place itself is one before it.
    """
    return _nearest(rows, place, events, at, by, is_next=False, or_at=or_at)


def _nearest(
    rows: pl.DataFrame,
    place: str,
    events: pl.DataFrame,
    at: str,
    by: str | Sequence[str],
    *,
    is_next: bool,
    or_at: bool,
) -> pl.DataFrame:
    return (
        rows.sort(place, maintain_order=True)
        .join_asof(
            events.with_columns(pl.col(at).alias(_AT)).sort(_AT, maintain_order=True),
            left_on=place,
            right_on=_AT,
            by=by,
            strategy="forward" if is_next else "backward",
            allow_exact_matches=or_at,
            check_sortedness=False,
        )
        .drop(_AT)
    )
