"""How a command ends that could not do its work: one sentence, and an exit code."""

import os
import tempfile
import traceback

import click

from roadworthy.errors import RoadworthyError
from roadworthy.terminal import Teller

INTERRUPTED = 130
"""The exit code a shell gives to what was stopped by hand."""


def tell_fault(error: BaseException, tell: Teller, *, is_debugging: bool) -> int:
    """Tell what went wrong; returns the exit code.

    Raises:
        click.ClickException: a fault in how the command was called, which click tells itself.
    """
    if isinstance(error, click.ClickException | click.exceptions.Exit):
        raise error
    exit_code = _exit_code(error)
    told = "".join(traceback.format_exception(error))
    if is_debugging:
        tell.noted(told)
    tell.failed(_sentence(error, None if is_debugging else told), exit_code)
    return exit_code


def _exit_code(error: BaseException) -> int:
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    return error.exit_code if isinstance(error, RoadworthyError) else RoadworthyError.exit_code


def _sentence(error: BaseException, told: str | None) -> str:
    if isinstance(error, RoadworthyError):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "stopped by hand; what was fetched is kept, and the same command carries on from it"
    where = f"the traceback is in {_kept(told)}" if told else "the traceback stands above"
    return f"{_what_happened(error)}; {where}"


def _what_happened(error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    said = " ".join(str(error).split())
    return f"a fault of Roadworthy itself, worth a bug report: {type(error).__name__}: {said}"


def _kept(told: str) -> str:
    """Write a traceback to a file only its owner can read."""
    descriptor, name = tempfile.mkstemp(prefix="roadworthy-", suffix=".traceback.txt")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(told)
    return name
