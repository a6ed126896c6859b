"""How Jira words its answers: lists in pages, and refusals."""

import json
from collections.abc import Sequence
from typing import Any

from werkzeug import Request, Response

Json = dict[str, Any]
NOT_SEEN = "Issue does not exist or you do not have permission to see it."


class RefusalError(Exception):
    """A request that Jira refuses, with its words.

    Attributes:
        status: the HTTP status.
        messages: for whoever asked.
    """

    def __init__(self, status: int, *messages: str) -> None:
        """Take status and words."""
        super().__init__(*messages)
        self.status = status
        self.messages = messages


def answer(payload: object, status: int = 200) -> Response:
    """An answer in JSON."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, content_type="application/json;charset=UTF-8")


def refusal(error: RefusalError) -> Response:
    """The answer to a request that is refused."""
    return answer({"errorMessages": list(error.messages), "errors": {}}, error.status)


def number(request: Request, name: str, default: int) -> int:
    """A whole number among the parameters of a GET.

    Raises:
        RefusalError: it is none.
    """
    return whole(request.args.get(name), name, default)


def whole(value: object, name: str, default: int) -> int:
    """A whole number from 0 on that was asked for, as text or as it is.

    Raises:
        RefusalError: it is none.
    """
    if value is None:
        return default
    try:
        return max(int(str(value)), 0)
    except ValueError:
        raise RefusalError(400, f"The value '{value}' for '{name}' is not a number.") from None


def paged(request: Request, rows: Sequence[object], cap: int = 50) -> Json:
    """The page of a list that a request asks for, in the form that most of Jira's lists have."""
    start = number(request, "startAt", 0)
    size = min(number(request, "maxResults", cap) or cap, cap)
    return {
        "maxResults": size,
        "startAt": start,
        "total": len(rows),
        "isLast": start + size >= len(rows),
        "values": list(rows[start : start + size]),
    }


def said(request: Request) -> Json:
    """The members of a POST.

    Raises:
        RefusalError: the body is no JSON object.
    """
    try:
        body = json.loads(request.get_data())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise RefusalError(400, "Invalid request payload. Refer to the REST API documentation.")
    return body
