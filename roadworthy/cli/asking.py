"""A person at a terminal is asked for what the flags leave open; nobody else ever is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import click

from roadworthy.harmless import harmless
from roadworthy.proposals.target import Target
from roadworthy.terminal import Bars, Teller

Listing = Callable[[Target], tuple[tuple[str, str], ...]]
"""Key and name of every project of a Jira."""
_MOST_LISTED = 30


def is_there() -> bool:
    """Whether a person is there to be asked, and sees what is asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def still(tell: Teller) -> Iterator[None]:
    """Keep bars from moving over a question."""
    if not isinstance(tell, Bars):
        yield
        return
    tell.progress.stop()
    yield
    tell.progress.start()


def tracker() -> str:
    """Which tracker to look at."""
    kinds = click.Choice(["jira", "github"])
    return str(click.prompt("Which tracker?", type=kinds, default="jira", err=True))


def about_jira(target: Target, listing: Listing) -> Target:
    """Fill in what a look at a Jira needs."""
    if target.server is None:
        told = click.prompt("Address of the Jira, as in https://acme.atlassian.net", err=True)
        target = replace(target, server=with_scheme(told))
    if target.email_env is None and target.token_env is None:
        target = replace(target, email_env=_email_variable(target))
    if target.token_env is None:
        target = replace(target, token_env=_variable("its API token or PAT", "JIRA_TOKEN"))
    if not target.projects and target.jql is None:
        target = replace(target, projects=_projects(listing(target)))
    return target


def about_github(target: Target) -> Target:
    """Fill in what a look at GitHub needs."""
    if not target.repositories:
        told = click.prompt("Repositories, as in acme/web, with commas between", err=True)
        target = replace(target, repositories=_listed(told))
    if target.token_env is None:
        target = replace(target, token_env=_variable("a token for GitHub", "GITHUB_TOKEN"))
    return target


def with_scheme(address: str) -> str:
    """The address as a browser would complete it."""
    address = address.strip().rstrip("/")
    return address if "://" in address else f"https://{address}"


def is_cloud(server: str) -> bool:
    """Whether an address is one of Jira's own cloud, where an account has an e-mail address."""
    return (urlsplit(server).hostname or "").endswith(".atlassian.net")


def _email_variable(target: Target) -> str | None:
    if not is_cloud(target.server or ""):
        return None
    return _variable("the e-mail address of the account", "JIRA_EMAIL")


def _variable(held: str, default: str) -> str:
    asked = f"Name of the environment variable that holds {held}"
    return str(click.prompt(asked, default=default, err=True)).strip()


def _projects(visible: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    for key, name in visible[:_MOST_LISTED]:
        click.echo(harmless(f"  {key}  {name}"), err=True)
    if len(visible) > _MOST_LISTED:
        click.echo(f"  and {len(visible) - _MOST_LISTED} more", err=True)
    default = harmless(visible[0][0]) if len(visible) == 1 else None
    return _listed(click.prompt("Keys of the projects, with commas", default=default, err=True))


def _listed(told: str) -> tuple[str, ...]:
    return tuple(one for one in (part.strip() for part in told.split(",")) if one)
