"""The text of a whole file in, the texts of the documents in it out, one by one.

Each document is cut out before it is decoded, so that one which cannot be decoded costs itself
alone, and a file that breaks off costs nothing of what stands before the break.
"""

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from connectors.decoding import fault_of

PAGE_LISTS: Final = frozenset({"issues", "items", "values"})
"""Members in which a tracker's page of results carries its documents."""

_BLANK: Final = re.compile(r"[ \t\r\n]*")
# Only finds where a value ends, so numbers of any form may pass; decoding judges them.
_DECODER: Final = json.JSONDecoder(parse_constant=str, parse_float=str, parse_int=str)


class BrokenTextError(ValueError):
    """The text is no JSON from a character on, so that nothing after it can be told apart."""

    def __init__(self, fault: str, at: int) -> None:
        """Take the reason, and the character from which on it holds."""
        super().__init__(fault)
        self.fault = fault
        self.at = at


@dataclass(frozen=True, slots=True)
class Slice:
    """The text of one document."""

    text: str
    is_item: bool
    """Whether it stood in a list."""


_Slices: TypeAlias = Generator[Slice, None, int]
"""Yields documents and returns where the text goes on."""


def slices(text: str) -> Iterator[Slice]:
    """Yield the documents of a value, an array or a page, or of several after one another.

    Raises:
        BrokenTextError: no JSON from here on; what was yielded stands.
    """
    at = _skip(text, 0)
    while at < len(text):
        at = _skip(text, (yield from _value(text, at)))


def _value(text: str, at: int) -> _Slices:
    if text[at] == "[":
        return (yield from _array(text, at))
    opening = _page_list(text, at)
    if opening is None:
        end = _end(text, at)
        yield Slice(text[at:end], is_item=False)
        return end
    return _rest_of_page(text, (yield from _array(text, opening)))


def _array(text: str, at: int) -> _Slices:
    at = _skip(text, at + 1)
    if text.startswith("]", at):
        return at + 1
    while True:
        end = _end(text, at)
        yield Slice(text[at:end], is_item=True)
        at = _skip(text, end)
        if text.startswith("]", at):
            return at + 1
        at = _after(text, at, ",")


def _page_list(text: str, at: int) -> int | None:
    """Where the list of a page opens; None where the value is no page, or breaks before it.

    No issue, pull request, version, field or status has a member of such a name at its top.
    """
    try:
        at = _after(text, at, "{")
        while True:
            end = _end(text, at)
            value = _after(text, end, ":")
            if text[at + 1 : end - 1] in PAGE_LISTS and text.startswith("[", value):
                return value
            at = _after(text, _end(text, value), ",")
    except BrokenTextError:
        return None  # whoever decodes the value whole will say what is wrong with it


def _rest_of_page(text: str, at: int) -> int:
    at = _skip(text, at)
    while not text.startswith("}", at):
        value = _after(text, _end(text, _after(text, at, ",")), ":")
        at = _skip(text, _end(text, value))
    return at + 1


def _end(text: str, at: int) -> int:
    try:
        return _DECODER.raw_decode(text, at)[1]
    except (ValueError, RecursionError) as error:
        raise BrokenTextError(fault_of(error), at) from error


def _after(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if not text.startswith(mark, at):
        raise BrokenTextError(f"not JSON at character {at + 1}: '{mark}' is missing", at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at
