"""The words of the cases: instants, items, changes, and how a fact reads in a table."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from tests.pipelines.case_files import CaseError

Sign: TypeAlias = Literal["=", "+", "-"]
EMPTY = "-"


@dataclass(frozen=True)
class Change:
    """One field of one item takes a value, or gains or loses a member."""

    field: str
    sign: Sign
    value: str | None


_CHANGE = re.compile(r"(?P<field>[^=+]+?) (?P<sign>[=+-]) (?P<value>.+)")
_RANGE = re.compile(r"(?P<prefix>.+-)(?P<first>\d+)\.\.(?P=prefix)(?P<last>\d+)")
_INSTANT = re.compile(
    r"(?P<local>\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?)(?P<offset> [+-]\d{2}:\d{2})?"
)


def instant(text: str, zone: ZoneInfo) -> datetime:
    """An instant in local words; one the clocks show twice or never needs its offset."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise CaseError(f"'{text}' is no instant; write 2025-03-03 09:00")
    if found["offset"]:
        return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "")).astimezone(UTC)
    local = datetime.fromisoformat(found["local"]).replace(tzinfo=zone)
    readings = {local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    if len(readings) > 1:
        raise CaseError(
            f"'{text}' is shown twice or never on that day; add the offset, as in +02:00"
        )
    return readings.pop()


def items_of(text: str) -> list[str]:
    """One item or a range of them: ``PAY-1..PAY-20``."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return [text]
    span = range(int(found["first"]), int(found["last"]) + 1)
    return [f"{found['prefix']}{number}" for number in span]


def changes_of(text: str) -> list[Change]:
    """The changes of one click, separated by semicolons."""
    return [_change(part.strip()) for part in text.split(";")]


def _change(text: str) -> Change:
    found = _CHANGE.fullmatch(text)
    if found is None:
        raise CaseError(
            f"'{text}' is no change; write field = value, field + member, field - member"
        )
    value = found["value"]
    plain = value[1:-1] if value[0] == value[-1] == '"' and len(value) > 1 else value
    sign: Sign = "=" if found["sign"] == "=" else "+" if found["sign"] == "+" else "-"
    return Change(found["field"], sign, None if value == EMPTY else plain)


def in_words(value: object, zone: ZoneInfo) -> str:
    """A fact as a table of expectations writes it."""
    match value:
        case None:
            words = EMPTY
        case bool():
            words = "yes" if value else "no"
        case datetime():
            words = _local(value, zone)
        case int() | float():
            words = f"{value:.3f}".rstrip("0").rstrip(".")
        case list():
            words = ", ".join(map(str, value)) or "none"
        case _:
            words = str(value)
    return words


def _local(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    other = local.replace(fold=1 - local.fold)
    if other.utcoffset() == local.utcoffset():
        return text
    offset = f"{local:%z}"
    return f"{text} {offset[:3]}:{offset[3:]}"
