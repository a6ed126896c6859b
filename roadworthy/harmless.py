"""Untrusted text on its way to a terminal, a log or a spreadsheet.

A title may hold an escape that clears the screen or renames the window, or a mark that turns the
reading order round. Nothing is dropped: what would act is shown instead.
"""

import unicodedata

_PICTURES = 0x2400  # U+2400 draws U+0000, U+2401 draws U+0001, and so on
_DELETE, _PICTURE_OF_DELETE = 0x7F, "\u2421"

#: What acts: control, format (bidi marks among them), separators of lines and paragraphs.
ACTING = frozenset({"Cc", "Cf", "Zl", "Zp"})

#: Joiners: emoji and several scripts are wrong without them, and they do nothing else.
_KEPT = "\u200c\u200d"


def harmless(text: str, *, keep: str = "") -> str:
    """The text with every acting character drawn: ESC as ␛, a bidi mark as ⟨U+202E⟩.

    ``keep`` names characters to leave as they are, such as a line end.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _drawn(character) if _acts(character) and character not in keep else character
        for character in text
    )


def _acts(character: str) -> bool:
    return unicodedata.category(character) in ACTING and character not in _KEPT


def _drawn(character: str) -> str:
    code = ord(character)
    if code < ord(" "):
        return chr(_PICTURES + code)
    return _PICTURE_OF_DELETE if code == _DELETE else f"⟨U+{code:04X}⟩"
