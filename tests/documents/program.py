"""``roadworthy`` as the documents call it, at the time at which their company lives.

What the commands say of trackers hangs on when they ask: how far back half a year reaches, how old
is what is still open. By the clock of this machine they would answer otherwise every day. The time
stands where the company's data ends and goes on with every look at it, as in the demo, and from
one command to the next.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock, patch

from roadworthy import cli
from roadworthy.cli import session
from roadworthy.demo import ENDS_AT


def main(looks: Path) -> None:
    """Be the program; its one reading of a clock is in ``session``.

    Args:
        looks: the file that holds a byte for every look so far.
    """

    def now(zone: object) -> datetime:
        assert zone is UTC
        with looks.open("ab") as file:
            file.write(b".")
            return ENDS_AT + timedelta(milliseconds=file.tell())

    with patch.object(session, "datetime", Mock(now=now)):
        cli.main(prog_name="roadworthy")


if __name__ == "__main__":
    main(Path(sys.argv.pop(1)))
