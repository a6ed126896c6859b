"""A proposal for a tracker nobody has described yet: look, read it once, and see what it shows.

It is read by the real sync into a folder that is gone afterwards, under the smallest configuration
that is valid, and conformed by the real SQL: what the proposal is made of is what a report would
be made of.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from roadworthy.config.load import Loaded, load
from roadworthy.errors import ConfigError, SourceError
from roadworthy.progress import Progress
from roadworthy.proposals.proposal import Proposal
from roadworthy.proposals.target import Target
from roadworthy.proposals.toml_text import array, key
from roadworthy.runs import Run
from roadworthy.stages.build import conform, copy_raw
from roadworthy.stages.core_frames import Core
from roadworthy.stages.discovery import Seen, look, projects_of, workflow_of
from roadworthy.stages.proposal_parts import proposal_of
from roadworthy.stages.role_names import roles_of
from roadworthy.stages.sync import sync
from roadworthy.warehouse import building

_PROJECTS: Final = 30
"""Of so many projects at most the workflow is asked for: each costs a request."""


def propose(target: Target, run: Run, progress: Progress, *, zone: str) -> Proposal:
    """What a configuration for a tracker could say.

    Args:
        target: the tracker.
        run: this run; its clock dates the temporary sync.
        progress: listens.
        zone: the zone of this machine, where the tracker does not know a better one.

    Raises:
        SourceError: the tracker refuses, or cannot be reached.
        ConfigError: there is nothing in it to propose anything from.
    """
    with tempfile.TemporaryDirectory(prefix="roadworthy-init-") as folder:
        seen = _seen(target, Path(folder), progress)
        loaded = _smallest(target, Path(folder), seen)
        core = _read(loaded, run, progress)
        if core.items.is_empty():
            raise ConfigError(_nothing(target))
        projects = core.items["project"].unique().sort().head(_PROJECTS)
        workflow, unseen = workflow_of(loaded, projects)
    seen = replace(seen, lacks=(*seen.lacks, *unseen))
    return proposal_of(core, loaded.config, seen, workflow, fallback_zone=zone)


def _seen(target: Target, folder: Path, progress: Progress) -> Seen:
    if target.archive is not None:
        return Seen()
    progress.started("init", "asking the tracker about itself")
    seen = look(_smallest(target, folder))
    progress.finished("init", f"{len(seen.groups)} groups or teams that may be roles")
    return seen


def visible_projects(target: Target) -> tuple[tuple[str, str], ...]:
    """Key and name of every project of a Jira that the account may see.

    Raises:
        SourceError: the tracker refuses, or cannot be reached.
    """
    with tempfile.TemporaryDirectory(prefix="roadworthy-init-") as folder:
        # Without a project the configuration would not be valid; no issue is asked for here.
        return projects_of(_smallest(replace(target, projects=("ANY",)), Path(folder)))


def _smallest(target: Target, folder: Path, seen: Seen | None = None) -> Loaded:
    """The smallest valid configuration, and the roles whose members are wanted."""
    path = folder / "roadworthy.toml"
    archive = str(target.archive.resolve()) if target.archive else ""
    roles = roles_of(seen.groups) if seen else {}
    declared = [f"{key(role)} = {array(holders)}" for role, holders in roles.items()]
    text = "\n\n".join((target.source_table(archive), "\n".join(("[roles]", *declared))))
    path.write_text(text, encoding="utf-8")
    try:
        return load(path)
    except ConfigError as error:
        told = str(error).replace(f"{path}: sources[0].", "what was given: ")
        raise ConfigError(told) from error


def _read(loaded: Loaded, run: Run, progress: Progress) -> Core:
    result = sync(loaded, run, progress)
    if result.failures:
        raise SourceError("; ".join(result.failures))
    names = [source.name for source in loaded.config.sources]
    with building(loaded.warehouse) as warehouse:
        copy_raw(warehouse, names)
        conform(warehouse, loaded, progress)
        return Core.read(warehouse)


def _nothing(target: Target) -> str:
    place = ", ".join((*target.projects, *target.repositories)) or target.jql
    return (
        f"{target.server}: no work item in {place} was changed since {target.since}; look further "
        "back with --since, or at other projects"
    )
