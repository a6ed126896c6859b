"""The statuses of the tracker, the stages the configuration makes of them, and their order."""

from dataclasses import dataclass
from datetime import datetime

IDEA = "10000"
SHAPING = "10001"
DECISION = "10002"
READY = "10003"
BUILDING = "10004"
REVIEW = "10005"
RELEASE = "10006"
BLOCKED = "10007"
DONE = "10008"
DROPPED = "10009"


@dataclass(frozen=True)
class Category:
    """Jira's own three kinds of status."""

    id: int
    key: str
    colour: str
    name: str


TO_DO = Category(2, "new", "blue-gray", "To Do")
IN_PROGRESS = Category(4, "indeterminate", "yellow", "In Progress")
FINISHED = Category(3, "done", "green", "Done")


@dataclass(frozen=True)
class Status:
    """A status and the stage of the same name: kind and owner are what the configuration says."""

    id: str
    name: str
    kind: str
    owner: str | None
    category: Category
    former_name: str | None = None
    """What it was called before it was renamed; its id did not change."""
    heir_of: str | None = None
    """The status in whose place it was made, and to whose stage it belongs."""

    @property
    def stage(self) -> str:
        """Id of the status after which its stage is named."""
        return self.heir_of or self.id

    def name_at(self, at: datetime, renamed_at: datetime) -> str:
        """What people called the status at an instant."""
        return self.former_name if self.former_name and at < renamed_at else self.name


STATUSES = (
    Status(IDEA, "Idea", "queue", "product", TO_DO),
    Status(SHAPING, "Shaping", "active", "product", TO_DO),
    Status(DECISION, "Roadmap Decision", "decision", "product", TO_DO),
    Status(READY, "Ready for Dev", "queue", "engineering", TO_DO),
    Status(BUILDING, "In Development", "active", "engineering", IN_PROGRESS),
    Status(REVIEW, "In Review", "approval", "engineering", IN_PROGRESS, "Code Review"),
    Status(RELEASE, "Ready for Release", "queue", "engineering", IN_PROGRESS),
    Status(BLOCKED, "Blocked", "parked", None, IN_PROGRESS),
    Status(DONE, "Done", "done", None, FINISHED),
    Status(DROPPED, "Won't Do", "dropped", None, FINISHED),
)

HEIRS = (
    Status("10010", "Backlog", "queue", "product", TO_DO, heir_of=IDEA),
    Status("10011", "Delivered", "done", None, FINISHED, heir_of=DONE),
)
"""Statuses that a noisy organisation moves its items to, so that it can delete the old ones."""

BY_ID = {status.id: status for status in (*STATUSES, *HEIRS)}
RANKS = {status.id: rank for rank, status in enumerate(STATUSES)}
"""Places in the flow, of stages."""
ENDS = frozenset({DONE, DROPPED})
"""Stages in which nothing more is expected to happen."""
OVER = frozenset(status.id for status in BY_ID.values() if status.stage in ENDS)
"""The statuses of those stages."""
