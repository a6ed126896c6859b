"""The command ``export``: the published warehouse for other tools."""

from pathlib import Path

import click

from roadworthy.cli.output import write
from roadworthy.cli.session import Session, command


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    type=click.Choice(["parquet", "ocel", "xes", "xes.gz"]),
    multiple=True,
    default=["parquet"],
    show_default=True,
    help="parquet for any engine; for tools of process mining ocel (OCEL 2.0, JSON) or xes "
    "(IEEE 1849; xes.gz packs it). May be given several times.",
)
@command
def export(session: Session, *, folder: Path, formats: tuple[str, ...]) -> None:
    """Write the published warehouse to DIR for other tools.

    As Parquet every table is a folder: read DIR/visits/*.parquet. What tables and columns mean
    stands in the files, in README.md and in tables.json. As a log, all that happened to each work
    item is in DIR/events.ocel.json or DIR/events.xes; roles act in it, and nobody by name.

    DIR is replaced whole where it is an earlier export, and refused where it holds anything else.
    Its path is printed.
    """
    from roadworthy.exports import export as write_out  # noqa: PLC0415 - slow to import

    write_out(session.load().warehouse, folder, formats, session.tell)
    write(f"{folder}\n")
