"""The command ``export``: the published warehouse for other tools."""

from pathlib import Path

import click

from roadworthy.cli.output import write
from roadworthy.cli.session import Session, command


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@command
def export(session: Session, *, folder: Path) -> None:
    """Write the published warehouse to DIR for other tools.

    As Parquet every table is a folder: read DIR/visits/*.parquet. What tables and columns mean
    stands in the files, in README.md and in tables.json. DIR is replaced whole where it is an
    earlier export, and refused where it holds anything else. Its path is printed.
    """
    from roadworthy.exports import export as write_out  # noqa: PLC0415 - slow to import

    write_out(session.load().warehouse, folder, ["parquet"], session.tell)
    write(f"{folder}\n")
