"""The command ``init``: a first configuration, proposed from what the tracker shows."""

import os
from pathlib import Path

import click

from roadworthy.cli.output import OutFile, write, write_file
from roadworthy.cli.session import Session, begin, command
from roadworthy.errors import ConfigError


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
    type=OutFile(),
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
    from roadworthy.cli.targets import target_of  # noqa: PLC0415 - slow to import
    from roadworthy.proposals.validated import validated  # noqa: PLC0415
    from roadworthy.proposals.writing import written  # noqa: PLC0415
    from roadworthy.proposals.zone import machine_zone  # noqa: PLC0415
    from roadworthy.stages.proposing import propose  # noqa: PLC0415

    path = out or session.config
    _free(path, is_forced=force)
    target = target_of(session, flags)
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


def _relative(archive: Path | None, out: Path) -> str:
    """The archive as the file names it: from the folder the file lies in."""
    return os.path.relpath(archive, out.parent) if archive is not None else ""
