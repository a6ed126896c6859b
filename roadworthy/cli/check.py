"""The command ``check``: everything that can be known without computing anything."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from roadworthy.cli.output import write
from roadworthy.cli.session import Session, command, now

if TYPE_CHECKING:
    from roadworthy.checking.finding import Finding


@click.command()
@click.option("--offline", is_flag=True, help="Leave the trackers alone.")
@click.option("--json", "is_json", is_flag=True, help="Print it as JSON, for a machine.")
@command
def check(session: Session, *, offline: bool, is_json: bool) -> None:
    """Check the configuration, the trackers, and what the data can support.

    Asks the trackers a few cheap questions and reads nothing from them. One line for each thing
    that was looked at. The exit code is 0 when nothing is an error, 2 where the configuration is at
    fault, 3 where a tracker refused or was not reached, 4 where the data is incomplete.
    """
    from roadworthy.checking.finding import fault_of  # noqa: PLC0415 - slow to import
    from roadworthy.cli.findings import as_json, as_text  # noqa: PLC0415

    found = _found(session, offline=offline)
    fault = fault_of(one for findings in found.values() for one in findings)
    write(as_json(found, fault) if is_json else as_text(found))
    if fault is not None:
        raise fault


def _found(session: Session, *, offline: bool) -> Mapping[str, Sequence["Finding"]]:
    from roadworthy.checking.configuration import configuration_findings  # noqa: PLC0415 - slow
    from roadworthy.checking.data import data_findings  # noqa: PLC0415
    from roadworthy.checking.finding import Finding  # noqa: PLC0415
    from roadworthy.config.load import FaultyFileError  # noqa: PLC0415

    at = now()
    try:
        loaded = session.load()
    except FaultyFileError as error:
        return {
            "Configuration": [Finding("error", str(session.config), one) for one in error.faults]
        }
    found = {"Configuration": list(configuration_findings(loaded, at=at, environment=os.environ))}
    if not offline:
        from roadworthy.stages.tracker_checks import tracker_findings  # noqa: PLC0415

        found["Trackers"] = list(tracker_findings(loaded))
    found["Data"] = list(data_findings(loaded, at=at))
    return found
