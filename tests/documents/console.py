"""A block of a console as commands and what they answer, and whether an answer is the one told.

A line that begins with ``$`` is a command, one with ``>`` goes on with it, all others are what it
answers on both of its streams. ``…`` stands for anything: for the rest of a line, or, alone on a
line, for as many lines as there are. Where no answer is told none is compared. Instants, seconds
and megabytes are another each time and compared as such, and how far something has come is said by
slow machines alone. A command must end well, unless the next
one is ``echo $?``.
"""

import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.documents.documents import Block

ASKS_FOR_THE_CODE: Final = "echo $?"
_MARK: Final = "\x1e"
#: A line that a slow machine says and a fast one does not.
_ON_THE_WAY: Final = re.compile(r"^\S+ \w+: so far \([^\n]*\)\n", re.MULTILINE)
_CHANGING: Final = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "<instant>"),
    (re.compile(r"\b\d+(\.\d+)? (s|ms)\b"), "<seconds>"),
    (re.compile(r"\b\d+(\.\d+)? MB\b"), "<size>"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:<port>"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a document, and what the document says that it answers."""

    block: Block
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command really answered."""

    said: str
    exit_code: int


def commands(block: Block) -> Iterator[Command]:
    """The commands of a block, in its order."""
    text: list[str] = []
    told: list[str] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            if text:
                yield Command(block, "\n".join(text), "\n".join(told))
            text, told = [line.removeprefix("$ ")], []
        elif line.startswith("> ") and text and not told:
            text.append(line.removeprefix("> "))
        else:
            told.append(line)
    if text:
        yield Command(block, "\n".join(text), "\n".join(told))


def answers(
    asked: Sequence[str], folder: Path, environment: Mapping[str, str], *, seconds: float
) -> list[Answer]:
    """Give commands to one shell after another, as somebody types them who waits for each."""
    script = "exec 2>&1\n" + "".join(_step(command) for command in asked)
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        timeout=seconds,
        check=False,
    )
    pieces = done.stdout.decode(errors="replace").split(_MARK)[:-1]
    return [Answer(said, int(code)) for said, code in zip(pieces[::2], pieces[1::2], strict=True)]


def _step(command: str) -> str:
    keep = 'printf "\\x1e%d\\x1e" $code; (exit $code)'
    return f"eval {shlex.quote(command)}; code=$?; {keep}\n"


def disagreement(command: Command, answer: Answer, following: str | None) -> str | None:
    """What a document says of a command that is not so; None where it is."""
    if answer.exit_code and following != ASKS_FOR_THE_CODE:
        return f"{_asked(command)}\nended with {answer.exit_code} and said:\n{answer.said}"
    if command.told and not matches(command.told, answer.said):
        return f"{_asked(command)}\nsaid:\n{answer.said}\nand not:\n{command.told}\n"
    return None


def matches(told: str, said: str) -> bool:
    """Whether what was said is what was told of it."""
    pattern = "".join(map(_pattern, _plain(told)))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _plain(said))) is not None


def _plain(text: str) -> Iterable[str]:
    text = _ON_THE_WAY.sub("", text)
    for changing, name in _CHANGING:
        text = changing.sub(name, text)
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def _pattern(line: str) -> str:
    if line == "…":
        return r"(?:[^\n]*\n)*?"
    return "[^\n]*".join(re.escape(piece) for piece in line.split("…")) + r"\n"


def _asked(command: Command) -> str:
    return f"{command.block.place}: $ {command.text}"
