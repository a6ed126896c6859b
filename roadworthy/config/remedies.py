"""What would be right, by kind of fault: the validator's own messages are for programmers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from roadworthy.config.measuring import CURRENCY, HOURS
from roadworthy.config.sources import BOARD, NAME, REPOSITORY
from roadworthy.config.variables import VARIABLE

OF_PATTERN: Final[Mapping[str, str]] = MappingProxyType(
    {
        REPOSITORY: "write owner/name, as in acme/web, or owner/* for all of an owner's",
        BOARD: "write owner/number, as in acme/7",
        NAME: "write letters, digits, dots, dashes and underscores alone, as in acme-web",
        VARIABLE: "write the name of a variable: letters, digits and underscores",
        HOURS: "write it as in 09:00-17:00",
        CURRENCY: "write its three capital letters, as in USD",
    }
)
"""How a text is written that must match a pattern."""
_NO_NUMBER: Final = "not a number; write it without quotation marks, as in 0.5"
_NO_TABLE: Final = (
    'not a table; write it below a heading of its own, or in braces, as in {{ name = "value" }}'
)
_OF_TYPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "datetime_type": "not an instant; write day, time and zone without quotation marks, as in "
        "2025-01-01T00:00:00Z",
        "timezone_aware": "without a zone; write it behind the time, as in 2025-01-01T00:00:00Z",
        "date_type": "not a day; write it without quotation marks and without a time, as in "
        "2025-07-01",
        "list_type": 'not a list; write it in brackets, as in ["one", "two"]',
        "string_type": "not text; write it in quotation marks",
        "int_type": "not a whole number; write it without quotation marks, as in 20",
        "float_type": _NO_NUMBER,
        "float_parsing": _NO_NUMBER,
        "bool_type": "write true or false",
        "finite_number": "not a finite number; write one as in 20000",
        "greater_than": "too small; write more than {gt:.15g}",
        "greater_than_equal": "too small; write {ge:.15g} or more",
        "less_than": "too large; write less than {lt:.15g}",
        "less_than_equal": "too large; write {le:.15g} or less",
        "string_too_long": "too long; write {max_length} characters at most",
        "too_short": "write at least {min_length}",
        "too_long": "too many; write {max_length} at most",
        "dict_type": _NO_TABLE,
        "model_type": _NO_TABLE,
        "model_attributes_type": _NO_TABLE,
    }
)


def remedy(kind: str, context: Mapping[str, Any]) -> str | None:
    """What would be right in the place of a value; None where the validator says it well.

    Args:
        kind: the validator's word for the fault.
        context: what it names besides.
    """
    if kind == "string_pattern_mismatch":
        return OF_PATTERN[context["pattern"]]
    if kind == "literal_error":
        known = context["expected"]
        return "write true, or leave it out" if known == "True" else f"write {known}"
    return _OF_TYPE[kind].format_map(context) if kind in _OF_TYPE else None
