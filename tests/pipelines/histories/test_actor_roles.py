"""How many of those who changed something nobody knows."""

import polars as pl

from pipelines.histories.actor_roles import unknown_share


def changes(*roles: str | None) -> pl.DataFrame:
    return pl.DataFrame({"actor_role": roles}, schema={"actor_role": pl.String})


def test_robots_are_not_counted_among_people() -> None:
    assert unknown_share(changes("bot", "?", "product", "engineering", "author")) == 0.25


def test_where_nobody_changed_anything_nobody_is_unknown() -> None:
    assert unknown_share(changes()) == 0.0
    assert unknown_share(changes("bot")) == 0.0
