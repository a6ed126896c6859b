"""Which tracker ``init`` is to look at: what the flags say, completed and refused where need be."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from roadworthy.cli import asking
from roadworthy.cli.flag_validation import refuse_unusable
from roadworthy.cli.session import Session, now
from roadworthy.errors import ConfigError
from roadworthy.proposals.target import GITHUB, Target
from roadworthy.stages.proposing import visible_projects

_DAYS_BACK = 180


def target_of(session: Session, flags: dict[str, object]) -> Target:
    """The target that the flags of ``init`` name, or the person who is asked for the rest.

    Raises:
        ConfigError: they name none, or one that cannot be meant.
    """
    return _ready(session, _target(session, flags))


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
    if target.archive is not None:
        return target
    with asking.still(session.tell):
        target = _jira(target) if target.tracker == "jira" else _github(target)
    refuse_unusable(target)
    return target


def _jira(target: Target) -> Target:
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
