"""The time zone of this machine, by the name that everybody knows."""

import os
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_UTC: Final = frozenset({"Etc/UTC", "Etc/UCT", "Zulu", "UCT"})
_LINK: Final = Path("/etc/localtime")


def machine_zone(link: Path = _LINK) -> str:
    """The zone that TZ names or the system's link leads to; UTC where neither says."""
    told = os.environ.get("TZ", "").removeprefix(":") or _linked(link)
    return told if is_zone(told) and told not in _UTC else "UTC"


def is_zone(name: str) -> bool:
    """Whether there is a zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def _linked(link: Path) -> str:
    return str(link.resolve()).partition("zoneinfo/")[2]
