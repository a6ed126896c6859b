"""How a format tells that it gets on: the one thing all of them are handed besides the rows."""

from collections.abc import Callable
from typing import TypeAlias

#: Is told how many more rows have been written.
Advanced: TypeAlias = Callable[[int], None]
