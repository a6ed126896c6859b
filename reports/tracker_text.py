"""Text of a tracker, made fit to be shown.

A title is data of strangers: it may hold control characters, marks that reverse the reading
order, or a megabyte. What is kept is what can be read; markup is left as it is, for the page
escapes it and the charts draw it.
"""

import unicodedata
from urllib.parse import urlsplit

#: Control, format (bidi marks, joiners), lone surrogate, private use, unassigned.
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

#: No more of a text is looked at than this many times its limit.
_LOOK_AHEAD = 8

#: Marks on one letter beyond these climb out of their line.
_MARKS_PER_LETTER = 2


def readable(text: str | None, *, limit: int = 120) -> str:
    """The text on one line, without unreadable characters, cut to `limit` with an ellipsis.

    A text that is missing, or holds nothing readable, becomes empty.
    """
    if not text:
        return ""
    head = text[: limit * _LOOK_AHEAD]
    line = " ".join(_without_piled_marks(_readable_characters(head)).split())
    is_whole = len(line) <= limit and len(head) == len(text)
    return line if is_whole else line[: limit - 1].rstrip() + "…"


def safe_address(url: str | None) -> str | None:
    """The address where it is one of the web with a host; nothing else may become a link."""
    if not url or any(character.isspace() or ord(character) < ord(" ") for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None  # not an address at all, such as a half-open bracket
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def _readable_characters(text: str) -> str:
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _UNREADABLE
    )


def _without_piled_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)
