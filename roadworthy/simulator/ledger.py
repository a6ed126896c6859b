"""Where the truth is written down, at the moment at which something is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from roadworthy.simulator.checks import Checks
from roadworthy.simulator.doors import Doors
from roadworthy.simulator.flags import FLAGGING
from roadworthy.simulator.issue import SCOPE, Edit, Issue
from roadworthy.simulator.meter import Meters
from roadworthy.simulator.requests import Requests
from roadworthy.simulator.rights import Rights
from roadworthy.simulator.truth import (
    Check,
    Commitment,
    DateMove,
    Decision,
    DecisionChange,
    Dirt,
    Handoff,
    Intake,
    Share,
    Visit,
    days_of,
)
from roadworthy.simulator.workflow import BUILDING, BY_ID, ENDS, RANKS


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What is known of the issues once nothing more will happen to them."""

    decisions: list[Decision]
    decision_changes: list[DecisionChange]
    intake: list[Intake]
    checks: list[Check]
    shares: list[Share]


class Ledger:
    """The rows of the truth, and the open ends that later events close."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.visits: list[Visit] = []
        self.handoffs: list[Handoff] = []
        self.date_moves: list[DateMove] = []
        self.commitments: list[Commitment] = []
        self.dirt: list[Dirt] = []
        self._requests = Requests()
        self._rights = Rights()
        self._doors = Doors()
        self._checks = Checks()
        self._meters = Meters()
        self._open_visit: dict[str, Visit] = {}
        self._of_item: dict[str, list[Handoff]] = {}
        self._promise: dict[str, Commitment] = {}
        self._reached_at: dict[str, datetime] = {}

    def enter(self, issue: Issue, at: datetime) -> None:
        """The issue is in the stage of its present status from ``at`` on."""
        before = self._open_visit.get(issue.item_id)
        if before is not None:
            before.left_at = at
        stage = BY_ID[issue.state.stage]
        visit = Visit(
            item_id=issue.item_id,
            visit_number=1 if before is None else before.visit_number + 1,
            team=issue.team.name,
            stage=stage.name,
            entered_at=at,
        )
        self._open_visit[issue.item_id] = visit
        self.visits.append(visit)
        if RANKS[stage.id] >= RANKS[BUILDING] and stage.kind not in ("parked", "dropped"):
            self._reached_at.setdefault(issue.item_id, at)
        self._requests.entered(issue, stage, at, None if before is None else issue.edits[-1])
        self._doors.entered(issue, stage, at)
        self._checks.entered(issue, stage, at)
        self._meters.entered(issue, stage, at)

    def edited(self, issue: Issue, edit: Edit) -> None:
        """Somebody changed an issue; whether that moved it, :meth:`Ledger.enter` is told."""
        changed = edit.changed
        self._rights.edited(issue, edit, changed)
        if changed & FLAGGING:
            self._requests.flagged(issue, edit)
            self._meters.flagged(issue, edit)
        if changed & SCOPE and edit.is_by_hand:
            self._doors.rescoped(issue, edit, len(changed & SCOPE))
            self._meters.rescoped(issue, edit)
        if "assignee" in changed:
            self._doors.assigned(issue, edit)

    def here_since(self, issue: Issue) -> datetime | None:
        """Since when the issue is where it is; None where a slip of the hand has put it there."""
        visit = self._open_visit[issue.item_id]
        return visit.entered_at if visit.stage == BY_ID[issue.state.stage].name else None

    def belongs_to(self, item_id: str, team: str) -> None:
        """An idea was filed with another team, which has it from its first day on."""
        self._open_visit[item_id].team = team

    def hand_over(self, issue: Issue, handoff: Handoff) -> None:
        """An attempt begins."""
        self._of_item.setdefault(handoff.item_id, []).append(handoff)
        self.handoffs.append(handoff)
        if handoff.failed_rules is not None:
            self._checks.checked(issue, handoff)

    def met(self, issue: Issue, rule: str, at: datetime) -> None:
        """A rule of readiness is met from now on."""
        self._checks.met(issue, rule, at)

    def handoffs_of(self, item_id: str) -> list[Handoff]:
        """The attempts of an item so far, oldest first."""
        return self._of_item.get(item_id, [])

    def decide(self, item_id: str, verdict: str, at: datetime, role: str) -> None:
        """The open attempt of the item gets its verdict; an acceptance ends earlier rework."""
        attempts = self.handoffs_of(item_id)
        if not attempts or attempts[-1].verdict != "undecided" or attempts[-1].is_swept_back:
            return
        last = attempts[-1]
        last.verdict, last.verdict_at, last.verdict_role = verdict, at, role
        for rejected in attempts if verdict == "accepted" else ():
            if rejected.verdict == "rejected" and rejected.reaccepted_at is None:
                rejected.reaccepted_at = at
        self._meters.judged(last, at)

    def sweep_back(self, item_id: str) -> None:
        """The item was sent back in bulk: an open attempt will have no verdict any more."""
        for attempt in self.handoffs_of(item_id)[-1:]:
            attempt.is_swept_back = attempt.verdict == "undecided"

    def return_late(self, item_id: str, at: datetime) -> None:
        """The item comes back although it had been accepted."""
        last = self.handoffs_of(item_id)[-1]
        last.late_return_at = at
        self._meters.returned(last, at)

    def promise(self, commitment: Commitment) -> None:
        """A date becomes a commitment; a subject has one."""
        self._promise[commitment.subject_id] = commitment
        self.commitments.append(commitment)

    def promise_of(self, subject_id: str) -> Commitment | None:
        """The commitment of a subject, if it has one."""
        return self._promise.get(subject_id)

    def move_date(self, move: DateMove) -> None:
        """A date moves; where it had been promised, the promise keeps count."""
        self.date_moves.append(move)
        promise = self.promise_of(move.subject_id)
        if promise is None or not move.is_after_commitment:
            return
        promise.current_on = move.to_on
        later = move.move == "clear" or (move.move == "retarget" and days_of(move) > 0)
        promise.slip_count += move.move == "slip" or later
        if move.move in ("slip", "pull_in", "retarget"):
            promise.gross_slip_days += max(days_of(move), 0)
            promise.pull_in_days += max(-days_of(move), 0)

    def soil(self, kind: str, subject: str, at: datetime, detail: str = "") -> None:
        """Something untidy was planted."""
        self.dirt.append(Dirt(kind=kind, subject=subject, at=at, detail=detail))

    def settle(self, issues: Iterable[Issue], ends_at: datetime) -> Settled:
        """Everything about the issues that only their end, or ``ends_at``, can tell."""
        known = [(issue, self._over_at(issue)) for issue in issues]
        for change in self._rights.changes:
            since = self._committed_since(change.item_id)
            change.is_after_commitment = since is not None and change.changed_at > since
        return Settled(
            decisions=[r for i, over in known for r in self._requests.settled(i, over, ends_at)],
            decision_changes=self._rights.changes,
            intake=[row for i, over in known for row in self._doors.settled(i, over)],
            checks=[row for i, _ in known for row in self._checks.settled(i, ends_at)],
            shares=[row for i, _ in known for row in self._meters.settled(i, ends_at)],
        )

    def _over_at(self, issue: Issue) -> datetime | None:
        """When the issue was over for good; None of one that is not."""
        return self.here_since(issue) if issue.state.stage in ENDS else None

    def _committed_since(self, item_id: str) -> datetime | None:
        """The promise of a date or, where none was ever made, the beginning of the build."""
        promise = self.promise_of(item_id)
        return promise.committed_at if promise else self._reached_at.get(item_id)
