"""Whether each project that ``[teams]`` names has items."""

from collections.abc import Iterator

import polars as pl

from pipelines.audit import EVERY_SOURCE, Finding
from pipelines.policy import Policy


def declared_projects(items: pl.DataFrame, policy: Policy) -> Iterator[Finding]:
    """Projects without an item: a name with a slip of the pen, or one of before a renaming.

    Whoever names one is silently not followed: its items are of no team that was meant. Stages may
    be limited to a project that all items have left, in which they stood before.

    Args:
        items: project, at the snapshot.
        policy: what was declared.
    """
    known = set(items["project"].drop_nulls())
    named = {f"[teams] {team.name}": team.projects for team in policy.teams}
    for project in sorted({one for projects in named.values() for one in projects} - known):
        places = " and ".join(place for place, projects in named.items() if project in projects)
        yield Finding(
            EVERY_SOURCE,
            "project_not_found",
            "warning",
            f"No item is of the project '{project}', named in {places}: name it as it is "
            "called now in the tracker, or take it out.",
            subject=project,
            found=0,
        )
