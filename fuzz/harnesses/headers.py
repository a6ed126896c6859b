"""What stands beside an answer, and instants wherever they stand: a wait, an instant, or none."""

import math
from datetime import UTC, datetime
from typing import Final

from connectors.answers import Answer, PassingError, RefusedError, retry_after, server_time
from connectors.github.judging import listed, reply, value
from connectors.instants import instant
from connectors.protocol import ConnectorError
from fuzz.choices import Choices

LOOKS_AT: Final = (
    "connectors.answers",
    "connectors.instants",
    "connectors.github.judging",
    "email",
)

_NAMES: Final = ("retry-after", "date", "x-ratelimit-reset", "x-ratelimit-remaining", "link")
_STATUSES: Final = (200, 403, 429, 503, 404, 500, 301)
_DATES: Final = (
    b"\x00\x1eWed, 21 Oct 2026 07:28:00 GMT ",
    b"\x00\x03120\x01\x1dFri, 27 Nov 2026 08:00:00 GMT",
    b"\x00\x1dFri, 31 Dec 9999 23:59:59 GMT\x01\x1dMon, 01 Jan 0001 00:00:00 GMT",
    b'\x00\x00\x01\x00\x02\x0a1790000000\x03\x010\x04\x24<https://a/?page=2>; rel="next", page=3',
    b"\x00\x1cSun, 06 Nov 94 08:49:37 -9999",
    b"\x00\x092026-11-27T08:00:00.123456+0530",
)


def seeds() -> tuple[bytes, ...]:
    """Waits as numbers and dates, limits, and instants."""
    return tuple(bytes([status]) + date for status in (0, 1) for date in _DATES)


def one(data: bytes) -> None:
    """Judge an answer, and read each of its headers as an instant."""
    choices = Choices(data)
    status = choices.one_of(_STATUSES)
    headers: dict[str, str] = {}
    while not choices.is_spent and len(headers) < len(_NAMES):
        headers[choices.one_of(_NAMES)] = choices.text(60)
    answer = Answer(status, headers, choices.rest().decode("utf-8", "surrogateescape"))
    wait = retry_after(answer)
    assert wait is None or (math.isfinite(wait) and wait >= 0)
    assert server_time(answer).tzinfo is not None
    for read in (reply, value, listed):
        try:
            read(answer, "fuzzed")
        except PassingError as error:
            assert error.wait is None or (math.isfinite(error.wait) and error.wait >= 0)
        except (RefusedError, ConnectorError) as error:
            assert str(error).startswith("fuzzed")
    for text in headers.values():
        _judge_instant(text)


def _judge_instant(text: str) -> None:
    at = instant(text)
    assert at is None or isinstance(at, datetime)
    if at is not None:
        assert at.tzinfo is UTC
        assert instant(at.isoformat()) == at
