"""What goes wrong between a site and its client, and when.

A fault is a function of a request and of how it would be answered, so that it can refuse, spoil a
good answer, or do something and then let the answer be given. A plan says to which requests it
happens; where several plans meet in one request, the earlier one surrounds the later.
"""

import json
import os
import re
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, Self, TypeAlias

from werkzeug import Request, Response
from werkzeug.http import http_date

Answer: TypeAlias = Callable[[Request], Response]
Fault: TypeAlias = Callable[[Request, Answer], Response]

CLOSING = "roadworthy.closing"
"""Where a request's environment holds the event that the server is to end."""


class BrokenOffError(Exception):
    """The connection is gone, and with it the answer."""


@dataclass(frozen=True)
class Planned:
    """A fault, and the requests to which it happens."""

    match: Callable[[Request], bool] | str
    """Which requests: a test, or a regular expression that the path contains."""
    nth: frozenset[int] | None
    """Which of the matching requests, from 1; None: every one."""
    fault: Fault

    def matches(self, request: Request) -> bool:
        """Whether the plan counts this request."""
        if isinstance(self.match, str):
            return re.search(self.match, request.path) is not None
        return self.match(request)


class Faults:
    """All that is planned to go wrong."""

    def __init__(self, *planned: Planned) -> None:
        """Take the plans, the outermost first."""
        self.planned = planned
        self.fired = 0
        """How many faults have happened so far."""
        self._seen = [0] * len(planned)
        self._lock = threading.Lock()

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Answer a request, with what is planned for it."""
        for fault in reversed(self._due(request)):
            answer = _behind(fault, answer)
        return answer(request)

    def _due(self, request: Request) -> list[Fault]:
        due: list[Fault] = []
        with self._lock:
            for place, plan in enumerate(self.planned):
                if plan.matches(request):
                    self._seen[place] += 1
                    if plan.nth is None or self._seen[place] in plan.nth:
                        due.append(plan.fault)
            self.fired += len(due)
        return due


def _behind(fault: Fault, answer: Answer) -> Answer:
    return lambda request: fault(request, answer)


@dataclass(frozen=True)
class Status:
    """Another status than the good one, for example 429, 503, or GitHub's 403 of a limit."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    retry_after: int | timedelta | None = None
    """Seconds; a timedelta is told as the date at which it will have passed."""

    def __call__(self, request: Request, answer: Answer) -> Response:  # noqa: ARG002 - a Fault
        """Refuse."""
        content_type = "application/json" if self.body[:1] in ("{", "[") else "text/plain"
        response = Response(self.body, self.status, self.headers, content_type=content_type)
        now = datetime.now(UTC)
        response.headers["Date"] = http_date(now)
        if isinstance(self.retry_after, timedelta):
            response.headers["Retry-After"] = http_date(now + self.retry_after)
        elif self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return response


@dataclass(frozen=True)
class Reset:
    """The connection is reset before any byte of an answer."""

    def __call__(self, request: Request, answer: Answer) -> Response:  # noqa: ARG002 - a Fault
        """Break the line: closed without lingering, which sends RST where FIN would be polite."""
        connection = request.environ["werkzeug.socket"]
        connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        os.close(connection.detach())
        raise BrokenOffError


@dataclass(frozen=True)
class Truncated:
    """The body breaks off before the length that was announced for it."""

    share: float = 0.5
    """How much of the body comes."""

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Send the beginning, and close."""
        response, body = _whole(request, answer)
        response.set_data(_beginning(body, self.share))
        response.headers["Content-Length"] = str(len(body) + 1)
        return response


@dataclass(frozen=True)
class CutJson:
    """HTTP that is complete around JSON that breaks off, as behind a proxy that gave up."""

    share: float = 0.5

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Send the beginning as if it were all."""
        response, body = _whole(request, answer)
        response.set_data(_beginning(body, self.share))
        return response


@dataclass(frozen=True)
class Maintenance:
    """A page for people where a program expects JSON, with a status that says that all is well."""

    status: int = 200

    def __call__(self, request: Request, answer: Answer) -> Response:  # noqa: ARG002 - a Fault
        """Show the page."""
        page = "<!DOCTYPE html><html><title>Maintenance</title><h1>Back in a moment</h1></html>"
        return Response(page, self.status, content_type="text/html; charset=UTF-8")


@dataclass(frozen=True)
class Stall:
    """Nothing comes for a while, and then the good answer; a server that ends does not wait."""

    seconds: float

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Wait, then answer."""
        request.environ[CLOSING].wait(self.seconds)
        return answer(request)


@dataclass(frozen=True)
class Act:
    """Something happens in the site just before the answer, and the answer is good."""

    act: Callable[[], object]

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Act, then answer."""
        self.act()
        return answer(request)


@dataclass(frozen=True)
class Rewrite:
    """The good answer is tampered with: a token repeated, a page shrunk, a total made up."""

    rewrite: Callable[[Response], Response]

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Answer, changed."""
        return self.rewrite(answer(request))

    @classmethod
    def json(cls, change: Callable[[Any], object]) -> Self:
        """Tamper with what the answer says: ``change`` alters the decoded payload in place."""

        def rewrite(response: Response) -> Response:
            payload = json.loads(response.get_data())
            change(payload)
            response.set_data(json.dumps(payload))
            return response

        return cls(rewrite)


def _whole(request: Request, answer: Answer) -> tuple[Response, bytes]:
    response = answer(request)
    return response, response.get_data()


def _beginning(body: bytes, share: float) -> bytes:
    return body[: int(len(body) * share)]
