"""A payload as a tracker sends it, spoilt in a few places: what strangers, proxies and age do."""

import copy
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from fuzz.choices import Choices

#: The most places of a payload that are spoilt at once.
_MOST: Final = 6
_DEEP: Final = 60

NUMBERS: Final = (0, -1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 10**30, -(10**30), 0.1, 1e308, -0.0)
INSTANTS: Final = (
    *("9" * digits for digits in (9, 10, 12, 13, 15, 16, 17, 18, 19, 20)),
    *(f"-{'9' * digits}" for digits in (11, 15, 17, 18)),
    *("infinity", "-infinity", "epoch", "now", "today", "24:00", "0000-00-00"),
    *("0001-01-01T00:00:00Z", "0000-12-31T00:00:00Z", "9999-12-31T23:59:59.999999Z"),
    *("9999-12-31", "0001-01-01", "99999-01-01", "290309-12-22 (BC) 00:00:00", "2024-02-30"),
    *("2024-01-01T00:00:00+99:99", "2024-01-01T24:00:00Z", "2024-01-01T00:00:60Z"),
    *("1970-01-01T00:00:00Z", "2286-11-20T17:46:40Z", "294247-01-10T04:00:54.775806Z"),
    *("2024-03-31T02:30:00 Europe/Berlin", "2024-01-01", "\u0660\u0661"),
)
TEXTS: Final = (
    *("", " ", "\x00", "a\x00b", "\x1b[2J", "\u202e", "\ufeff", "\ud83d", "\ud800\udc00", "\uffff"),
    *("null", "true", "[]", "{}", "[", '"', "'", "''", "\\", "$", "$.", "%", "_", "*", "?", "--"),
    *("=1+1", "@x", "</script>", "{{7*7}}", "../../etc/passwd", "javascript:1", "jira:acme:1"),
    *(
        "\u0130",
        "\u00df",
        "\ufb01",
        "\U0001f468\u200d",
        "\u0301" * 40,
        "a" * 5000,
        ",",
        "1,2",
        ", ",
    ),
)
SHAPES: Final[tuple[Any, ...]] = (
    *([], {}, [None], [[]], [{}]),
    *({"": None}, {"id": None}, {"name": {}}, [1, "a", {}]),
)
ANYTHING: Final = (None, True, False, *NUMBERS, *INSTANTS, *TEXTS, *SHAPES)


def spoilt(payload: Any, choices: Choices) -> Any:
    """A copy of the payload with up to six places changed."""
    holder = {"": copy.deepcopy(payload)}
    for _ in range(1 + choices.number(_MOST)):
        parent, name = _place(holder, choices)
        _OPERATIONS[choices.one_of(tuple(_OPERATIONS))](parent, name, choices)
        if "" not in holder:  # the whole of it was removed
            return None
    return holder[""]


def _place(holder: dict[str, Any], choices: Choices) -> tuple[Any, Any]:
    """A member somewhere in the payload, as what holds it and its name or index."""
    parent: Any = holder
    name: Any = ""
    while not choices.is_spent:
        inside = parent[name]
        names = _names(inside)
        # One in eight stops on the way: most of what there is lies deep.
        if not names or choices.number(8) == 0:
            break
        parent, name = inside, choices.one_of(names)
    return parent, name


def _names(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value)
    return list(range(len(value))) if isinstance(value, list) else []


def _replace(parent: Any, name: Any, choices: Choices) -> None:
    parent[name] = copy.deepcopy(choices.one_of(ANYTHING))


def _write(parent: Any, name: Any, choices: Choices) -> None:
    parent[name] = choices.text()


def _splice(parent: Any, name: Any, choices: Choices) -> None:
    text = parent[name] if isinstance(parent[name], str) else str(parent[name])
    at = choices.number(len(text) + 1)
    parent[name] = text[:at] + choices.one_of(TEXTS) + text[at + choices.number(3) :]


def _remove(parent: Any, name: Any, _choices: Choices) -> None:
    del parent[name]


def _repeat(parent: Any, name: Any, choices: Choices) -> None:
    if isinstance(parent, list):
        parent.insert(choices.number(len(parent) + 1), copy.deepcopy(parent[name]))
    else:
        parent[f"{name}{choices.text(3)}"] = copy.deepcopy(parent[name])


def _wrap(parent: Any, name: Any, choices: Choices) -> None:
    wrapped = parent[name]
    for _ in range(choices.one_of((1, 2, _DEEP))):
        wrapped = [wrapped]
    parent[name] = choices.one_of((wrapped, {"values": wrapped}, str(parent[name])))


_OPERATIONS: Final[Mapping[str, Callable[[Any, Any, Choices], None]]] = MappingProxyType(
    {
        "replace": _replace,
        "write": _write,
        "splice": _splice,
        "remove": _remove,
        "repeat": _repeat,
        "wrap": _wrap,
    }
)
