"""Instants as the trackers write them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Narrower than the standard library, so that what is accepted here SQL can cast as well, and nobody
# can date a thing where no calendar goes: of 1900 to 2999.
_WITH_OFFSET: Final = re.compile(
    r"(19|2\d)\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)", re.ASCII
)
# From 1973 to 2286, and from 2001 to 2286.
_MILLISECONDS: Final = re.compile(r"\d{12,13}", re.ASCII)
_SECONDS: Final = re.compile(r"\d{10}", re.ASCII)


def instant(value: object) -> datetime | None:
    """The instant in UTC, or None where the value is none.

    Text must carry an offset (``Z``, ``+00:00`` or ``+0000``), for without one it names no instant,
    and be of 1900 to 2999;
    a whole number is milliseconds since 1970 or, in ten digits, seconds, be it written as a number
    or as text.
    """
    try:
        match value:
            case str() if _WITH_OFFSET.fullmatch(value):
                return datetime.fromisoformat(value).astimezone(UTC)
            case str() if _MILLISECONDS.fullmatch(value):
                return _EPOCH + timedelta(milliseconds=int(value))
            case str() if _SECONDS.fullmatch(value):
                return _EPOCH + timedelta(seconds=int(value))
            case int() if not isinstance(value, bool):
                return instant(str(value))
            case _:
                return None
    except (ValueError, OverflowError):  # the 31st of April, the year 10000
        return None
