"""The known name that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def near(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """The question whether the name most like it was meant, and what to do otherwise."""
    by_folded = {one.casefold(): one for one in known}
    found = get_close_matches(name.casefold(), by_folded, n=1)
    guess = f"did you mean '{by_folded[found[0]]}'? Otherwise " if found else ""
    return f"{guess}{otherwise}"
