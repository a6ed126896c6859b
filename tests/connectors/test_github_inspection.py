"""What a GitHub says of itself, over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from connectors.answers import RefusedError
from connectors.github.client import Client
from connectors.github.credentials import Token
from connectors.github.inspection import GitHubInspection, Repository
from connectors.trouble import Patience
from roadworthy.simulator.serving.github_access import TOKEN, Access
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository
from roadworthy.simulator.serving.server import served
from tests.connectors.github_world import ADA


@contextmanager
def asking(access: Access | None = None, *, by: str = TOKEN) -> Iterator[GitHubInspection]:
    site = GitHubSite(
        repositories=[
            GitHubRepository("acme/web"),
            GitHubRepository("acme/old", is_archived=True, has_issues=False),
        ],
        teams={"acme/crew": [ADA]},
        access={TOKEN: access or Access()},
    )
    with served(answering(site)) as server:
        client = Client("code", server.url, Token(by), Patience(5, sleep=lambda _: None))
        try:
            yield GitHubInspection(client)
        finally:
            client.close()


def test_a_classic_token_tells_its_scopes_and_a_fine_grained_one_has_none() -> None:
    with asking(Access(scopes=("repo",))) as ask:
        assert ask.scopes() == ("repo",)
    with asking(Access(scopes=None)) as ask:
        assert ask.scopes() is None


def test_the_account_is_told_by_its_kind() -> None:
    with asking() as ask:
        assert ask.account() == "a person's account"


def test_credentials_that_are_wrong_are_refused() -> None:
    with asking(by="wrong") as ask, pytest.raises(RefusedError, match="credentials"):
        ask.account()


def test_what_is_left_of_the_hour_is_told_for_both_interfaces() -> None:
    with asking() as ask:
        left = ask.allowances()
        assert list(left) == ["core", "graphql"]
        assert left["graphql"].limit == 5000
        assert ask.answers_graphql()


def test_repositories_are_there_or_not() -> None:
    with asking() as ask:
        web = Repository("acme/web", is_archived=False, has_issues=True)
        assert ask.repository("acme/web") == web
        assert ask.repository("acme/old") == Repository(
            "acme/old", is_archived=True, has_issues=False
        )
        assert ask.repository("acme/nope") is None
        assert (ask.has_owner("acme"), ask.has_owner("nobody")) == (True, False)


def test_teams_have_slugs_and_a_number_of_members() -> None:
    with asking() as ask:
        assert ask.teams("acme") == ["crew"]
        assert ask.members("acme", "crew") == 1
        assert ask.members("acme", "nope") is None
