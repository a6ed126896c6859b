"""A GitHub App earns its token with its private key, and a new one before the hour is over."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from connectors.github.credentials import App
from connectors.protocol import ConnectorError
from roadworthy.simulator.serving import github_access
from roadworthy.simulator.serving.faults import Faults, Planned, Status
from tests.connectors.github_world import web, world


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _private(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    ).decode()


def _public(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


KEY = _key()
INSTALLED = (github_access.App("12", _public(KEY), 34),)
OURS = App("12", 34, _private(KEY))


def test_an_app_reads_with_the_token_of_its_installation() -> None:
    with world(web(5, 0), apps=INSTALLED) as github:
        reading = github.read(credentials=OURS, resources=("pulls",))
        assert github.site.door.minted == 1
    assert len(reading.keys("pulls")) == 5
    assert reading.requests == 4


def test_a_token_is_renewed_before_it_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("connectors.github.client.time.monotonic", lambda: now[0])
    with world(web(5, 5), apps=INSTALLED) as github:
        connector = github.connector(credentials=OURS)
        list(connector.fetch(connector.resources[0], None))
        now[0] = 56 * 60.0
        list(connector.fetch(connector.resources[1], None))
        assert github.site.door.minted == 2


def test_trouble_with_the_token_that_passes_is_waited_for() -> None:
    faults = Faults(Planned("access_tokens", frozenset({1}), Status(503)))
    with world(web(5, 0), apps=INSTALLED, faults=faults) as github:
        reading = github.read(credentials=OURS, resources=("pulls",))
    assert len(reading.keys("pulls")) == 5


@pytest.mark.parametrize(
    ("app", "sentence"),
    [
        (App("12", 34, _private(_key())), "code: the installation of the GitHub App: GitHub refus"),
        (App("12", 99, _private(KEY)), "code: the installation of the GitHub App: not found"),
        (App("12", 34, "no key"), "code: the private key of the GitHub App is none"),
        (App("12", 34, ""), "code: the private key of the GitHub App is none"),
    ],
    ids=["another key", "another installation", "no key", "empty"],
)
def test_an_app_that_is_refused_is_told_in_a_sentence(app: App, sentence: str) -> None:
    with world(apps=INSTALLED) as github, pytest.raises(ConnectorError) as error:
        github.read(credentials=app)
    assert str(error.value).startswith(sentence)
    assert "no key" not in repr(app)
