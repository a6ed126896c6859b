"""Fields of several values whose histories carry them as one text: a list for every moment.

Trackers write such a list in several ways, and over the years in all of them: ids *[10218, 10244]*
or *10218,10244* beside the text *Delivery,Supply*; the text alone, in brackets; or labels between
blanks. A name may hold a comma itself: the ids say how many members there are, and where the pieces
are more, the names those ids have now say which.
"""

from collections.abc import Mapping
from typing import TypeAlias

import polars as pl

from pipelines.histories import history

Names: TypeAlias = Mapping[str, Mapping[str, str]]
"""Of each source, the texts of the values a field has now, by id."""

_IDS = r"^\[.*\]$|^\d+(\s*,\s*\d+)+$"
_BRACKETS = r"^\[(.*)\]$"


def holds_lists(changes: pl.DataFrame, present: pl.DataFrame, field: str) -> bool:
    """Whether a field can hold several values at once.

    It does where an item has several now, where a change carries a list of ids, or where the text
    of a change is values of the field with commas between them.
    """
    moves, now = history.of_field(changes, field), history.of_field(present, field)
    if not now.filter(pl.col("position") > 1).is_empty():
        return True
    ids = pl.concat([moves["from_id"], moves["to_id"]])
    if ids.str.contains(_IDS).any():
        return True
    known = now["value_text"].drop_nulls().unique().to_list()
    texts = pl.concat([moves["from_text"], moves["to_text"]]).drop_nulls().to_frame("value_text")
    bare = pl.col("value_text").str.replace(_BRACKETS, "$1")
    is_list = bare.str.contains(",") | (bare != pl.col("value_text"))
    are_known = _pieces(bare).list.eval(pl.element().is_in(known)).list.all()
    return not texts.filter(is_list & are_known & (bare != "")).is_empty()


def value_names(present: pl.DataFrame, items: pl.DataFrame, field: str) -> Names:
    """What the values of a field are called now; an id means something in its source alone.

    Args:
        present: the values the tracker shows now.
        items: item_id, source.
        field: its name or its id.
    """
    now = history.of_field(present, field).join(items.select("item_id", "source"), on="item_id")
    named = now.select("source", "value_id", "value_text").drop_nulls().sort(pl.all())
    # Of several texts of one id the first by the alphabet.
    first = named.unique(["source", "value_id"], keep="first", maintain_order=True)
    names: dict[str, dict[str, str]] = {}
    for source, value_id, text in first.iter_rows():
        names.setdefault(source, {})[value_id] = text
    return names


def list_timeline(
    changes: pl.DataFrame, present: pl.DataFrame, items: pl.DataFrame, field: str, names: Names
) -> pl.DataFrame:
    """The step function of such a field, for every item: members are sorted, without repetition.

    Args:
        changes: with ``group_end``.
        present: the values the tracker shows now.
        items: item_id, source, born_at.
        field: its name or its id.
        names: what :func:`value_names` found among all items.

    Returns:
        item_id, group_end, valid_from, members; sorted.
    """
    moves, now = history.of_field(changes, field), history.of_field(present, field)
    parts = [
        _of_a_source(
            moves.join(of_source, on="item_id", how="semi", maintain_order="left"),
            now.join(of_source, on="item_id", how="semi", maintain_order="left"),
            of_source,
            field,
            names.get(of_source["source"][0], {}),
        )
        for of_source in items.partition_by("source", maintain_order=True)
    ]
    nothing = history.timeline(moves.clear(), now.clear(), items, field).select(
        "item_id", "group_end", "valid_from", members=pl.lit([], pl.List(pl.String))
    )
    return pl.concat([nothing, *parts]).sort("item_id", "group_end")


def _of_a_source(
    moves: pl.DataFrame,
    now: pl.DataFrame,
    items: pl.DataFrame,
    field: str,
    names: Mapping[str, str],
) -> pl.DataFrame:
    # A single value may be a whole list, where it was cut out of a history.
    is_whole = pl.len().over("item_id") == 1
    single = pl.concat_list(pl.col("value_text").str.strip_chars())
    shown = (
        now.join(moves, on="item_id", how="anti")
        .with_columns(members=pl.when(is_whole).then(_members(names)).otherwise(single))
        .explode("members", empty_as_null=True)
        .group_by("item_id", maintain_order=True)
        .agg(shown=pl.col("members").drop_nulls())
    )
    return (
        history.timeline(moves, now, items, field)
        .join(shown, on="item_id", how="left", maintain_order="left")
        .select(
            "item_id",
            "group_end",
            "valid_from",
            members=pl.coalesce("shown", _members(names)).list.unique().list.sort(),
        )
    )


def _members(names: Mapping[str, str]) -> pl.Expr:
    """The members a value lists, from its ``value_id`` and ``value_text``.

    Args:
        names: the values the field has now, by id.
    """
    text = pl.col("value_text").fill_null("").str.strip_chars()
    ids = _pieces(pl.col("value_id").str.replace(_BRACKETS, "$1"))
    bare = text.str.replace(_BRACKETS, "$1")
    pieces, bare_pieces = _pieces(text), _pieces(bare)
    # Values of a field that has no ids are labels, and have no blanks in them.
    words = pl.concat_list(bare) if names else bare.str.extract_all(r"\S+")
    listed = pl.when(bare.str.contains(",")).then(bare_pieces).otherwise(words)
    return (
        pl.when(text == "")
        .then(pl.lit([], pl.List(pl.String)))
        .when(ids.list.len() == 1)
        .then(pl.concat_list(text))
        .when(ids.list.len() == pieces.list.len())
        .then(pieces)
        .when(ids.list.len() > 0)
        .then(ids.list.eval(pl.element().replace(dict(names))))
        .when(text.is_in(list(names.values())))
        .then(pl.concat_list(text))
        .otherwise(listed)
    )


def _pieces(text: pl.Expr) -> pl.Expr:
    """What stands between the commas of a text, without blanks around it."""
    one = pl.element().str.strip_chars()
    return text.str.split(",").list.eval(one.filter(one != ""))
