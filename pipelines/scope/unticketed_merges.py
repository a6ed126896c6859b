"""Merged pull requests without a linked ticket: work that came in by no door at all.

Only those of people, and only of teams whose tickets have a door: without a door there is nothing
to bypass. Where a ticket is linked, the ticket counts instead.
"""

import polars as pl

from pipelines.histories import history


def unticketed_merges(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    item_links: pl.DataFrame,
    flows: pl.DataFrame,
    *,
    bots: tuple[str, ...],
) -> pl.DataFrame:
    """Find the merges of pull requests without a ticket.

    Args:
        items: item_id, source, kind, project, team, author_id.
        changes: item_id, sequence, group_end, field, field_id, to_text, changed_at.
        item_links: item_id, linked_item_id, whatever tells of the link.
        flows: scope, project, intake_stages.
        bots: actors that are no people.

    Returns:
        item_id, entered_build_at (the merge), group_end; sorted.
    """
    pulls = items.filter(pl.col("kind") == "pull_request")
    of_pulls = changes.join(pulls, on="item_id", how="semi", maintain_order="left")
    merged = (
        history.of_field(of_pulls, "status")
        .filter(pl.col("to_text") == "merged")
        .sort("item_id", "sequence")
        .unique("item_id", keep="first", maintain_order=True)
    )
    # A deleted account was a person's: of bots the name stays.
    by_people = ~pl.col("author_id").is_in(bots).fill_null(value=False)
    return (
        pulls.filter(by_people)
        .join(_teams_with_a_door(items, flows), on="team", how="semi")
        .join(_with_a_ticket(items, item_links), on="item_id", how="anti")
        .join(merged.select("item_id", "changed_at", "group_end"), on="item_id")
        .select("item_id", "group_end", entered_build_at="changed_at")
        .sort("item_id")
    )


def _teams_with_a_door(items: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    with_doors = flows.filter(pl.col("intake_stages").list.len() > 0)
    return (
        items.filter(pl.col("kind") == "ticket")
        .with_columns(scope=pl.concat_str("source", "kind", separator="/"))
        .join(with_doors, on=["scope", "project"], how="semi")
        .select("team")
        .unique()
    )


def _with_a_ticket(items: pl.DataFrame, item_links: pl.DataFrame) -> pl.DataFrame:
    """What is linked with a ticket, whichever of the two tells of it."""
    tickets = items.filter(pl.col("kind") == "ticket").select(ticket="item_id")
    pairs = [("item_id", "linked_item_id"), ("linked_item_id", "item_id")]
    return pl.concat(
        [
            item_links.select(ticket=one, item_id=other).join(tickets, on="ticket", how="semi")
            for one, other in pairs
        ]
    ).select("item_id")
