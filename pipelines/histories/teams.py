"""The team of an item: the first that claims its project, component or label; else the project."""

import polars as pl

from pipelines.policy import Team


def with_teams(items: pl.DataFrame, teams: tuple[Team, ...]) -> pl.DataFrame:
    """Add ``team``.

    Args:
        items: project, components, labels.
        teams: in the order of their claims; projects and repositories are one list.
    """
    team = pl.lit(None, pl.String)
    for one in reversed(teams):
        claims = (
            pl.col("project").is_in(one.projects)
            | (pl.col("components").list.set_intersection(list(one.components)).list.len() > 0)
            | (pl.col("labels").list.set_intersection(list(one.labels)).list.len() > 0)
        )
        team = pl.when(claims).then(pl.lit(one.name)).otherwise(team)
    return items.with_columns(team=pl.coalesce(team, pl.col("project")))
