"""The commands that touch the data: sync, build, report, nightly."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadworthy.cli.days import end_of
from roadworthy.cli.output import OutFile, write
from roadworthy.cli.session import Session, begin, command

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from roadworthy.config.load import Loaded
    from roadworthy.journal import Outcome
    from roadworthy.stages.buckets import Engine


@click.command()
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="Read only this source; may be given several times. The name is the one in the file.",
)
@click.option("--full", is_flag=True, help="Read everything again, not only what has changed.")
@click.option(
    "--record",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Afterwards write all that each source shows to DIR, as an archive that "
    "kind = 'files' reads.",
)
@command
def sync(session: Session, *, sources: tuple[str, ...], full: bool, folder: Path | None) -> None:
    """Fetch from the trackers.

    Everything is stored as it comes, so that a sync that is stopped loses nothing and the next one
    carries on. What readers see does not change until the next build.
    """
    from roadworthy.journal import Outcome  # noqa: PLC0415
    from roadworthy.stages.sync import sync as fetch  # noqa: PLC0415
    from roadworthy.supervision import supervised  # noqa: PLC0415

    loaded, run = session.load(), begin("sync")

    def work() -> Outcome:
        result = fetch(loaded, run, session.tell, sources, full=full)
        if folder is not None:
            _record(session, loaded, result.sources, folder)
        return Outcome(result.records, result.requests, result.failures)

    close(supervised(loaded, run, work, sources=sources))


def _record(session: Session, loaded: "Loaded", sources: tuple[str, ...], folder: Path) -> None:
    from roadworthy.stages.recording import record  # noqa: PLC0415
    from roadworthy.warehouse import open_landing  # noqa: PLC0415

    with open_landing(loaded.warehouse) as landing:
        written = record(landing, sources, folder)
    for path in written:
        session.tell.noted(f"recorded {path}; {path}.toml is its table for roadworthy.toml")
    for source in sources:
        if folder / source not in written:
            session.tell.noted(f"{source}: not recorded, for its sync did not come to its end")


@click.command()
@click.option(
    "--spark",
    "master",
    metavar="MASTER",
    help="Compute the facts of single items on Spark, as in local[2] or spark://host:7077; needs "
    "roadworthy[spark], and on a cluster a warehouse in a folder that its machines share.",
)
@command
def build(session: Session, *, master: str | None) -> None:
    """Compute all anew from what was fetched, and publish it.

    Readers keep the old warehouse until the new one is complete; then it is swapped in at once.
    """
    from roadworthy.journal import Outcome  # noqa: PLC0415
    from roadworthy.stages.build import build as compute  # noqa: PLC0415
    from roadworthy.supervision import supervised  # noqa: PLC0415

    loaded, run = session.load(), begin("build")

    def work() -> Outcome:
        with _engine(master, loaded.warehouse) as engine:
            result = compute(loaded, run, session.tell, engine)
        return Outcome(audit_errors=result.audit_errors)

    close(supervised(loaded, run, work))


def _engine(master: str | None, warehouse: Path) -> "AbstractContextManager[Engine | None]":
    """The engine asked for; none where it is this machine."""
    if master is None:
        return nullcontext()
    from roadworthy.stages.spark import on_spark  # noqa: PLC0415

    return on_spark(master, warehouse)


@click.command()
@click.option(
    "--out",
    type=OutFile(),
    help="The file to write; without it, one in the folder 'reports' of the configuration.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    help="Report as of the end of this day, as in 2026-03-31, or as of an instant with its zone; "
    "without it, as of the data.",
)
@click.option("--team", metavar="TEAM", help="Report on this team alone.")
@click.option(
    "--charts",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write each chart to DIR as well, as SVG and PNG with its title and key, for slides.",
)
@command
def report(
    session: Session,
    *,
    out: Path | None,
    as_of: str | None,
    team: str | None,
    charts: Path | None,
) -> None:
    """Write the report: one HTML file that needs nothing else.

    It can be mailed, printed and read on a phone. The path of the report is printed. It only reads,
    so that it may be written at any time, also while a run is at work.
    """
    from roadworthy.stages.report import report as draw  # noqa: PLC0415

    loaded = session.load()
    instant = end_of(as_of, loaded.config.timezone) if as_of else None
    # A reader: without the lock it neither waits for a run nor keeps a nightly from beginning.
    drawn = draw(loaded, session.tell, out=out, as_of=instant, team=team, charts=charts)
    write(f"{drawn}\n")


@click.command()
@command
def nightly(session: Session) -> None:
    """Fetch, build and report: the command for a scheduler.

    Safe to stop at any instant and to run again. The path of the report is printed; beside it lie a
    page for each team, where there are several, and index.html, which leads to all. Where a tracker
    fails, what is complete is built and reported all the same, and the exit code is 3.
    """
    from roadworthy.nightly import nightly as night  # noqa: PLC0415

    close(night(session.load(), begin("nightly"), session.tell))


def close(outcome: "Outcome") -> None:
    """Print what came of a run; raise what stands against it."""
    if outcome.report is not None:
        write(f"{outcome.report}\n")
    if fault := outcome.fault():
        raise fault
