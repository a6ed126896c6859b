"""A server that takes a question and never answers is waited for as long as the patience lasts."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from connectors.github.client import Client
from connectors.github.credentials import Token
from connectors.jira.access import Access
from connectors.jira.client import JiraClient
from connectors.protocol import ConnectorError
from connectors.trouble import Patience


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that only listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def ask_jira(server: str, patience: Patience) -> None:
    JiraClient("acme", server, Access(None, "token"), patience).get("itself", "serverInfo")


def ask_github(server: str, patience: Patience) -> None:
    Client("acme", server, Token("token"), patience).get("itself", "/rate_limit")


@pytest.mark.parametrize("ask", [ask_jira, ask_github])
def test_a_silent_server_is_not_waited_for_beyond_the_patience(
    silent: str, ask: Callable[[str, Patience], None]
) -> None:
    began = time.monotonic()
    with pytest.raises(ConnectorError, match="did not answer in time"):
        ask(silent, Patience(1.0))
    assert time.monotonic() - began < 10


def test_a_long_patience_waits_no_longer_for_a_silent_server_than_usual() -> None:
    assert Patience(5400).silence(90) == 90
    assert Patience(30).silence(90) == 30
