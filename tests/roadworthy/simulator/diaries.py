"""One issue and a ledger, told hour by hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from roadworthy.simulator.issue import Edit, Issue, State
from roadworthy.simulator.ledger import Ledger, Settled
from roadworthy.simulator.people import AUTOMATION, CEO, TEAMS, Person
from roadworthy.simulator.truth import Handoff
from roadworthy.simulator.workflow import BY_ID, IDEA

TEAM = TEAMS[0]
BY = {
    "product": TEAM.managers[0],
    "engineering": TEAM.lead,
    "ceo": CEO,
    "bot": AUTOMATION,
    "?": Person("Somebody", "?"),
}
BEGAN = datetime(2025, 3, 3, 9, tzinfo=UTC)


def hours(count: float) -> datetime:
    return BEGAN + timedelta(hours=count)


class Diary:
    """An issue from its creation on, at hour 0."""

    def __init__(self, *, status: str = IDEA, **state: Any) -> None:
        first = State(key="PAY-1", project="PAY", status=status, summary="One", **state)
        self.issue = Issue(
            id="1", kind="Story", team=TEAM, created_at=BEGAN, creator=TEAM.lead, state=first
        )
        self.ledger = Ledger()
        self.ledger.enter(self.issue, BEGAN)

    def edit(
        self,
        hour: float,
        role: str,
        *,
        is_bulk: bool = False,
        **changes: Any,
    ) -> None:
        after = replace(self.issue.state, **changes)
        number = len(self.issue.edits) + 1
        edit = Edit(number, hours(hour), BY[role], self.issue.state, after, is_bulk)
        self.issue.edits.append(edit)
        self.issue.state = after
        self.ledger.edited(self.issue, edit)

    def move(
        self,
        hour: float,
        role: str,
        to: str,
        *,
        is_bulk: bool = False,
        **changes: Any,
    ) -> None:
        self.edit(hour, role, is_bulk=is_bulk, status=to, **changes)
        self.ledger.enter(self.issue, hours(hour))

    def hand_over(self, hour: float, from_stage: str, *failed: str) -> None:
        """The issue was moved to its stage as an attempt that was checked."""
        self.issue.gaps = set(failed)
        number = len(self.ledger.handoffs_of(self.issue.item_id)) + 1
        handoff = Handoff(
            handoff_id=f"1/{number}",
            item_id=self.issue.item_id,
            team=TEAM.name,
            item_type=self.issue.kind,
            from_stage=BY_ID[from_stage].name,
            to_stage=BY_ID[self.issue.state.stage].name,
            attempt=number,
            handed_at=hours(hour),
            is_skip=False,
            failed_rules=sorted(failed),
            rejection_chance=0.0,
            is_new_practice=False,
        )
        self.ledger.hand_over(self.issue, handoff)

    def decide(self, hour: float, verdict: str, role: str = "engineering") -> None:
        self.ledger.decide(self.issue.item_id, verdict, hours(hour), role)

    def settle(self, hour: float) -> Settled:
        return self.ledger.settle([self.issue], hours(hour))
