"""Where results go: standard output, or a file that is whole or not there."""

import os
import sys
from pathlib import Path
from typing import IO

import click

from roadworthy.disk import FULL, is_full, put_in_place
from roadworthy.errors import ConfigError, RoadworthyError


class OutFile(click.Path):
    """A file that a result is written to; the empty name is refused, which is that of a folder."""

    def __init__(self) -> None:
        """Take any file."""
        super().__init__(path_type=Path, dir_okay=False)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Give the path of the file; click's own error where it cannot be one."""
        if not os.fspath(value):
            self.fail("name a file.", param, ctx)
        return super().convert(value, param, ctx)


def wants_colour(stream: IO[str]) -> bool:
    """Whether a person watches the stream, at a terminal that has colours and nobody forbade."""
    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not is_plain


def write(text: str) -> None:
    """Put a text on standard output, as UTF-8 whatever the machine is set to."""
    write_bytes(text.encode())


def write_bytes(data: bytes) -> None:
    """Put a result on standard output; a reader that has had enough of it is no fault.

    Raises:
        RoadworthyError: standard output goes to a file that cannot be written to.
    """
    try:
        click.echo(data, nl=False)  # echo flushes
    except BrokenPipeError:
        _forget_the_rest()
        raise SystemExit(0) from None
    except OSError as error:
        _forget_the_rest()
        told = FULL if is_full(error) else f"cannot be written: {error.strerror}"
        raise RoadworthyError(f"standard output: {told}") from error


def _forget_the_rest() -> None:
    """What is still in the buffer must go somewhere when Python flushes it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(out: Path, data: bytes) -> None:
    """Write a result to a file, in the place of what was there; its folder is made.

    Raises:
        ConfigError: the file cannot be written there.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(out, data)
    except OSError as error:
        raise ConfigError(f"--out {out}: cannot be written: {error.strerror}") from error
