"""How the two trackers write an instant down."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from roadworthy.simulator.people import BERLIN

SERVER_ZONE = ZoneInfo(BERLIN)


def jira_stamp(at: datetime) -> str:
    """Local time of the server with its offset and milliseconds: 2025-03-30T09:15:00.042+0200."""
    local = at.astimezone(SERVER_ZONE)
    stamp = local.isoformat(timespec="milliseconds")
    return f"{stamp[:-3]}{stamp[-2:]}"


def github_stamp(at: datetime) -> str:
    """UTC to the second: 2025-03-30T07:15:00Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
