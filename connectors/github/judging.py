"""What GitHub's answers mean: a value, trouble that passes, or a no in our own words.

GitHub says much at status 200 (a limit, an overload, a thing that is not there) and says "wait"
with three different statuses and headers; here all of it becomes one of a few exceptions.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from connectors.answers import (
    Answer,
    PassingError,
    RefusedError,
    decoded,
    refuse_passing,
    retry_after,
    server_time,
)
from connectors.decoding import UnusableError, decode
from connectors.github.refusals import LostPlaceError, MissingScopeError, UnknownMemberError

SECONDARY_WAIT: Final = 60.0
"""Seconds that GitHub wants to be left alone after a secondary limit that names no time."""

OTHER_SHAPE: Final = "an answer had another shape than was asked for"

_LIMITS: Final = frozenset({"RATE_LIMITED", "RATE_LIMIT"})
_HIDDEN: Final = frozenset({"FORBIDDEN", "NOT_FOUND", "INSUFFICIENT_SCOPES"})
_TOO_MUCH: Final = frozenset({"MAX_NODE_LIMIT_EXCEEDED", "RESOURCE_LIMITS_EXCEEDED", "TIMEOUT"})
_UNKNOWN_PLACE: Final = "INVALID_CURSOR_ARGUMENTS"
_UNKNOWN_MEMBER: Final = re.compile(
    r"doesn't exist on type|No such type|isn't a defined|doesn't accept argument"
    r"|Cannot query field|Unknown (type|argument)|does not exist in '\w+' enum"
)
_SCOPES: Final = re.compile(r"following scopes: \[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of an answer that GraphQL gave nevertheless."""

    kind: str
    path: tuple[str | int, ...]
    said: str
    """GitHub's words, for a decision and not for a reader."""

    @property
    def is_of_access(self) -> bool:
        """Whether asking again would bring the same: it is not there, or not for us."""
        return self.kind in _HIDDEN


@dataclass(frozen=True, slots=True)
class Reply:
    """What GraphQL answered, whole or in part."""

    data: Mapping[str, Any]
    faults: tuple[Fault, ...]
    at: datetime
    """What time it was for the server."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a REST list."""

    items: tuple[Any, ...]
    has_next: bool
    last: int | None
    """Number of the last page, where the answer names it."""
    at: datetime


def reply(answer: Answer, where: str) -> Reply:
    """The reply of GraphQL.

    Raises:
        PassingError: a limit, an overload, or something that was no reply.
        UnknownMemberError: the schema of the server is older than the question.
        MissingScopeError: the token may not ask this question.
        LostPlaceError: the token of a page is none.
        RefusedError: no, for another reason.
    """
    _refuse(answer, where)
    body = decoded(answer)
    if not isinstance(body, dict) or not {"data", "errors"} & body.keys():
        raise PassingError("an answer was no reply of GraphQL")
    faults = _faults(body.get("errors"))
    if any(_is_limit(fault) for fault in faults):
        raise PassingError("the rate limit is reached", _until_reset(answer))
    if any(fault.kind == _UNKNOWN_PLACE for fault in faults):
        raise LostPlaceError(where)
    data = body.get("data")
    if not isinstance(data, dict):
        raise _failure(faults, where)
    return Reply(data, faults, server_time(answer))


def value(answer: Answer, where: str) -> tuple[object, datetime]:
    """The JSON of a REST answer, and the server's time.

    Raises:
        PassingError, RefusedError: as for ``reply``.
    """
    _refuse(answer, where)
    return decoded(answer), server_time(answer)


def headers(answer: Answer, where: str) -> Mapping[str, str]:
    """What stands beside a REST answer."""
    value(answer, where)
    return answer.headers


def listed(answer: Answer, where: str) -> Listed:
    """One page of a REST list of objects; what is none broke off or was not GitHub's."""
    items, at = value(answer, where)
    if not isinstance(items, list) or not all(isinstance(one, Mapping) for one in items):
        raise PassingError("an answer was no list of objects")
    links = answer.headers.get("link", "")
    last = re.search(r'[?&]page=(\d+)[^>]*>;\s*rel="last"', links)
    return Listed(tuple(items), 'rel="next"' in links, int(last[1]) if last else None, at)


