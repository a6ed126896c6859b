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

    Needs no account, no network and no configuration. A Jira and a GitHub that hold the company
    answer on this machine while the demo runs; they are read by the same clients as yours would be,
    and a report is built. The path of the report is printed.
    """
    from roadworthy.config.load import load  # noqa: PLC0415 - slow to import
    from roadworthy.demo import company  # noqa: PLC0415
    from roadworthy.nightly import nightly  # noqa: PLC0415

    with company(out, session.tell) as invented:
        run = begin("nightly", invented.clock)
        outcome = nightly(load(invented.config), run, session.tell)
    session.tell.noted("Next: open the report in a browser, and look at what it was made from:")
    session.tell.noted(f"roadworthy sql where_work_waits --config {invented.config}")
    close(outcome)
