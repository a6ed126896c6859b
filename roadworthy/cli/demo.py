"""The command ``demo``: the whole of Roadworthy on an invented company."""

from pathlib import Path

import click

from roadworthy.cli.runs import close
from roadworthy.cli.session import Session, begin, command


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("roadworthy-demo"),
    show_default=True,
    help="The folder for the demo; a demo that is in it already is made anew.",
)
@command
def demo(session: Session, *, out: Path) -> None:
    """Make a report of an invented company, to see one.

    Needs no account, no network and no configuration. What Jira and GitHub would answer is written
    to a folder, fetched, built and reported. The path of the report is printed.
    """
    from roadworthy.config.load import load  # noqa: PLC0415 - slow to import
    from roadworthy.demo import prepare  # noqa: PLC0415
    from roadworthy.nightly import nightly  # noqa: PLC0415

    config = prepare(out, session.tell)
    outcome = nightly(load(config), begin("nightly"), session.tell)
    session.tell.noted("Next: open the report in a browser, and look at what it was made from:")
    session.tell.noted(f"roadworthy sql where_work_waits --config {config}")
    close(outcome)
