"""What becomes of the rules of readiness at a handoff: when a failure was made good, and its debt.

A failed rule owes time from the handoff until it is met, for as long as the item is on the
receiving side; it owes nothing more once the item is handed over and checked again.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from roadworthy.simulator.issue import Issue
from roadworthy.simulator.scenario import RULES, SCOPE
from roadworthy.simulator.truth import Check, Handoff
from roadworthy.simulator.workflow import ENDS, RANKS, READY, Status

MICROSECOND = timedelta(microseconds=1)


@dataclass(slots=True)
class Account:
    """The checks of one item."""

    read_at: datetime
    is_downstream: bool = False
    checks: list[tuple[Handoff, Check]] = field(default_factory=list)
    owing: list[Check] = field(default_factory=list)

    def read(self, at: datetime) -> None:
        """Book the time since the last event to every failure that owes it."""
        if self.owing and self.is_downstream:
            elapsed = (at - self.read_at) // MICROSECOND
            for check in self.owing:
                check.debt_microseconds = (check.debt_microseconds or 0) + elapsed
        self.read_at = at


class Checks:
    """The checks of all items."""

    def __init__(self) -> None:
        """Nothing has been handed over."""
        self._accounts: dict[str, Account] = {}

    def entered(self, issue: Issue, stage: Status, at: datetime) -> None:
        """The issue came into a stage, or into being; blocked, it is where it was blocked."""
        account = self._accounts.get(issue.item_id)
        if account is None:
            account = self._accounts[issue.item_id] = Account(at)
        account.read(at)
        if stage.kind != "parked":
            account.is_downstream = RANKS[stage.id] >= RANKS[READY] and stage.id not in ENDS

    def checked(self, issue: Issue, handoff: Handoff) -> None:
        """The rules are judged; from now on only what fails here owes anything."""
        account = self._accounts[issue.item_id]
        account.read(handoff.handed_at)
        found = [_check(issue, handoff, rule) for rule in RULES]
        account.owing = [check for check in found if check.outcome == "fail"]
        account.checks += [(handoff, check) for check in found]

    def met(self, issue: Issue, rule: str, at: datetime) -> None:
        """A rule that was not met is met from now on."""
        account = self._accounts.get(issue.item_id)
        if account is None:
            return
        account.read(at)
        account.owing = [check for check in account.owing if check.rule != rule]
        for _, check in account.checks:
            if check.rule == rule and check.outcome == "fail" and check.passed_at is None:
                check.passed_at = at

    def settled(self, issue: Issue, ends_at: datetime) -> list[Check]:
        """The checks of an issue as they stand in the end."""
        account = self._accounts[issue.item_id]
        account.read(ends_at)
        for handoff, check in account.checks:
            check.outcome_now = _outcome(issue, check.rule)
            if check.outcome == "fail":
                check.is_filled_late = _is_after_acceptance(handoff, check.passed_at)
        return [check for _, check in account.checks]


def _check(issue: Issue, handoff: Handoff, rule: str) -> Check:
    outcome, at = _outcome(issue, rule), handoff.handed_at
    return Check(
        handoff_id=handoff.handoff_id,
        item_id=issue.item_id,
        rule=rule,
        checked_at=at,
        outcome=outcome,
        passed_at=at if outcome == "pass" else None,
        debt_microseconds=0 if outcome == "fail" else None,
    )


def _outcome(issue: Issue, rule: str) -> str:
    if issue.kind not in SCOPE[rule]:
        return "not_evaluable"
    return "fail" if rule in issue.gaps else "pass"


def _is_after_acceptance(handoff: Handoff, passed_at: datetime | None) -> bool:
    accepted_at = handoff.verdict_at if handoff.verdict == "accepted" else None
    return accepted_at is not None and passed_at is not None and passed_at > accepted_at
