"""Sets whose changes add or remove one member each, and what was in them at each moment.

A member that was only ever removed, and one that no change mentions, was there from the beginning.
A member that was renamed is one, under the name it had.
"""

import polars as pl


def from_members(
    moves: pl.DataFrame, present: pl.DataFrame, items: pl.DataFrame, member_column: str
) -> pl.DataFrame:
    """The step function of a set for every item that has a change or a value of it.

    Args:
        moves: item_id, sequence, group_end, changed_at, from_id, from_text, to_id, to_text: what
            came and what went.
        present: item_id, value_id, value_text: what is in the set now.
        items: item_id, born_at.
        member_column: ``text`` for what members were called at the time, ``member`` for their ids
            where they have one.

    Returns:
        item_id, group_end, valid_from, members; sorted.
    """
    steps = _member_steps(moves, present)
    points = pl.concat(
        [
            steps.select("item_id")
            .unique(maintain_order=True)
            .with_columns(group_end=pl.lit(0, pl.Int32)),
            present.select("item_id")
            .unique(maintain_order=True)
            .with_columns(group_end=pl.lit(0, pl.Int32)),
            moves.select("item_id", pl.col("group_end").cast(pl.Int32)),
        ]
    ).unique(maintain_order=True)
    starts = moves.group_by("item_id", "group_end").agg(moved_at=pl.col("changed_at").last())
    held = _held_at(points, steps, member_column)
    return (
        points.join(held, on=["item_id", "group_end"], how="left")
        .join(starts, on=["item_id", "group_end"], how="left")
        .join(items.select("item_id", "born_at"), on="item_id")
        .select(
            "item_id",
            "group_end",
            valid_from=pl.coalesce("moved_at", "born_at"),
            members=pl.col("members").fill_null([]),
        )
        .sort("item_id", "group_end")
    )


def _member_steps(moves: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """When each member was in the set: item_id, member, text, from_group, until_group."""
    events = pl.concat(
        [
            moves.filter(
                pl.col(f"{side}_text").is_not_null() | pl.col(f"{side}_id").is_not_null()
            ).select(
                "item_id",
                "sequence",
                "group_end",
                member=pl.coalesce(f"{side}_id", f"{side}_text"),
                text=pl.coalesce(f"{side}_text", f"{side}_id"),
                is_in=pl.lit(side == "to"),
            )
            for side in ("from", "to")
        ]
    ).sort("item_id", "member", "sequence", "is_in")
    first = events.group_by("item_id", "member", maintain_order=True).first()
    untouched = present.filter(pl.col("value_text").is_not_null()).select(
        "item_id", member=pl.coalesce("value_id", "value_text"), text="value_text"
    )
    at_creation = pl.concat(
        [
            first.filter(~pl.col("is_in")).select("item_id", "member", "text"),
            untouched.join(first, on=["item_id", "member"], how="anti"),
        ]
    ).with_columns(group_end=pl.lit(0, pl.Int32), sequence=pl.lit(0, pl.Int32), is_in=pl.lit(True))
    return (
        pl.concat([at_creation.select(events.columns), events])
        .sort("item_id", "member", "sequence", "is_in")
        .with_columns(until=pl.col("group_end").shift(-1).over("item_id", "member"))
        .filter("is_in")
    )


def _held_at(points: pl.DataFrame, steps: pl.DataFrame, member_column: str) -> pl.DataFrame:
    """The members of the set at each point; every step begins and ends at one of them."""
    numbered = points.sort("item_id", "group_end").with_columns(
        point=pl.int_range(pl.len()).over("item_id")
    )
    place = numbered.select("item_id", "group_end", "point")
    count = numbered.group_by("item_id").agg(points=pl.len().cast(pl.Int64))
    return (
        steps.select("item_id", "until", "group_end", held=member_column)
        .join(place.rename({"point": "since"}), on=["item_id", "group_end"])
        .join(
            place.rename({"group_end": "until", "point": "end"}),
            on=["item_id", "until"],
            how="left",
        )
        .join(count, on="item_id")
        .select("item_id", "held", point=pl.int_ranges("since", pl.coalesce("end", "points")))
        .explode("point", empty_as_null=False)
        .join(place, on=["item_id", "point"])
        .group_by("item_id", "group_end")
        .agg(members=pl.col("held").unique().sort())
    )
