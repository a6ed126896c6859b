"""A night under Airflow 3, on the one worker that holds the warehouse.

Exit codes: 3 is tried again, 5 is skipped, 4 succeeds and says so, 1 and 2 fail at once.
"""

import logging
import os
import subprocess
from datetime import datetime, timedelta

from airflow.sdk import dag, task
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowSkipException,
)

CONFIG = os.environ.get("ROADWORTHY_CONFIG", "/etc/roadworthy/roadworthy.toml")
PROGRAM = os.environ.get("ROADWORTHY_PROGRAM", "/opt/roadworthy/bin/roadworthy")


@dag(
    schedule="17 3 * * *",
    start_date=datetime(2026, 1, 1),  # noqa: DTZ001 - the zone is that of Airflow's configuration
    catchup=False,  # a night reads all that has changed, however many were missed
    max_active_runs=1,
)
def roadworthy() -> None:
    """Read the trackers, build the warehouse, write the report."""

    @task(retries=3, retry_delay=timedelta(minutes=30), execution_timeout=timedelta(hours=6))
    def nightly() -> str:
        """Run it; the value is the path of the report."""
        command = [PROGRAM, "nightly", "--config", CONFIG, "--log", "text"]
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
        if ended.returncode == 3:
            raise AirflowException("a tracker refused or could not be reached; what came is kept")
        if ended.returncode == 5:
            raise AirflowSkipException("another run is at work on this warehouse")
        if ended.returncode not in (0, 4):
            raise AirflowFailException(f"roadworthy ended with {ended.returncode}; see the log")
        if ended.returncode == 4:
            logging.getLogger(__name__).warning("done, and the data audit has errors")
        return ended.stdout.strip()

    nightly()


night = roadworthy()
