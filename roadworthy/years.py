"""Between which years a day may lie that somebody gives us: decision 0017 bounds those of trackers.

Commands look at days before anything that is slow to import is needed.
"""

from typing import Final

EARLIEST: Final = 1900
LATEST: Final = 2999
