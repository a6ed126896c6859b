"""What every command shares: where its configuration is, who listens, and how it may end."""

import functools
import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from roadworthy.config.load import Loaded
    from roadworthy.runs import Clock, Run
    from roadworthy.terminal import LogMode, Teller

USUAL = Path("roadworthy.toml")
"""The configuration of a command that names none."""

_OPTIONS = (
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        default=USUAL,
        show_default=True,
        help="The configuration: which trackers to read, and how your work flows.",
    ),
    click.option(
        "--log",
        type=click.Choice(["auto", "text", "json"]),
        default="auto",
        show_default=True,
        help="How to tell on standard error what happens: 'auto' shows progress where a person "
        "watches and plain lines elsewhere, 'text' plain lines, 'json' one JSON object a line.",
    ),
    click.option(
        "--debug", is_flag=True, help="Where something goes wrong, show the Python traceback too."
    ),
)


class Session(NamedTuple):
    """One call of a command."""

    config: Path
    tell: "Teller"

    def load(self) -> "Loaded":
        """Read the configuration."""
        from roadworthy.config.load import load  # noqa: PLC0415 - slow to import

        return load(self.config)


def now() -> datetime:
    """The clock on the wall, read here alone: what lies below is handed it, or an instant."""
    return datetime.now(UTC)


def begin(command: str, clock: "Clock" = now) -> "Run":
    """Start a run now."""
    from roadworthy.runs import Run  # noqa: PLC0415 - whoever asks for help needs none

    return Run.begin(command, clock)


def command(work: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all of them have, and one way to end.

    ``work`` takes the session and its own options. A fault it raises becomes one sentence and the
    exit code of its kind.
    """

    @functools.wraps(work)
    def guarded(*, config: Path, log: "LogMode", debug: bool, **options: object) -> None:
        # Whoever asks for help needs neither.
        from roadworthy.cli.faults import tell_fault  # noqa: PLC0415
        from roadworthy.terminal import telling  # noqa: PLC0415

        exit_code = 0
        # Python has none where whoever called closed it.
        with telling(log, sys.stderr or io.StringIO(), now) as tell:
            try:
                work(Session(config, tell), **options)
            except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - every end is told
                exit_code = tell_fault(error, tell, config, is_debugging=debug)
        sys.exit(exit_code)

    for option in reversed(_OPTIONS):
        guarded = option(guarded)
    return guarded
