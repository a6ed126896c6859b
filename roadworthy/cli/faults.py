"""How a failed command ends: one sentence, and an exit code."""

import os
import tempfile
import traceback
from pathlib import Path

import click

from roadworthy.cli.hints import with_config
from roadworthy.disk import FULL, is_full
from roadworthy.errors import RoadworthyError
from roadworthy.terminal import Teller

INTERRUPTED = 130
"""The exit code a shell gives to what was stopped by hand."""


def tell_fault(error: BaseException, tell: Teller, config: Path, *, is_debugging: bool) -> int:
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
    sentence = _sentence(error, None if is_debugging else told)
    tell.failed(with_config(sentence, config), exit_code)
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
    if isinstance(error, OSError) and is_full(error):
        return f"{error.filename or 'a file'}: {FULL}"
    return f"{_what_happened(error)}; {_where(told) if told else 'the traceback stands above'}"


def _what_happened(error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    said = " ".join(str(error).split())
    return f"a fault of Roadworthy itself, worth a bug report: {type(error).__name__}: {said}"


def _where(told: str) -> str:
    try:
        return f"the traceback is in {_kept(told)}"
    except OSError as error:  # where a disk is full, this may be it
        return f"the traceback could not be kept ({error.strerror}); run it with --debug to see it"


def _kept(told: str) -> str:
    """Write a traceback to a file only its owner can read."""
    descriptor, name = tempfile.mkstemp(prefix="roadworthy-", suffix=".traceback.txt")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(told)
    return name
