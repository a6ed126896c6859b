"""What a tracker answers, spoilt on its way: a sync ends with what came, or with one sentence.

The simulated trackers answer without a network; a few answers of each read are then spoilt, as by a
proxy, an edition nobody has met, or somebody who means harm.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final
from unittest.mock import patch

import requests
from requests.adapters import HTTPAdapter
from werkzeug import Request
from werkzeug.test import Client

from connectors.github.connector import GitHubConnector
from connectors.github.credentials import Token
from connectors.jira.access import Access
from connectors.jira.connector import JiraConnector
from connectors.jira.scope import Scope
from connectors.protocol import Connector, ConnectorError, Record
from connectors.trouble import Patience
from fuzz import seeds as payloads
from fuzz.choices import Choices
from fuzz.spoiling import spoilt
from roadworthy.simulator.serving.github_access import TOKEN
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository
from roadworthy.simulator.serving.jira_site import JiraSite

LOOKS_AT: Final = ("connectors.jira", "connectors.github", "connectors.answers")

_SECRETS: Final = ("simulated", "reader@acme.example")
_STATUSES: Final = (200, 200, 200, 200, 201, 204, 400, 401, 403, 404, 410, 429, 500, 503)
_HEADERS: Final = (
    *("retry-after", "date", "link", "x-ratelimit-remaining", "x-ratelimit-reset"),
    *("x-authentication-denied-reason", "x-oauth-scopes", "location", "content-type"),
)
_VALUES: Final = (
    *("", "0", "-1", "1e9", "9" * 30, "nan", "inf", "Fri, 31 Feb 2026 25:00:00 GMT", "\xff"),
    *('<https://a/?page=2>; rel="next"', '<https://a/?page=99999999999>; rel="last"', "CAPTCHA"),
    *("Thu, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -2359", "https://other.example/"),
)
#: Answers of one read that may be spoilt, and those after which a read that goes on is a circle.
_SPOILT: Final = 3
_MOST: Final = 400


class EndlessError(Exception):
    """A read that asks on and on; not one that a connector knows."""


def seeds() -> tuple[bytes, ...]:
    """Each tracker as it is, and with an answer spoilt early and late."""
    spoils = bytes(range(1, 120))
    return (b"\x00", b"\x01", *(bytes([t, 1, at, 0, 0]) + spoils for t in (0, 1) for at in (0, 3)))


def one(data: bytes) -> None:
    """Read all of a tracker."""
    choices = Choices(data)
    is_jira = choices.number(2) == 0
    connector = _jira() if is_jira else _github()
    with _answered(choices, is_jira=is_jira):
        try:
            for record in _read(connector):
                json.dumps(record.payload, allow_nan=False).encode("ascii")
        except ConnectorError as error:
            assert str(error).startswith("fuzzed")
            assert not [one for one in _SECRETS if one in str(error)]
        finally:
            connector.close()


def _read(connector: Connector) -> Iterator[Record]:
    for resource in connector.resources:
        for page in connector.fetch(resource, None):
            yield from page.records
        if resource.cursor is not None:
            connector.census(resource, frozenset({"1", "acme/web#1"}))
    connector.snapshot()


@contextmanager
def _answered(choices: Choices, *, is_jira: bool) -> Iterator[None]:
    """Let the site answer in the place of the network, with some answers spoilt."""
    places = {choices.number(12) for _ in range(choices.number(_SPOILT + 1))}
    asked = 0

    def send(
        _adapter: HTTPAdapter, request: requests.PreparedRequest, **_how: object
    ) -> requests.Response:
        nonlocal asked
        answer = _answer(request, is_jira=is_jira)
        if asked in places:
            _spoil(answer, choices)
        asked += 1
        if asked > _MOST:
            raise EndlessError(f"{asked} requests for a handful of items")
        return answer

    with patch.object(HTTPAdapter, "send", send):
        yield


def _answer(request: requests.PreparedRequest, *, is_jira: bool) -> requests.Response:
    told = _site(is_jira).open(
        request.path_url,
        method=request.method,
        headers=dict(request.headers),
        data=request.body or b"",
    )
    answer = requests.Response()
    answer.status_code, answer.request, answer.url = told.status_code, request, str(request.url)
    answer.headers.update(dict(told.headers))
    _write(answer, told.data)
    return answer


def _spoil(answer: requests.Response, choices: Choices) -> None:
    answer.status_code = choices.one_of(_STATUSES)
    for _ in range(choices.number(3)):
        answer.headers[choices.one_of(_HEADERS)] = choices.one_of(_VALUES)
    try:
        value: Any = json.loads(answer.content)
    except ValueError:
        value = {}
    text = json.dumps(spoilt(value, choices))
    _write(answer, text[: len(text) - choices.number(3)].encode())


def _write(answer: requests.Response, content: bytes) -> None:
    answer._content = content  # noqa: SLF001 - a response that no network brought has no other way
    answer.encoding = "utf-8"


@cache
def _site(is_jira: bool) -> Client:  # noqa: FBT001 - the one thing to know
    if is_jira:
        return Client(Request.application(JiraSite("Cloud", issues=payloads.jira_issues()).app))
    repository = GitHubRepository(
        "acme/web", pulls=payloads.github_pulls(), issues=payloads.github_issues()
    )
    return Client(Request.application(answering(GitHubSite([repository]))))


def _patience() -> Patience:
    return Patience(1.0, sleep=lambda _seconds: None)


def _jira() -> JiraConnector:
    return JiraConnector(
        "fuzzed",
        "https://jira.fuzz.example",
        Access("reader@acme.example", "simulated-token"),
        _patience(),
        scope=Scope((), "created is not empty", None),
        groups=("group:engineers",),
    )


def _github() -> GitHubConnector:
    return GitHubConnector(
        "fuzzed",
        server="https://github.fuzz.example",
        repositories=("acme/web",),
        credentials=Token(TOKEN),
        patience=_patience(),
    )
