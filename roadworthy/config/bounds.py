"""Limits of values: what no calendar, disk or sum can hold is refused."""

from datetime import date, datetime
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, Field

from roadworthy.years import EARLIEST, LATEST

_When = TypeVar("_When", date, datetime)


def _within_calendars(when: _When) -> _When:
    if not EARLIEST <= when.year <= LATEST:
        message = f"write a year from {EARLIEST} to {LATEST}"
        raise ValueError(message)
    return when


def _possible(path: str) -> str:
    if not path.strip() or "\0" in path:
        message = "no path; write one as in var/reports"
        raise ValueError(message)
    return path


WITHIN_CALENDARS: Final = AfterValidator(_within_calendars)
Day = Annotated[date, WITHIN_CALENDARS]
"""A day with room before and after it."""
Days = Annotated[int, Field(le=3_660)]
"""How many days something takes: ten years at most."""
Count = Annotated[int, Field(le=1_000_000)]
"""How many of something."""
Amount = Annotated[float, Field(ge=0, le=1e12, strict=False)]
"""So much money, in any currency."""
PathText = Annotated[str, AfterValidator(_possible)]
"""A path of a file or folder, from the folder of the configuration."""