def _refuse(answer: Answer, where: str) -> None:
    if answer.status in {403, 429}:
        _refuse_limit(answer)
    refuse_passing(answer)
    if answer.status not in {200, 201}:
        raise RefusedError(f"{where}: {_in_words(answer)}", answer.status, _said(answer))


def _refuse_limit(answer: Answer) -> None:
    if (wait := retry_after(answer)) is not None:
        raise PassingError("the rate limit is reached", wait)
    if answer.headers.get("x-ratelimit-remaining", "").strip() == "0":
        raise PassingError("the rate limit is reached", _until_reset(answer))
    if "secondary rate limit" in _said(answer).lower():
        raise PassingError("a secondary rate limit is reached", SECONDARY_WAIT)


def _until_reset(answer: Answer) -> float:
    """Seconds until the hour's allowance is renewed, by the clock of the server."""
    spent = answer.headers.get("x-ratelimit-remaining", "0").strip() in {"", "0"}
    try:
        reset = datetime.fromtimestamp(float(answer.headers["x-ratelimit-reset"]), UTC)
    except (KeyError, ValueError, OverflowError):
        return retry_after(answer) or SECONDARY_WAIT
    return max((reset - server_time(answer)).total_seconds(), 0.0) + 1 if spent else SECONDARY_WAIT


def _in_words(answer: Answer) -> str:
    match answer.status:
        case 401:
            return (
                "GitHub refused the credentials (401); see that they are right, have not "
                "expired, and belong to this server"
            )
        case 403:
            return (
                "not allowed (403); see what the token or the App may read, and to single sign-on"
            )
        case 404 | 410 if _is_of_github(answer):
            return f"not found ({answer.status}), or not visible to this account"
        case status if status < HTTPStatus.BAD_REQUEST or not _is_of_github(answer):
            return (
                f"the answer ({status}) is not one of GitHub's interface; see to the address, "
                "which for an Enterprise server ends in /api/v3"
            )
        case status:
            return f"GitHub answered {status}, which another try will not better"


def _is_of_github(answer: Answer) -> bool:
    return bool(_said(answer))


def _said(answer: Answer) -> str:
    try:
        body = decode(answer.text)
    except UnusableError:
        return ""
    message = body.get("message") if isinstance(body, dict) else None
    return message if isinstance(message, str) else ""


def _faults(errors: object) -> tuple[Fault, ...]:
    listed_ones: Sequence[object] = errors if isinstance(errors, list) else ()
    return tuple(_fault(one) for one in listed_ones if isinstance(one, dict))


def _fault(error: Mapping[str, Any]) -> Fault:
    extensions = error.get("extensions")
    code = extensions.get("code") if isinstance(extensions, Mapping) else None
    path = error.get("path")
    return Fault(
        kind=str(error.get("type") or code or ""),
        path=tuple(path) if isinstance(path, list) else (),
        said=str(error.get("message", "")),
    )


def _is_limit(fault: Fault) -> bool:
    return fault.kind in _LIMITS or "secondary rate limit" in fault.said.lower()


def _failure(faults: Sequence[Fault], where: str) -> Exception:
    """What it means that nothing came at all."""
    for fault in faults:
        if fault.kind == "INSUFFICIENT_SCOPES":
            scopes = _scopes(faults)
            return MissingScopeError(
                f"{where}: the token lacks a scope ({' or '.join(sorted(scopes))})", scopes
            )
        if fault.kind.startswith("undefined") or _UNKNOWN_MEMBER.search(fault.said):
            return UnknownMemberError(f"{where}: the server's schema is too old for the question")
        if fault.kind in _HIDDEN:
            return RefusedError(f"{where}: not found, or not visible to this account", 403)
    is_too_much = any(one.kind in _TOO_MUCH or "timeout" in one.said for one in faults)
    return PassingError(
        "the question was too much for the tracker" if is_too_much else "GraphQL failed",
        is_overload=is_too_much,
    )


def _scopes(faults: Sequence[Fault]) -> frozenset[str]:
    found = [match[1] for fault in faults if (match := _SCOPES.search(fault.said))]
    return frozenset(re.findall(r"[a-z_]+:?[a-z_]*", " ".join(found)))
