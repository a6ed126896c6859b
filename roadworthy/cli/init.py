"""The command ``init``: a first configuration, proposed from what the tracker shows."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from roadworthy.cli import asking
from roadworthy.cli.output import write, write_file
from roadworthy.cli.session import Session, begin, command, now
from roadworthy.errors import ConfigError
from roadworthy.proposals.target import GITHUB, Target

_DAYS_BACK = 180


@click.command()
@click.option("--server", metavar="URL", help="The Jira, as in https://acme.atlassian.net.")
@click.option("--project", "projects", multiple=True, metavar="KEY", help="May be repeated.")
@click.option("--jql", metavar="QUERY", help="Instead of projects: which issues to read.")
@click.option(
    "--repository",
    "repositories",
    multiple=True,
    metavar="OWNER/NAME",
    help="Look at GitHub instead; may be repeated. --server then names an Enterprise's interface.",
)
@click.option("--email-env", metavar="NAME", help="The variable with the account's e-mail address.")
@click.option("--token-env", metavar="NAME", help="The variable with the token.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Read what changed since then; without it, in the last 180 days. An archive is read "
    "whole.",
)
@click.option("--archive", type=click.Path(path_type=Path), help="Look at recorded payloads.")
@click.option("--tracker", type=click.Choice(["jira", "github"]), help="Whose payloads they are.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; without it, the one that --config names.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@command
def init(session: Session, *, out: Path | None, force: bool, **flags: object) -> None:
    """Look at one tracker and propose a configuration.

    Reads a while of its history and writes a commented roadworthy.toml: stages from the flow that
    was seen, roles from groups, rules from what is filled in. Asks for what is missing where a
    person is there. Never asks for a secret: it says which variable to put it in. The path of the
    file is printed.
    """
    from roadworthy.proposals.validated import validated  # noqa: PLC0415 - slow to import
    from roadworthy.proposals.writing import written  # noqa: PLC0415
    from roadworthy.proposals.zone import machine_zone  # noqa: PLC0415
    from roadworthy.stages.proposing import propose  # noqa: PLC0415

    path = out or session.config
    _free(path, is_forced=force)
    target = _ready(session, _target(session, flags))
    proposal = propose(target, begin("init"), session.tell, zone=machine_zone())
    text = written(target, proposal, archive=_relative(target.archive, path))
    validated(text)
    write_file(path, text.encode())
    for lack in proposal.lacks:
        session.tell.noted(f"Could not be seen: {lack}")
    session.tell.noted("Next: read the file, mend what is wrong, and see what it gives:")
    session.tell.noted(f"roadworthy check --config {path}")
    session.tell.noted(f"roadworthy nightly --config {path}")
    write(f"{path}\n")


def _free(path: Path, *, is_forced: bool) -> None:
    if path.exists() and not is_forced:
        raise ConfigError(f"{path}: is there already; name another file with --out, or say --force")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise ConfigError(f"{path.parent}: is no folder that can be written to; name another --out")


def _target(session: Session, flags: dict[str, object]) -> Target:
    archive, since = flags.pop("archive"), flags.pop("since")
    tracker = flags.pop("tracker")
    server = flags.pop("server")
    if archive is not None and not Path(str(archive)).exists():
        raise ConfigError(f"--archive {archive}: there is no such file or folder")
    if archive is not None and tracker is None:
        raise ConfigError("--archive: say with --tracker whose payloads they are: jira or github")
    if archive is None and tracker is None:
        tracker = _implied(session, server, flags)
    return Target(
        tracker=tracker,  # type: ignore[arg-type]  # one of the two, by the option's type
        server=asking.with_scheme(str(server)) if server else None,
        since=_since(since) if archive is None else None,
        archive=Path(str(archive)) if archive is not None else None,
        **flags,  # type: ignore[arg-type]  # the other options have the names and types it wants
    )


def _since(given: object) -> date:
    day = getattr(given, "date", None)
    return day() if callable(day) else (now() - timedelta(days=_DAYS_BACK)).date()


def _implied(session: Session, server: object, flags: dict[str, object]) -> str:
    if flags["repositories"]:
        return "github"
    if server or flags["projects"] or flags["jql"]:
        return "jira"
    if asking.is_there():
        with asking.still(session.tell):
            return asking.tracker()
    raise ConfigError(
        "which tracker? Name a Jira with --server URL and --project KEY, GitHub with --repository "
        "OWNER/NAME, or recorded payloads with --archive PATH --tracker jira"
    )


def _ready(session: Session, target: Target) -> Target:
    """The target with nothing left open, and its secrets in place."""
    from roadworthy.cli.flag_validation import refuse_unusable  # noqa: PLC0415 - slow to import

    if target.archive is not None:
        return target
    with asking.still(session.tell):
        target = _jira(target) if target.tracker == "jira" else _github(target)
    refuse_unusable(target)
    return target


def _jira(target: Target) -> Target:
    from roadworthy.cli.flag_validation import refuse_unusable  # noqa: PLC0415 - slow to import
    from roadworthy.stages.proposing import visible_projects  # noqa: PLC0415

    def listing(known: Target) -> tuple[tuple[str, str], ...]:
        refuse_unusable(known)
        return visible_projects(known)

    if asking.is_there():
        return asking.about_jira(target, listing)
    if target.server is None:
        raise ConfigError("--server: name the Jira, as in https://acme.atlassian.net")
    if not target.projects and target.jql is None:
        raise ConfigError("--project: name at least one project by its key, or issues with --jql")
    if target.token_env is None and target.email_env is None and asking.is_cloud(target.server):
        target = replace(target, email_env="JIRA_EMAIL")
    return replace(target, token_env=target.token_env or "JIRA_TOKEN")


def _github(target: Target) -> Target:
    target = replace(target, server=target.server or GITHUB)
    if asking.is_there():
        return asking.about_github(target)
    if not target.repositories:
        raise ConfigError("--repository: name at least one, as in acme/web")
    return replace(target, token_env=target.token_env or "GITHUB_TOKEN")


def _relative(archive: Path | None, out: Path) -> str:
    """The archive as the file names it: from the folder the file lies in."""
    return os.path.relpath(archive, out.parent) if archive is not None else ""
