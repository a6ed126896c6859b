"""The way of one item through a team: what it waits for, and what is written down of it.

A way is told as a process that asks for what it needs and is called again when it has got it.
"""

from collections.abc import Generator
from dataclasses import dataclass
from math import ceil
from typing import Literal, NamedTuple, TypeAlias

from benchmarks.location_fates import APPROVALS, ROUNDS, Fate
from benchmarks.location_teams import Rules

SHAPING, DECIDING, READY, BUILDING = "Shaping", "For Decision", "Ready for Dev", "In Progress"
REVIEW, SECOND_REVIEW = "In Review", "Further Review"
RELEASED, WONT_DO = "Released", "Won't Do"
SCOPE = "scope"
"""Not a status: what is wanted was changed."""
PRODUCT, LEADERSHIP, ENGINEERING, APPROVAL = "product", "leadership", "engineering", "approval"

_SHAPE_DAYS, _SHAPE_AGAIN_DAYS = 2.5, 1.8
_APPROVAL_DAYS, _READING_DAYS = 1.0, 0.15
_MOST_LIKELY = 0.95
RETURNED = 0.8
"""Share of changes of scope for which the item goes back; the others are done on the way."""
_GROWS = 0.3
_CLICK = 0.02
_REFUSED, _FIX = 0.05, 0.15
_REFUSALS = 3
_NEW, _BEGUN = 1, 0

Asked: TypeAlias = tuple[Literal["until", "engineer", "free"], float]
"""To be called at an instant; to get an engineer, the lowest number first; to let one go."""
Way: TypeAlias = Generator[Asked, float, None]


class Step(NamedTuple):
    """Somebody moved the item into a status, or changed what is wanted."""

    at: float
    word: str
    role: str


@dataclass(frozen=True, slots=True)
class Customs:
    """What holds in a team for all its items."""

    rules: Rules
    phase: float
    """At which part of the interval meetings lie."""
    asked_again: float

    def next_meeting(self, now: float) -> float:
        """When work is taken up next."""
        interval = self.rules.intake
        return interval * (ceil(now / interval - self.phase) + self.phase)

    def approvals(self, fate: Fate) -> int:
        """How many an item needs."""
        return min(max(int(self.rules.approvals + fate.depth), 1), APPROVALS)

    def is_ready(self, fate: Fate, turn: int) -> bool:
        """Whether it is accepted when it is taken up."""
        chance = min(self.rules.readiness * fate.proneness[0], _MOST_LIKELY)
        return turn == ROUNDS - 1 or fate.readiness[turn] >= chance

    def is_changed(self, fate: Fate, turn: int) -> bool:
        """Whether what is wanted changes while it is built."""
        chance = min(self.rules.scope * fate.proneness[1], _MOST_LIKELY)
        return turn < ROUNDS - 1 and fate.scope[turn] < chance


def way(fate: Fate, customs: Customs, told: list[Step]) -> Way:
    """From the wish to the release: round after round until it is built, then the reviews."""
    left, turn = fate.work, 0
    told.append(Step(fate.born_at, SHAPING, PRODUCT))
    while True:
        now = yield from _wanted(fate, customs, turn, told)
        if told[-1].word == WONT_DO:
            return
        if not customs.is_ready(fate, turn):
            told.append(Step(now, SHAPING, ENGINEERING))
        else:
            now, left = yield from _built(fate, customs, turn, left, told)
            if left == 0:
                break
        turn += 1
    yield from _reviewed(fate, customs, now, told)


def _wanted(
    fate: Fate, customs: Customs, turn: int, told: list[Step]
) -> Generator[Asked, float, float]:
    """It is thought out, decided and taken up."""
    shaping = (_SHAPE_AGAIN_DAYS if turn else _SHAPE_DAYS) * fate.shaping[turn]
    now = yield "until", told[-1].at + shaping
    by = PRODUCT
    if turn == 0 or fate.again[turn] < customs.asked_again:
        told.append(Step(now, DECIDING, PRODUCT))
        now = yield "until", now + customs.rules.decision * fate.deciding[turn]
        by = LEADERSHIP
        if turn == 0 and fate.is_dropped:
            told.append(Step(now, WONT_DO, LEADERSHIP))
            return now
    told.append(Step(now, READY, by))
    return (yield "until", customs.next_meeting(now))


def _built(
    fate: Fate, customs: Customs, turn: int, left: float, told: list[Step]
) -> Generator[Asked, float, tuple[float, float]]:
    """It is built, or comes back; with what is left to be done."""
    now = yield "engineer", _NEW
    told.append(Step(now, BUILDING, ENGINEERING))
    if customs.is_changed(fate, turn):
        done = left * fate.scope_at[turn]
        now = yield "until", now + done
        left += 2 * _GROWS * fate.added[turn] * fate.work - done
        told.append(Step(now, SCOPE, PRODUCT))
        if fate.returns[turn] < RETURNED:
            now = yield "until", now + _CLICK
            told.append(Step(now, SHAPING, PRODUCT))
            yield "free", 0
            return now, left
    now = yield "until", now + left
    yield "free", 0
    return now, 0.0


def _reviewed(fate: Fate, customs: Customs, now: float, told: list[Step]) -> Way:
    """A colleague reads it, and whoever has to approve it does so, one after the other."""
    for refusal in range(_REFUSALS + 1):
        told.append(Step(now, REVIEW, ENGINEERING))
        now = yield "engineer", _BEGUN
        now = yield "until", now + _READING_DAYS
        yield "free", 0
        now = yield "until", now + _APPROVAL_DAYS * fate.approving[0]
        if refusal == _REFUSALS or fate.refused[refusal] >= _REFUSED:
            break
        told.append(Step(now, BUILDING, APPROVAL))
        now = yield "engineer", _BEGUN
        now = yield "until", now + _FIX * fate.work
        yield "free", 0
    for length in fate.approving[1 : customs.approvals(fate)]:
        told.append(Step(now, SECOND_REVIEW, APPROVAL))
        now = yield "until", now + _APPROVAL_DAYS * length
    told.append(Step(now, RELEASED, APPROVAL))
