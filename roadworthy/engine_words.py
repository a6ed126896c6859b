"""DuckDB's errors about a query, in one sentence for whoever asked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

_KIND = re.compile(r"^[A-Z][A-Za-z ]* Error: ")
#: A value was given that the query does not ask for; told in two ways.
_WITHOUT_PLACE = re.compile(r"Parameter(/argument count| argument/count) mismatch")
_WITHOUT_VALUES = re.compile(
    r"Values were not provided for the following parameters: (?P<names>.+)"
)
#: A function of several kinds of values was given a text, which may stand for any of them.
_AMBIGUOUS = re.compile(
    r"Could not choose a best candidate function for the function call "
    r"(?P<call>\".*?STRING_LITERAL.*?\")\. In order"
)
#: A table that is not there, and none of a name that is near.
_NO_TABLE = re.compile(r"Table with name .* does not exist!")
_WHERE = "'roadworthy tables' tells what there is"
#: An extension is never installed for a question, so that the advice to do so leads nowhere.
_ADVICE = " Please try installing"
#: What it says of a statement during which somebody stopped the program by hand.
_STOPPED = "Query interrupted"


def sentence(error: Exception) -> str:
    """What is wrong, on one line and without the excerpt of the query that follows."""
    told = str(error).split("\n\nLINE ", maxsplit=1)[0]
    told = " ".join(_KIND.sub("", told).split()).split(_ADVICE, maxsplit=1)[0]
    if _WITHOUT_PLACE.match(told):
        return (
            "it has no place for a value that was given; write $NAME where the value of "
            "--param NAME=VALUE belongs, or leave it out"
        )
    if missing := _WITHOUT_VALUES.fullmatch(told):
        return _to_be_given(missing["names"].split(", "))
    if ambiguous := _AMBIGUOUS.match(told):
        return (
            f"the engine cannot tell which function is meant by {ambiguous['call']}; a value of "
            "--param is text, as one in quotation marks is: cast it, as in $NAME::integer"
        )
    return f"{told} {_WHERE}" if _NO_TABLE.fullmatch(told) else told


def _to_be_given(names: list[str]) -> str:
    """That a query asks for values, and how they are given."""
    *others, last = (f"${name}" for name in names)
    options = " ".join(f"--param {name}=VALUE" for name in names)
    if not others:
        return f"{last} has no value; give it with {options}"
    return f"{', '.join(others)} and {last} have no value; give each of them, as in {options}"


@contextmanager
def stopped_by_hand() -> Iterator[None]:
    """Let a program that is stopped by hand end as that, also where the engine was at work."""
    try:
        yield
    except RuntimeError as error:
        if str(error) != _STOPPED:
            raise
        raise KeyboardInterrupt from error
