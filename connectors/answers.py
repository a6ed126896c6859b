"""What came back for a request, and whether it is an answer at all.

Messages are our own words: an answer's headers and texts may hold what nobody should read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from connectors.decoding import UnusableError, decode
from connectors.protocol import ConnectorError

_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 530)})
_SECONDS: Final = re.compile(r"-?\d{1,9}(\.\d+)?", re.ASCII)
_OVERLOADED: Final = frozenset({502, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    text: str


class PassingError(Exception):
    """Trouble that passes; it never leaves this policy.

    Attributes:
        reason: what it was, as the middle of a sentence.
        wait: seconds the tracker asked to wait; None where it did not say.
        is_overload: whether the request may have asked for too much at once.
    """

    def __init__(
        self, reason: str, wait: float | None = None, *, is_overload: bool = False
    ) -> None:
        """Take the reason, and what is known of it."""
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.is_overload = is_overload


class RefusedError(ConnectorError):
    """The tracker answered no, and would again.

    Attributes:
        status: the HTTP status of the answer.
        said: what the tracker gave as its reason, for a decision and not for a reader.
    """

    def __init__(self, message: str, status: int, said: str = "") -> None:
        """Take the sentence, and what it rests on."""
        super().__init__(message)
        self.status = status
        self.said = said


def refuse_passing(answer: Answer) -> None:
    """Raise where the answer is one of those that another try may better."""
    if answer.status in _PASSING:
        raise PassingError(
            f"the tracker answered {answer.status}",
            retry_after(answer),
            is_overload=answer.status in _OVERLOADED,
        )


def decoded(answer: Answer) -> object:
    """The JSON of an answer that should be some; one that is none broke off on its way."""
    try:
        return decode(answer.text)
    except UnusableError as error:
        if answer.text.lstrip().startswith("<"):
            raise PassingError(
                "the tracker answered with a page for people (to sign in, of a proxy, or because "
                "of maintenance)"
            ) from error
        raise PassingError(f"an answer was no whole JSON ({error})") from error


def retry_after(answer: Answer) -> float | None:
    """Seconds that the answer asks to wait, be it as a number or as a date (RFC 9110, 10.2.3)."""
    asked = answer.headers.get("retry-after", "").strip()
    if not asked:
        return None
    return max(float(asked), 0.0) if _SECONDS.fullmatch(asked) else _until(asked, answer)


def _until(date: str, answer: Answer) -> float | None:
    """The same for a date, by the clock of the server that set it where it tells the time."""
    at = _instant(date)
    return None if at is None else max((at - server_time(answer)).total_seconds(), 0.0)


def server_time(answer: Answer) -> datetime:
    """What time it is for the server; for us, where it does not say."""
    return _instant(answer.headers.get("date", "")) or datetime.now(UTC)


def _instant(date: str) -> datetime | None:
    """An instant as HTTP writes it; one without a zone is meant in UTC."""
    try:
        at = parsedate_to_datetime(date)
    except (ValueError, OverflowError):  # no date, or one with more digits than fit
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
