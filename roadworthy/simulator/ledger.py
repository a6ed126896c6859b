"""Where the truth is written down, at the moment at which something is decided."""

from datetime import datetime

from roadworthy.simulator.issue import Issue
from roadworthy.simulator.truth import (
    Commitment,
    DateMove,
    DecisionChange,
    Dirt,
    Handoff,
    Intake,
    Visit,
    days_of,
)
from roadworthy.simulator.workflow import BY_ID


class Ledger:
    """The rows of the truth, and the open ends that later events close."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.visits: list[Visit] = []
        self.handoffs: list[Handoff] = []
        self.date_moves: list[DateMove] = []
        self.commitments: list[Commitment] = []
        self.decision_changes: list[DecisionChange] = []
        self.intake: list[Intake] = []
        self.dirt: list[Dirt] = []
        self._open_visit: dict[str, Visit] = {}
        self._of_item: dict[str, list[Handoff]] = {}
        self._promise: dict[str, Commitment] = {}

    def enter(self, issue: Issue, at: datetime) -> None:
        """The issue is in the stage of its present status from ``at`` on."""
        before = self._open_visit.get(issue.item_id)
        if before is not None:
            before.left_at = at
        visit = Visit(
            item_id=issue.item_id,
            visit_number=1 if before is None else before.visit_number + 1,
            team=issue.team.name,
            stage=BY_ID[issue.state.status].name,
            entered_at=at,
        )
        self._open_visit[issue.item_id] = visit
        self.visits.append(visit)

    def belongs_to(self, item_id: str, team: str) -> None:
        """An idea was filed with another team, which has it from its first day on."""
        self._open_visit[item_id].team = team

    def hand_over(self, handoff: Handoff) -> None:
        """An attempt begins."""
        self._of_item.setdefault(handoff.item_id, []).append(handoff)
        self.handoffs.append(handoff)

    def handoffs_of(self, item_id: str) -> list[Handoff]:
        """The attempts of an item so far, oldest first."""
        return self._of_item.get(item_id, [])

    def decide(self, item_id: str, verdict: str, at: datetime, role: str) -> None:
        """The open attempt of the item gets its verdict; an acceptance ends earlier rework."""
        attempts = self.handoffs_of(item_id)
        if not attempts or attempts[-1].verdict != "undecided":
            return
        last = attempts[-1]
        last.verdict, last.verdict_at, last.verdict_role = verdict, at, role
        for rejected in attempts if verdict == "accepted" else ():
            if rejected.verdict == "rejected" and rejected.reaccepted_at is None:
                rejected.reaccepted_at = at

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
