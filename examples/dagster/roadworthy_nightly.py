"""A night under Dagster: an asset that is made where the warehouse lies.

Exit codes: 3 is tried again, 5 makes nothing, 4 makes the asset and says so, 1 and 2 fail at once.
"""

import os
import subprocess
from collections.abc import Iterator

import dagster as dg

CONFIG = os.environ.get("ROADWORTHY_CONFIG", "/etc/roadworthy/roadworthy.toml")
PROGRAM = os.environ.get("ROADWORTHY_PROGRAM", "/opt/roadworthy/bin/roadworthy")
HALF_AN_HOUR = 1800


@dg.asset(output_required=False)
def roadworthy(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Read the trackers, build the warehouse, write the report."""
    command = [PROGRAM, "nightly", "--config", CONFIG, "--log", "text"]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if ended.returncode == 3:
        raise dg.RetryRequested(max_retries=3, seconds_to_wait=HALF_AN_HOUR)
    if ended.returncode == 5:
        context.log.warning("another run is at work on this warehouse")
        return
    if ended.returncode not in (0, 4):
        raise dg.Failure(f"roadworthy ended with {ended.returncode}", allow_retries=False)
    if ended.returncode == 4:
        context.log.warning("done, and the data audit has errors")
    facts = {"report": ended.stdout.strip(), "audit_has_errors": ended.returncode == 4}
    yield dg.MaterializeResult(metadata=facts)


nights = dg.ScheduleDefinition(
    name="roadworthy_nightly", target=[roadworthy], cron_schedule="17 3 * * *"
)
definitions = dg.Definitions(assets=[roadworthy], schedules=[nights])
