"""How many of those who changed something nobody knows."""

from datetime import UTC, datetime

import polars as pl

from pipelines.histories.actor_roles import unknown_share, with_actor_roles

ROLES = {
    "actor_id": pl.String(),
    "role": pl.String(),
    "valid_from": pl.Datetime("us", "UTC"),
    "valid_until": pl.Datetime("us", "UTC"),
}


def changes(*roles: str | None) -> pl.DataFrame:
    return pl.DataFrame({"actor_role": roles}, schema={"actor_role": pl.String})


def test_robots_are_not_counted_among_people() -> None:
    assert unknown_share(changes("bot", "?", "product", "engineering", "author")) == 0.25


def test_where_nobody_changed_anything_nobody_is_unknown() -> None:
    assert unknown_share(changes()) == 0.0
    assert unknown_share(changes("bot")) == 0.0


def test_whoever_has_an_account_did_not_open_what_a_deleted_account_opened() -> None:
    acts = pl.DataFrame(
        [("web#1", 1, "ben"), ("web#1", 2, None), ("web#2", 3, "ben"), ("PAY-1", 4, "ben")],
        schema={"item_id": pl.String, "sequence": pl.Int32, "actor_id": pl.String},
        orient="row",
    ).with_columns(changed_at=datetime(2025, 3, 3, 9, tzinfo=UTC))
    opened = pl.DataFrame({"item_id": ["web#1", "web#2"], "author_id": [None, "ben"]})
    told = with_actor_roles(
        acts,
        actors=pl.DataFrame({"actor_id": ["ben"], "is_bot": [False]}),
        actor_roles=pl.DataFrame(schema=ROLES),
        authors=opened,
        role_order=(),
    )
    assert told["actor_role"].to_list() == ["reviewer", "?", "author", "?"]
