"""The command ``tables``: the data dictionary."""

import click

from roadworthy.cli.output import write
from roadworthy.cli.session import Session, command


@click.command()
@click.argument("table", required=False)
@command
def tables(session: Session, *, table: str | None) -> None:  # noqa: ARG001 - needs no configuration
    """Explain every table and column there is, or those of TABLE.

    Needs neither a configuration nor data.
    """
    from roadworthy.dictionary import described, dictionary, table_named  # noqa: PLC0415 - slow

    write(described(table_named(table)) if table else dictionary())
