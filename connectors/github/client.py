"""One line to GitHub, through PyGithub: authenticated, patient, and silent."""

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar

import jwt
import requests
from github import Auth, Github

from connectors.answers import Answer, PassingError, server_time
from connectors.github.credentials import App, Credentials, Token
from connectors.github.judging import Listed, Reply, headers, listed, reply, value
from connectors.instants import instant
from connectors.protocol import ConnectorError
from connectors.trouble import Patience

Value = TypeVar("Value")

ANSWERED_WITHIN: Final = 60
"""Seconds without a byte after which the line counts as broken."""
_RENEWED_BEFORE: Final = 300.0
# Without the preview, an Enterprise server of some years ago keeps its timelines to itself.
_ACCEPT: Final = "application/vnd.github+json, application/vnd.github.mockingbird-preview+json"

# Whoever switches on the messages of all libraries would print questions and answers.
_LIBRARY_LOG: Final = logging.getLogger("github")
_LIBRARY_LOG.addHandler(logging.NullHandler())
_LIBRARY_LOG.propagate = False


@dataclass(slots=True)
class Client:
    """Asks one question after the other; the first opens the line."""

    source: str
    """The source's name, with which every sentence begins."""
    server: str
    credentials: Credentials = field(repr=False)
    patience: Patience
    ca_bundle: Path | None = None
    _line: Github | None = field(default=None, init=False, repr=False)
    _renew_at: float = field(default=math.inf, init=False)

    def query(self, what: str, text: str, variables: Mapping[str, object]) -> Reply:
        """Ask GraphQL, and take the reply as it comes."""
        return self.query_for(what, text, variables, lambda reply: reply)

    def query_for(
        self,
        what: str,
        text: str,
        variables: Mapping[str, object],
        take: Callable[[Reply], Value],
        *,
        can_ask_for_less: bool = False,
    ) -> Value:
        """Ask GraphQL for something.

        Args:
            what: the thing asked for, in a sentence.
            text: the question.
            variables: its variables.
            take: makes the value of the reply; raises PassingError where it is of no use.
            can_ask_for_less: whether an overload is to be told at once.

        Raises:
            TooHeavyError: an overload, where less can be asked for.
            ConnectorError: no, or the patience is at its end.
        """
        line = self._opened()
        body = {"query": text, "variables": dict(variables)}
        send = partial(_send, line, "POST", line.requester.graphql_url, body=body)

        def read(answer: Answer, where: str) -> Value:
            return take(reply(answer, where))

        return self._ask(what, send, read, can_ask_for_less=can_ask_for_less)

    def get(self, what: str, path: str) -> object:
        """Ask REST for one thing."""
        return self._ask(what, partial(_send, self._opened(), "GET", path), value)[0]

    def list(
        self,
        what: str,
        path: str,
        read: Callable[[Answer, str], Listed] = listed,
        /,
        **parameters: str | int,
    ) -> Listed:
        """Ask REST for one page of a list; ``read`` makes it of the answer, or refuses it."""
        send = partial(_send, self._opened(), "GET", path, parameters=parameters)
        return self._ask(what, send, read)

    def headers(self, what: str, path: str) -> Mapping[str, str]:
        """Ask REST for what stands beside an answer; names in lower case."""
        send = partial(_send, self._opened(), "GET", path)
        return self._ask(what, send, headers)

    def close(self) -> None:
        """Let go of the connections; the next question opens them again."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(
        self,
        what: str,
        send: Callable[[], Answer],
        read: Callable[[Answer, str], Value],
        *,
        can_ask_for_less: bool = False,
    ) -> Value:
        where = f"{self.source}: {what}"
        return self.patience.ask(
            where, send, lambda answer: read(answer, where), can_ask_for_less=can_ask_for_less
        )

    def _opened(self) -> Github:
        if self._line is None or time.monotonic() >= self._renew_at:
            self.close()
            self._line = self._connected(Auth.Token(self._token()))
        return self._line

    def _connected(self, auth: Auth.Auth) -> Github:
        return Github(
            auth=auth,
            base_url=self.server.rstrip("/"),
            timeout=math.ceil(self.patience.silence(ANSWERED_WITHIN)),
            retry=None,
            per_page=100,
            # One question at a time stays below GitHub's limits; one that is met is heeded.
            seconds_between_requests=None,
            seconds_between_writes=None,
            verify=str(self.ca_bundle) if self.ca_bundle else True,
            user_agent="roadworthy",
        )

    def _token(self) -> str:
        match self.credentials:
            case Token(text):
                return _sendable(text, self.source)
            case App() as app:
                return self._granted(app)

    def _granted(self, app: App) -> str:
        """The token of the installation, which GitHub grants for an hour.

        Asked for here and not by PyGithub's own ``AppInstallationAuth``, whose request would stand
        outside the policy for trouble.
        """
        with self._connected(_app_auth(app, self.source)) as line:
            path = f"/app/installations/{app.installation}/access_tokens"
            send = partial(_send, line, "POST", path, body={})
            token, seconds = self._ask("the installation of the GitHub App", send, _grant)
        self._renew_at = time.monotonic() + seconds - _RENEWED_BEFORE
        return token


def _sendable(token: str, source: str) -> str:
    """The token, if it can stand in a header: the library's refusal would quote it."""
    if not token.isascii() or not token.isprintable() or " " in token or not token:
        raise ConnectorError(
            f"{source}: the token is empty or holds characters that no token has; see whether it "
            "was copied whole, and nothing with it"
        )
    return token


def _app_auth(app: App, source: str) -> Auth.AppAuth:
    try:
        auth = Auth.AppAuth(app.app_id, app.private_key)
        auth.create_jwt()
    except (jwt.PyJWTError, ValueError, TypeError, AssertionError):
        # Without its cause, which may quote the key.
        raise ConnectorError(
            f"{source}: the private key of the GitHub App is none; "
            "it is the whole text of the .pem file that GitHub made"
        ) from None
    return auth


def _grant(answer: Answer, where: str) -> tuple[str, float]:
    granted, _ = value(answer, where)
    match granted:
        case {"token": str(token), "expires_at": str(text)} if expires_at := instant(text):
            return token, (expires_at - server_time(answer)).total_seconds()
        case _:
            raise PassingError("an answer held no token")


def _send(
    line: Github,
    verb: str,
    path: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
) -> Answer:
    try:
        status, told, text = line.requester.requestJson(
            verb, path, dict(parameters or {}), {"Accept": _ACCEPT}, body
        )
    except RuntimeError:
        # Sent to another server or round in a circle, which PyGithub tells with both addresses.
        return Answer(HTTPStatus.PERMANENT_REDIRECT, {}, "")
    except requests.RequestException:
        raise  # some of these are a ValueError, too
    except (ValueError, OverflowError):
        # PyGithub reads the headers of limits as numbers, which a proxy may have made none.
        raise PassingError("an answer told a rate limit that is no number") from None
    return Answer(status, {name.lower(): str(text_) for name, text_ in told.items()}, text)
