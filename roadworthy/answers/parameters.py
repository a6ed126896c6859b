"""What the parameters of the ready-made questions mean: one name has one meaning everywhere."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

PARAMETERS: Mapping[str, str] = MappingProxyType(
    {
        "scope": "whose: organisation, or as in team:PAY, item_type:Story, release:2.0 "
        "(a group of too few people has none, and not every table has types and releases)",
        "team": "one team; * for all",
        "channel": "how it is asked for: as decisions.channel says; * for any",
        "kind": "release, sprint or epic; * for all",
        "metric": "as in weekly_metrics; * for all where the question can have all",
        "rows": "so many at most",
        "bots": "yes lists what bots opened, too",
        "starts_on": "the first day of the change, as in 2026-01-01",
        "washout_days": "days after it in which neither the old nor the new state holds",
        "severity": "error, warning or info: that and worse",
    }
)

_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "channel": ("*", "stage", "flag", "review", "approval"),
        "kind": ("*", "release", "sprint", "epic"),
        "bots": ("yes", "no"),
        "severity": ("error", "warning", "info"),
    }
)
_WHOLE_NUMBERS = frozenset(("rows", "washout_days"))
_DAYS = frozenset(("starts_on",))


def mistake(parameter: str, value: str) -> str | None:
    """What should have been given instead; None where the value can be one of the parameter.

    Whether there is such a scope, team or metric hangs on the data, and is asked of the answer.
    """
    if value not in (choices := _CHOICES.get(parameter, (value,))):
        return f"it is one of {', '.join(choices)}"
    if parameter in _WHOLE_NUMBERS and not (value.isascii() and value.isdecimal()):
        return "it is a whole number"
    if parameter in _DAYS and not _is_day(value):
        return "it is a day, as in 2026-01-01"
    return None


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
