"""What may be shown of a thing that could not be read: short, visible, and nobody's address."""

import re
from typing import Final

LONGEST: Final = 200
"""Characters of an excerpt."""

_LOOKED_AT: Final = 1000  # masked before it is cut, so that no half address stays at the end
_ADDRESS: Final = re.compile(
    r"""[^\s"'<>(),:;=@\\]+(?:@|%40|\\u0040)[^\s"'<>(),;&@\\]*""", re.IGNORECASE
)
_FIRST_STRAY_BYTE: Final = 0xDC80
_LAST_STRAY_BYTE: Final = 0xDCFF


def visible(text: str) -> str:
    r"""Write characters that do not print as escapes, and bytes that are no UTF-8 as ``\xff``."""
    return "".join(
        character if character.isprintable() else _escape(character) for character in text
    )


def excerpt(text: str) -> str:
    """The first characters of what arrived, without e-mail addresses and control characters."""
    return visible(_ADDRESS.sub("(e-mail)", text[:_LOOKED_AT]))[:LONGEST]


def _escape(character: str) -> str:
    code = ord(character)
    if _FIRST_STRAY_BYTE <= code <= _LAST_STRAY_BYTE:
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")
