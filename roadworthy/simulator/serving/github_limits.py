"""How much may be asked, and the refusals that are peculiar to GitHub and planned beforehand.

What can go wrong with any server is in :mod:`faults`; here is what only GitHub does, most of it
at status 200.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

from roadworthy.simulator.stamps import github_stamp

NODES_AT_MOST: Final = 500_000
_HOUR: Final = 3600


@dataclass
class Quota:
    """How much of one resource (``core`` or ``graphql``) is left."""

    resource: str
    limit: int = 5000
    used: int = 0
    seconds: int = _HOUR
    """After how long everything used is forgotten."""
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _began: int = 0

    @property
    def remaining(self) -> int:
        """What is left."""
        self._renew()
        return max(self.limit - self.used, 0)

    @property
    def resets_at(self) -> int:
        """When what was used is forgotten, in seconds since 1970."""
        self._renew()
        return self._began + self.seconds

    @property
    def resets_at_in_words(self) -> str:
        """The same, as GraphQL writes an instant."""
        return github_stamp(datetime.fromtimestamp(self.resets_at, UTC))

    def is_spent(self, points: int = 1) -> bool:
        """Whether less is left than is asked for."""
        return self.remaining < points

    def spend(self, points: int = 1) -> None:
        """Use some of it."""
        self._renew()
        self.used += points

    def told(self) -> dict[str, int]:
        """What ``/rate_limit`` says."""
        return {
            "limit": self.limit,
            "used": self.used,
            "remaining": self.remaining,
            "reset": self.resets_at,
        }

    def headers(self, *, remaining: int | None = None) -> dict[str, str]:
        """What every answer says; ``remaining`` lets it say something else."""
        left = self.remaining if remaining is None else remaining
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Used": str(self.limit - left),
            "X-RateLimit-Reset": str(self.resets_at),
            "X-RateLimit-Resource": self.resource,
        }

    def _renew(self) -> None:
        """Begin anew when the time has come."""
        at = int(self.now().timestamp())
        if at >= self._began + self.seconds:
            self._began, self.used = at, 0


@dataclass
class Troubles:
    """What is planned to go wrong. Requests and queries are counted from 1."""

    node_ceiling: int | None = None
    """Queries that may give more nodes than this are too heavy to be answered."""
    overload: Literal["502", "504", "RESOURCE_LIMITS_EXCEEDED"] = "502"
    """How that is told: by a status, or at 200 by an error of this type."""
    rate_limited_queries: frozenset[int] = frozenset()
    """Which GraphQL queries meet a limit at status 200."""
    rate_limit_word: Literal["RATE_LIMITED", "RATE_LIMIT"] = "RATE_LIMITED"
    """The type of that error; GitHub has used both."""
    unready: dict[int, int] = field(default_factory=dict)
    """Numbers of items that GraphQL cannot give yet, and how many more times."""
    primary: frozenset[int] = frozenset()
    """Which requests find the limit of the hour used up."""
    primary_status: Literal[403, 429] = 403
    secondary: frozenset[int] = frozenset()
    """Which requests are told to slow down."""
    retry_after: int = 60
    """Seconds that a secondary limit asks for."""
    requests: int = field(default=0, init=False)
    queries: int = field(default=0, init=False)

    def is_unready(self, number: int) -> bool:
        """Whether an item cannot be given this time; counts the times."""
        left = self.unready.get(number, 0)
        if left:
            self.unready[number] = left - 1
        return left > 0
