"""Variables of the environment that hold secrets: the file and the flags name them, no more."""

import re
from collections.abc import Mapping
from typing import Final

VARIABLE: Final = r"^[A-Za-z_][A-Za-z0-9_]*$"
"""What may be the name of one."""
PUT_IT_THERE: Final = "put the secret there, for this program alone to read"
"""What to do about one that is not set."""
_BEGINNING: Final = re.compile(r"gh[a-z]_|github_pat_|ATATT")
"""How tokens begin that would pass for the name of a variable."""
_HEXADECIMAL: Final = re.compile(r"[0-9a-f]{32,}")
_LONG: Final = 20
_ALPHABETS: Final = ("[a-z]", "[A-Z]", "[0-9]")


def secret(variable: str, environment: Mapping[str, str]) -> str | None:
    """What a variable holds; None where it is not set, or blank."""
    return environment.get(variable, "").strip() or None


def not_set(variable: str) -> str:
    """Say that a variable is not set."""
    return f"the environment variable {variable} is not set"


def no_token(variable: str) -> str:
    """Say that what a variable holds cannot go into a header."""
    told = "no token: there is a line break, a blank or an unusual character in it"
    return f"what the environment variable {variable} holds is {told}"


def is_for_a_header(value: str) -> bool:
    """Whether a secret is one line of plain characters, as a header wants it."""
    return value.isascii() and value.isprintable() and " " not in value


def may_be_secret(text: str) -> bool:
    """Whether a text looks like a secret where the name of a variable belongs.

    Tokens of Data Centers and of old are nothing but letters and digits, as names may be too.
    """
    if _BEGINNING.match(text) or _HEXADECIMAL.fullmatch(text):
        return True
    return len(text) >= _LONG and all(re.search(one, text) for one in _ALPHABETS)
