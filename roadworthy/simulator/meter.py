"""Whose the time of an issue is: a meter for each, read at everything that happens to it.

While an issue waits or is worked on, something has a claim on its time; of several claims the
strongest owns it, of equally strong ones the oldest. At every event the time since the one before
is booked to whatever owned it until then, in whole microseconds.
"""

from collections import Counter
from datetime import datetime, timedelta

from roadworthy.simulator.flags import FLAGS
from roadworthy.simulator.issue import Edit, Issue
from roadworthy.simulator.truth import Handoff, Share
from roadworthy.simulator.workflow import ENDS, Status

STRONGEST_FIRST = (
    "external",
    "decision_wait",
    "approval_wait",
    "rework",
    "scope_rework",
    "queue",
    "touch",
    "parked",
)
WORDS = {
    "queue": "queue",
    "active": "touch",
    "decision": "decision_wait",
    "approval": "approval_wait",
}
SCOPE_REWORK = "scope_rework"
MICROSECOND = timedelta(microseconds=1)


class Meter:
    """The time of one issue, by owner."""

    __slots__ = ("_booked", "_claims", "_read_at", "_since_end", "_stage")

    def __init__(self, started_at: datetime) -> None:
        """The clock starts, and nothing has a claim yet."""
        self._read_at = started_at
        self._claims: dict[str, datetime] = {}
        self._stage = ""
        self._booked = Counter[str]()
        self._since_end: Counter[str] | None = None

    def enter(self, component: str, at: datetime, *, is_end: bool) -> None:
        """Another stage has the claim of the stage from now on; an end stops the clock."""
        self._read(at)
        self._claims.pop(self._stage, None)
        if self._since_end is not None:
            self._booked += self._since_end
        self._since_end = Counter() if is_end else None
        self._stage = component
        self._claims[component] = at

    def claim(self, component: str, at: datetime) -> None:
        """Something claims the time from now on, unless it does already."""
        self._read(at)
        self._claims.setdefault(component, at)

    def release(self, component: str, at: datetime) -> None:
        """A claim ends."""
        self._read(at)
        self._claims.pop(component, None)

    def release_rework(self, at: datetime) -> None:
        """What had to be done over is done."""
        for component in [c for c in self._claims if "rework" in c]:
            self.release(component, at)

    def booked(self, ends_at: datetime) -> Counter[str]:
        """What each owner had, up to the end of the issue or ``ends_at``."""
        self._read(ends_at)
        return self._booked

    def _read(self, at: datetime) -> None:
        if at == self._read_at:
            return
        owner = self._stage if len(self._claims) == 1 else min(self._claims, key=self._place)
        booked = self._booked if self._since_end is None else self._since_end
        booked[owner] += (at - self._read_at) // MICROSECOND
        self._read_at = at

    def _place(self, component: str) -> tuple[int, datetime, str]:
        kind = component.partition(":")[0]
        return STRONGEST_FIRST.index(kind), self._claims[component], component


class Meters:
    """The meters of all issues."""

    def __init__(self) -> None:
        """No issue has one yet."""
        self._meters: dict[str, Meter] = {}
        self._rescoped_at: dict[str, datetime] = {}

    def entered(self, issue: Issue, stage: Status, at: datetime) -> None:
        """The issue came into a stage, or into being."""
        meter = self._meters.get(issue.item_id)
        if meter is None:
            meter = self._meters[issue.item_id] = Meter(at)
        word = WORDS.get(stage.kind)
        component = "parked" if word is None else f"{word}:{stage.name}"
        meter.enter(component, at, is_end=stage.id in ENDS)

    def flagged(self, issue: Issue, edit: Edit) -> None:
        """Flags went up or down, or other labels changed."""
        for flag in FLAGS:
            was_up, is_up = flag.is_up(edit.before), flag.is_up(edit.after)
            wait = "external" if flag.waits_for == "external" else f"decision_wait:{flag.name}"
            if is_up and not was_up:
                self._meters[issue.item_id].claim(wait, edit.at)
            if was_up and not is_up:
                self._meters[issue.item_id].release(wait, edit.at)

    def rescoped(self, issue: Issue, edit: Edit) -> None:
        """Somebody changed what is wanted."""
        self._rescoped_at[issue.item_id] = edit.at

    def judged(self, handoff: Handoff, at: datetime) -> None:
        """A handoff got its verdict. All are from product to engineering, as is the rework."""
        meter = self._meters[handoff.item_id]
        if handoff.verdict == "rejected":
            meter.claim(f"rework:{handoff.from_stage}->{handoff.to_stage}", at)
        if handoff.verdict == "accepted":
            meter.release_rework(at)

    def returned(self, handoff: Handoff, at: datetime) -> None:
        """Accepted work came back; that what was wanted had changed since is one reason."""
        rescoped_at = self._rescoped_at.get(handoff.item_id)
        accepted_at = handoff.verdict_at
        if rescoped_at is not None and accepted_at is not None and rescoped_at > accepted_at:
            self._meters[handoff.item_id].claim(SCOPE_REWORK, at)

    def settled(self, issue: Issue, ends_at: datetime) -> list[Share]:
        """The shares of the owners in the time of an issue."""
        booked = self._meters[issue.item_id].booked(ends_at)
        return [
            Share(
                item_id=issue.item_id,
                team=issue.team.name,
                component=component,
                microseconds=booked[component],
            )
            for component in sorted(booked)
        ]
