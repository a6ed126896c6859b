"""Tokens and Apps open what they should, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from github import (
    Auth,
    BadCredentialsException,
    GithubException,
    GithubIntegration,
    UnknownObjectException,
)

from roadworthy.simulator.serving.github_access import TOKEN, Access, App
from tests.roadworthy.simulator.serving.github_acme import WEB, acme, lined

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
).decode()
PUBLIC = (
    KEY.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
APP = App("7", PUBLIC, installation=42, repositories=frozenset({WEB}))


def test_a_wrong_token_is_refused_by_both_interfaces() -> None:
    with lined(acme(), auth=Auth.Token("wrong")) as line:
        with pytest.raises(BadCredentialsException):
            line.library.get_repo(WEB)
        with pytest.raises(BadCredentialsException):
            line.query("{ viewer { login } }")


def test_a_repository_that_a_token_may_not_see_is_not_there() -> None:
    site = acme(access={TOKEN: Access(repositories=frozenset({WEB}))})
    with lined(site) as line:
        with pytest.raises(UnknownObjectException):
            line.library.get_repo("acme/ops")
        told = line.query('{ repository(owner: "acme", name: "ops") { id } }')
        assert told["data"] == {"repository": None}
        assert told["errors"] == [
            {
                "type": "NOT_FOUND",
                "path": ["repository"],
                "locations": [{"line": 1, "column": 3}],
                "message": "Could not resolve to a Repository with the name 'acme/ops'.",
            }
        ]


@pytest.mark.parametrize(
    ("query", "member", "scope"),
    [
        ('{ organization(login: "acme") { team(slug: "engineers") { id } } }', "team", "read:org"),
        ('{ organization(login: "acme") { projectV2(number: 1) { id } } }', "projectV2", "project"),
    ],
)
def test_a_token_without_the_scope_gets_nothing_of_the_whole_query(
    query: str, member: str, scope: str
) -> None:
    with lined(acme(access={TOKEN: Access(scopes=("repo",))})) as line:
        told = line.query(query)
    assert "data" not in told
    assert {error["type"] for error in told["errors"]} == {"INSUFFICIENT_SCOPES"}
    assert f"The '{member}' field requires" in told["errors"][0]["message"]
    assert scope in told["errors"][0]["message"]


def test_the_scopes_of_a_token_stand_beside_each_answer() -> None:
    with lined(acme()) as line:
        line.library.get_repo(WEB)
        assert line.library.oauth_scopes == ["repo", "read:org", "read:project"]


def test_an_app_earns_a_token_that_opens_what_it_was_installed_for() -> None:
    auth = Auth.AppAuth("7", PRIVATE).get_installation_auth(42)
    with lined(acme(apps=(APP,)), auth=auth) as line:
        assert line.library.get_repo(WEB).full_name == WEB
        with pytest.raises(UnknownObjectException):
            line.library.get_repo("acme/ops")
        with pytest.raises(GithubException, match="integration"):
            _ = line.library.get_user().login
        assert line.site.door.minted == 1


def test_the_token_of_an_app_expires_and_is_asked_for_anew() -> None:
    auth = Auth.AppAuth("7", PRIVATE).get_installation_auth(42)
    with lined(acme(apps=(APP,)), auth=auth) as line:
        token = auth.token
        assert line.status("/repos/acme/web") == 200
        line.site.door.now = lambda: datetime.now(UTC) + timedelta(hours=2)
        assert line.status("/repos/acme/web") == 401
        assert auth.token == token


@pytest.mark.parametrize(("app", "installation"), [("8", 42), ("7", 43)])
def test_another_app_or_installation_gets_no_token(app: str, installation: int) -> None:
    auth = Auth.AppAuth(app, PRIVATE).get_installation_auth(installation)
    with lined(acme(apps=(APP,)), auth=auth) as line, pytest.raises(GithubException):
        line.library.get_repo(WEB)


def test_a_claim_that_another_key_signed_is_refused() -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    auth = Auth.AppAuth("7", other.decode()).get_installation_auth(42)
    with lined(acme(apps=(APP,)), auth=auth) as line, pytest.raises(GithubException) as refusal:
        line.library.get_repo(WEB)
    assert refusal.value.status == 401


def test_an_app_finds_its_installation_by_a_repository() -> None:
    with (
        lined(acme(apps=(APP,))) as line,
        GithubIntegration(
            auth=Auth.AppAuth("7", PRIVATE), base_url=line.served.url, retry=None
        ) as integration,
    ):
        assert integration.get_repo_installation("acme", "web").id == 42
        with pytest.raises(UnknownObjectException):
            integration.get_repo_installation("acme", "ops")
