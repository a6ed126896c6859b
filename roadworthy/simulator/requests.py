"""Requests for a verdict, from the moment at which they are made to their end and beyond it.

A request is made by coming into a stage that gives verdicts, or by raising a flag. Whoever moves
the issue on or back, or lifts the flag, has decided it; nobody has who does so in bulk, or takes
back what others were to answer. A verdict that sent an
issue on is taken back when somebody brings the issue back, one on a flag when it is raised again.
"""

from datetime import datetime, timedelta

from roadworthy.simulator.flags import FLAGS
from roadworthy.simulator.issue import Edit, Issue
from roadworthy.simulator.truth import Decision
from roadworthy.simulator.workflow import BY_ID, DROPPED, RANKS, Status

MUST_HOLD = timedelta(days=14)
"""For how long a verdict can be taken back."""
CHANNELS = {"decision": "stage", "approval": "approval"}


class Stays:
    """The requests that one issue makes by where it is."""

    __slots__ = ("_asked_by", "_open", "_sent_on", "_stage", "made")

    def __init__(self) -> None:
        """The issue is nowhere yet."""
        self.made: list[Decision] = []
        self._stage: str | None = None
        self._asked_by = "?"
        self._open: Decision | None = None
        self._sent_on: list[tuple[int, Decision]] = []

    def entered(self, issue: Issue, stage: Status, at: datetime, edit: Edit | None) -> None:
        """The issue is in another stage; to be put aside and taken up again is no event."""
        if stage.kind == "parked" or stage.id == self._stage:
            return
        before, self._stage = self._stage, stage.id
        if before is not None and edit is not None:
            if self._sent_on:
                self._take_back(RANKS[before], RANKS[stage.id], edit)
            if self._open is not None:
                self._answer(self._open, BY_ID[before], edit)
        self._asked_by = "?" if edit is None else edit.role
        channel = CHANNELS.get(stage.kind)
        self._open = None if channel is None else _request(issue, channel, stage.name, at)
        if self._open is not None:
            self.made.append(self._open)

    def _take_back(self, before: int, rank: int, edit: Edit) -> None:
        """Whatever had sent the issue past the place it now comes back to did not hold."""
        if not edit.is_by_hand or rank == RANKS[DROPPED]:
            return
        for place, verdict in self._sent_on:
            if rank <= place < before:
                _reverse(verdict, edit.at)

    def _answer(self, request: Decision, left: Status, edit: Edit) -> None:
        """The issue has left the stage in which it waited."""
        if self._stage == DROPPED:
            _end(request, "dropped", edit)
            return
        is_sent_on = RANKS[str(self._stage)] > RANKS[left.id]
        # Nobody else has said anything where those who had asked take the question back.
        is_theirs = edit.role == self._asked_by and edit.role not in (left.owner, "bot", "?")
        is_withdrawn = edit.is_bulk or (is_theirs and not is_sent_on)
        _end(request, "withdrawn" if is_withdrawn else "decided", edit)
        if is_sent_on:
            self._sent_on.append((RANKS[left.id], request))


class Requests:
    """The requests of all issues."""

    def __init__(self) -> None:
        """None has been made."""
        self._stays: dict[str, Stays] = {}
        self._flags: dict[tuple[str, str], list[Decision]] = {}

    def entered(self, issue: Issue, stage: Status, at: datetime, edit: Edit | None) -> None:
        """The issue came into a stage, or into being."""
        stays = self._stays.get(issue.item_id)
        if stays is None:
            stays = self._stays[issue.item_id] = Stays()
        stays.entered(issue, stage, at, edit)

    def flagged(self, issue: Issue, edit: Edit) -> None:
        """Flags went up or down, or other labels changed."""
        for flag in FLAGS:
            if flag.waits_for != "decision":
                continue
            was_up, is_up = flag.is_up(edit.before), flag.is_up(edit.after)
            raised = (
                self._flags.setdefault((issue.item_id, flag.name), []) if is_up or was_up else []
            )
            if is_up and not was_up:
                for earlier in raised if edit.is_by_hand else ():
                    _reverse(earlier, edit.at)
                raised.append(_request(issue, "flag", flag.name, edit.at))
            if was_up and not is_up:
                _end(raised[-1], "withdrawn" if edit.is_bulk else "decided", edit)

    def settled(self, issue: Issue, over_at: datetime | None, ends_at: datetime) -> list[Decision]:
        """The requests of an issue that was over at ``over_at``, or is not over yet."""
        flagged = [self._flags.get((issue.item_id, flag.name), []) for flag in FLAGS]
        is_dropped = issue.state.stage == DROPPED
        asked = [
            _settled_flag(request, over_at, is_dropped=is_dropped)
            for request in [one for raised in flagged for one in raised]
            if over_at is None or request.requested_at < over_at
        ]
        found = [*self._stays[issue.item_id].made, *asked]
        for request in found:
            _judge(request, ends_at)
        _settle_stability(found)
        return found


def _request(issue: Issue, channel: str, right: str, at: datetime) -> Decision:
    return Decision(
        item_id=issue.item_id,
        team=issue.team.name,
        channel=channel,
        decision_right=right,
        requested_at=at,
    )


def _end(request: Decision, outcome: str, edit: Edit) -> None:
    request.outcome, request.ended_at = outcome, edit.at
    request.decided_by_role = edit.role if outcome == "decided" else None


def _reverse(verdict: Decision, at: datetime) -> None:
    """Take a verdict back, if it is one, still young, and has not been taken back before."""
    is_young = verdict.ended_at is not None and at <= verdict.ended_at + MUST_HOLD
    if verdict.outcome == "decided" and is_young and verdict.reversed_at is None:
        verdict.reversed_at = at


def _settled_flag(request: Decision, over_at: datetime | None, *, is_dropped: bool) -> Decision:
    """The end of an issue ends the wait for a flag that is still up, or is lifted with it."""
    ended_at = request.ended_at
    if over_at is None or (ended_at is not None and ended_at < over_at):
        return request
    if ended_at == over_at and not is_dropped:
        return request
    request.outcome = "dropped" if is_dropped else "withdrawn"
    request.ended_at, request.decided_by_role, request.reversed_at = over_at, None, None
    return request


def _judge(request: Decision, ends_at: datetime) -> None:
    """Whether a verdict held, which is not known before its time is over."""
    if request.outcome != "decided" or request.ended_at is None:
        return
    is_over = request.ended_at + MUST_HOLD <= ends_at
    request.is_reversed = True if request.reversed_at is not None else (False if is_over else None)


def _settle_stability(found: list[Decision]) -> None:
    """From each verdict on, the first on the same question that was not taken back.

    While it is too young to tell, so is every one before it that waits for it.
    """
    last: dict[tuple[str, str], datetime | None] = {}
    for request in sorted(found, key=lambda one: one.requested_at, reverse=True):
        if request.outcome == "decided":
            question = request.channel, request.decision_right
            if not request.is_reversed:
                last[question] = request.ended_at if request.is_reversed is False else None
            request.stable_at = last.get(question)
