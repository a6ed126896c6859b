"""What the file says of itself: secrets, paths, and whether its sections fit one another."""

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from roadworthy.checking.finding import Finding
from roadworthy.checking.near import near
from roadworthy.checking.overlaps import overlap_findings
from roadworthy.checking.unread import unread_findings
from roadworthy.config.deciding import RoleHolder
from roadworthy.config.load import Loaded
from roadworthy.config.model import Config
from roadworthy.config.owners import is_handed_over
from roadworthy.config.sources import WRITE_WHEN_RECORDED, FilesSource, Source
from roadworthy.config.variables import PUT_IT_THERE, is_for_a_header, no_token, not_set, secret
from roadworthy.counting import counted

_TOLD_BY: Final = {"group": "jira", "role": "jira", "team": "github"}
_WITHOUT_A_HOLDER: Final = frozenset({"author", "reviewer", "maintainer", "bot"})
"""Roles that follow from how pull requests work, or from the account, and need no entry."""


def configuration_findings(
    loaded: Loaded, *, at: datetime, environment: Mapping[str, str]
) -> Iterator[Finding]:
    """Everything that the file alone tells, by a clock that says ``at``."""
    yield Finding("ok", loaded.path.name, f"valid: {_counted(loaded.config)}")
    yield from _paths(loaded)
    for source in loaded.config.sources:
        yield from _source(loaded, source, at, environment)
    yield from overlap_findings(loaded)
    yield from _roles(loaded.config)
    yield from _owners(loaded.config)
    yield from _readiness(loaded.config)
    yield from unread_findings(loaded.config)
    yield from _interventions(loaded.config, at.date())


def _counted(config: Config) -> str:
    ready = config.definition_of_ready
    counts = {
        "source": len(config.sources),
        "stage": len(config.stages),
        "rule": len(ready.rules) if ready else 0,
        "role": len(config.roles),
        "decision right": len(config.decision_rights),
        "intervention": len(config.interventions),
    }
    return ", ".join(counted(count, name) for name, count in counts.items() if count)


def _paths(loaded: Loaded) -> Iterator[Finding]:
    for key, folder in (("warehouse", loaded.warehouse.parent), ("reports", loaded.reports)):
        standing = _standing(folder)
        if standing.is_dir() and os.access(standing, os.W_OK):
            yield Finding("ok", key, f"{folder} can be written to")
        else:
            yield Finding(
                "error",
                key,
                f"{folder} cannot be written to",
                f"give this user write access to {standing}, or name another path",
            )


def _standing(folder: Path) -> Path:
    """The folder itself or, where it is not there yet, the nearest above it that is."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def _source(
    loaded: Loaded, source: Source, at: datetime, environment: Mapping[str, str]
) -> Iterator[Finding]:
    where = f"source {source.name}"
    if isinstance(source, FilesSource):
        path = loaded.resolve(source.path)
        if not path.exists():
            yield Finding("error", where, f"{path}: there is no such file or folder", "mend 'path'")
        if fault := source.still_to_come(at):
            yield Finding("error", where, fault, WRITE_WHEN_RECORDED)
        return
    if _is_in_clear(source.server):
        told = f"{source.server} is asked without encryption: who is on the way reads the token"
        yield Finding("warning", where, told, "write https:// in 'server', where it answers there")
    for variable in source.variables:
        held = secret(variable, environment)
        if held is None:
            yield Finding("error", where, not_set(variable), PUT_IT_THERE)
        elif variable not in source.keys and not is_for_a_header(held):
            yield Finding("error", where, no_token(variable), PUT_IT_THERE)
        else:
            yield Finding("ok", where, f"{variable} is set")
    if source.ca_bundle is not None and not loaded.resolve(source.ca_bundle).is_file():
        remedy = "name a file with the certificates of your authority, as PEM"
        yield Finding("error", where, f"ca_bundle = '{source.ca_bundle}' is no file", remedy)


def _is_in_clear(server: str) -> bool:
    """Whether what is sent leaves this machine as it is."""
    parts = urlsplit(server)
    return parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}


def _roles(config: Config) -> Iterator[Finding]:
    """Roles that are used and that nobody holds."""
    if not config.roles:
        yield Finding(
            "note",
            "roles",
            "nobody's role is declared, so that a recall counts as a rejection",
            "say in [roles] which group, team or account holds which",
        )
        return
    for place, role in _used_roles(config):
        if role not in config.roles and role not in _WITHOUT_A_HOLDER:
            remedy = near(role, config.roles, otherwise="give it holders in [roles]")
            yield Finding("warning", place, f"nobody holds the role '{role}'", remedy)
    for role, entries in config.roles.items():
        if not entries:
            yield Finding("warning", f"roles {role}", "has no holder", "name one, or remove it")
    yield from _unanswered(config)


def _unanswered(config: Config) -> Iterator[Finding]:
    """Holders that only a tracker of another kind could tell; an archive may tell of any."""
    kinds = {source.kind for source in config.sources}
    if "files" in kinds:
        return
    for role, entries in config.roles.items():
        names = (one.who if isinstance(one, RoleHolder) else one for one in entries)
        for name in names:
            tracker = _TOLD_BY.get(name.partition(":")[0])
            if tracker is not None and tracker not in kinds:
                what = (
                    f"'{name}' can only be told by a source of kind '{tracker}', and there is none"
                )
                yield Finding("warning", f"roles {role}", what, "add such a source, or remove it")


def _used_roles(config: Config) -> Iterator[tuple[str, str]]:
    for stage in config.stages:
        if stage.owner is not None:
            yield f"stages '{stage.name}'.owner", stage.owner
    for name, right in config.decision_rights.items():
        yield f"decision_rights {name}.decides", right.decides
        if right.override is not None:
            yield f"decision_rights {name}.override", right.override
    for tenure in config.tenures:
        yield f"tenures '{tenure.seat}'", tenure.seat.partition(":")[0]


def _owners(config: Config) -> Iterator[Finding]:
    if not config.stages:
        yield Finding(
            "note",
            "stages",
            "none is declared: they are proposed from categories and flow, without owners",
            "'roadworthy init' writes them down",
        )
    elif len({stage.owner for stage in config.stages if stage.owner}) < 2:  # noqa: PLR2004 - two ends
        yield Finding(
            "warning",
            "stages",
            "no two stages have different owners, so that no handoff can be judged",
            "give the stages the role that must act in each",
        )


def _readiness(config: Config) -> Iterator[Finding]:
    ready = config.definition_of_ready
    if ready is None:
        yield Finding("note", "definition_of_ready", "there is none: readiness is not measured")
        return
    if not is_handed_over(ready.guards, {stage.name: stage.owner for stage in config.stages}):
        yield Finding(
            "warning",
            "definition_of_ready.guards",
            f"'{ready.guards}' is never entered from a stage of another owner, so that its rules "
            "are never judged",
            "give it and the stages before it the roles that must act in each",
        )


def _interventions(config: Config, today: date) -> Iterator[Finding]:
    for change in config.interventions:
        if change.on > today:
            yield Finding(
                "warning",
                f"interventions '{change.name}'",
                f"is dated {change.on}, which is still to come: its effect cannot be seen yet",
                "mend 'on' if it has happened",
            )
