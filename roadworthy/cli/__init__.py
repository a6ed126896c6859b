"""The command line: the only part of Roadworthy that prints and that exits.

Commands import what they need when they run, so that ``roadworthy --help`` answers at once.
"""

import click

import roadworthy
from roadworthy.cli.check import check
from roadworthy.cli.demo import demo
from roadworthy.cli.export import export
from roadworthy.cli.init import init
from roadworthy.cli.plan import plan
from roadworthy.cli.runs import build, nightly, report, sync
from roadworthy.cli.sql import sql
from roadworthy.cli.status import status
from roadworthy.cli.tables import tables

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 96}


@click.group(context_settings=_SETTINGS)
@click.version_option(roadworthy.__version__, "-V", "--version", prog_name="roadworthy")
def main() -> None:
    """Find where work waits, bounces and slips, from the histories in Jira and GitHub.

    New here? 'roadworthy demo' makes a report of an invented company: no account and no
    configuration needed. For your own: 'roadworthy init' looks at one tracker and writes
    roadworthy.toml, 'roadworthy check' says what can be known of it, 'roadworthy nightly'
    reads and reports.

    Exit codes: 0 done; 1 a fault of ours; 2 wrong arguments or configuration; 3 a tracker
    refused or was unreachable, and what was fetched is kept; 4 done, but the data audit has
    errors; 5 another run is at work on the same warehouse; 130 stopped by hand, and the same
    command carries on.
    """


_COMMANDS = (
    demo,
    init,
    check,
    nightly,
    sync,
    build,
    report,
    plan,
    sql,
    tables,
    export,
    status,
)

for _command in _COMMANDS:
    main.add_command(_command)
