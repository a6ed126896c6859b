"""The command ``status``: how things stand, for a person or for a monitor."""

import math

import click

from roadworthy.cli.output import write
from roadworthy.cli.session import Session, command, now
from roadworthy.errors import StaleDataError


def _a_number(
    _context: click.Context, _option: click.Parameter, hours: float | None
) -> float | None:
    """Nothing is older than what is no number, so that a monitor would never hear of anything."""
    if hours is not None and math.isnan(hours):
        raise click.BadParameter(f"'{hours}' is not a number of hours.")
    return hours


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print it as JSON, for a monitor.")
@click.option(
    "--max-age",
    type=click.FloatRange(min=0, min_open=True, max=1e6),
    callback=_a_number,
    metavar="HOURS",
    help="End with exit code 4 where the data of a tracker are older, or not there.",
)
@command
def status(session: Session, *, is_json: bool, max_age: float | None) -> None:
    """Show the last runs, the age of the data, the findings.

    The age is that of the data and not of the last run: a sync can be green and bring nothing new.
    """
    from roadworthy.cli.standing import as_json, as_text  # noqa: PLC0415 - slow to import
    from roadworthy.status import status_of, too_old  # noqa: PLC0415

    loaded = session.load()
    found = status_of(loaded.warehouse, at=now())
    configured = {source.name: source.kind for source in loaded.config.sources}
    old = [] if max_age is None else list(too_old(found, configured, max_age))
    write(as_json(found, old) if is_json else as_text(found))
    if old:
        raise StaleDataError(f"{'; '.join(old)}; see that 'roadworthy nightly' runs and ends well")
