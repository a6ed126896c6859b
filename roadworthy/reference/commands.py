"""``docs/commands.md``: every command with its arguments, its options and its exit codes."""

import inspect
import re
from collections.abc import Iterator
from typing import Final

import click

from roadworthy.cli import main

_HEADER: Final = """\
# Commands

What `roadworthy COMMAND --help` says, on one page. Results go to standard output and everything
else to standard error, so that a result can be piped. A person at a terminal sees progress; nobody
else is ever asked anything.
"""
#: One of the codes in the help of the program.
_CODE: Final = re.compile(r"(\d+) ([^;]+?)[;.]")
#: Options that stand once at the head of the page and not below every command.
_SHARED: Final = ("--config", "--log", "--debug")


def page() -> str:
    """The whole page."""
    commands = main.commands.values()
    overview = "".join(
        f"- [`roadworthy {one.name}`](#roadworthy-{one.name}): {_first(one)}\n" for one in commands
    )
    parts = [_HEADER, overview, _codes(), _shared(), *map(_section, commands)]
    return "\n".join(parts)


def _first(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").partition("\n")[0]


def _codes() -> str:
    """The exit codes, as the program itself tells them."""
    told = " ".join((main.help or "").split()).partition("Exit codes: ")[2]
    rows = "".join(f"| {code} | {means} |\n" for code, means in _CODE.findall(told))
    return f"## Exit codes\n\n| code | means |\n|---|---|\n{rows}"


def _shared() -> str:
    some = next(iter(main.commands.values()))
    return f"## Options of every command\n\n{''.join(_options(some, shared=True))}"


def _section(command: click.Command) -> str:
    usage = f"`roadworthy {command.name}{''.join(_arguments(command))} [OPTIONS]`"
    own = "".join(_options(command, shared=False))
    parts = [f"## roadworthy {command.name}", usage, _words(command), own.rstrip("\n")]
    return "\n\n".join(part for part in parts if part) + "\n"


def _arguments(command: click.Command) -> Iterator[str]:
    for one in command.params:
        if isinstance(one, click.Argument):
            name = one.make_metavar(click.Context(command))
            yield f" {name}"


def _words(command: click.Command) -> str:
    r"""The paragraphs of the help, those that ``\b`` keeps as they are as a block of code."""
    paragraphs = re.split(r"\n\n", inspect.cleandoc(command.help or ""))
    return "\n\n".join(map(_paragraph, paragraphs))


def _paragraph(text: str) -> str:
    kept = text.removeprefix("\b\n")
    return f"```\n{kept}\n```" if kept != text else " ".join(text.split())


def _options(command: click.Command, *, shared: bool) -> Iterator[str]:
    context = click.Context(command)
    for one in command.params:
        if isinstance(one, click.Option) and (one.opts[0] in _SHARED) is shared:
            record = one.get_help_record(context)
            if record is not None:
                written, meaning = record
                yield f"- `{written}`: {' '.join(meaning.split()).replace('  ', ' ')}\n"
