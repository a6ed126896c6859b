"""Generated pull requests as a tracker would tell them: event by event, and how they stand now.

The status follows from what happened as it does in the warehouse: a request for changes blocks
until something is pushed or its reviewer is asked again; it is then waited for the next verdict; an
approval stands until its reviewer speaks again or it is dismissed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from tests.pipelines.generated_policy import CODE, JIRA, MONDAY, REPOSITORY
from tests.pipelines.generated_reviews import Act, Pull

Row: TypeAlias = dict[str, Any]

_VERDICTS = {"approve": "approved", "request changes": "changes_requested", "review": "commented"}
_ENDS = {("open", "close"): "closed", ("open", "merge"): "merged", ("closed", "reopen"): "open"}


@dataclass
class _Verdict:
    """What a reviewer said last, and whether the author has answered it."""

    review_id: str
    state: str
    is_answered: bool = False
    is_waited_out: bool = False


class ToldPull:
    """A pull request with the rows that follow from its life."""

    def __init__(self, number: int, life: Pull, later: timedelta) -> None:
        self.item_id = f"github:{CODE}:{REPOSITORY}#{number}"
        self._number, self._life = number, life
        self._born = self._moment = MONDAY + timedelta(minutes=life.born_minute) + later
        self._is_draft, self._state, self._status = life.is_draft, "open", "draft"
        self._verdicts: dict[str | None, _Verdict] = {}
        self._asked: set[str] = set()
        self.changes: list[Row] = []
        self.activities: list[Row] = []
        self._settle("opened", life.author)
        for place, act in enumerate(life.steps):
            self._moment += timedelta(minutes=act.minutes)
            if self._state != "merged":
                self._do(f"event:{place}", act)

    @property
    def links(self) -> list[Row]:
        """The ticket it is for, where it names one."""
        if self._life.ticket is None:
            return []
        ticket = f"jira:{JIRA}:{self._life.ticket}"
        row = {"item_id": self.item_id, "linked_item_id": ticket, "link": "names"}
        return [{**row, "evidence": "title", "is_closing": False}]

    def _do(self, group: str, act: Act) -> None:
        word, _, whom = act.word.partition(" ")
        match word:
            case "approve" | "request" | "review":
                group = self._review(act)
            case "ask" | "unask":
                self._ask(group, act, whom, is_asked=word == "ask")
            case "ready" | "draft" if self._is_draft != (word == "draft"):
                self._switch(group, act, is_draft=word == "draft")
            case "push":
                self._act("commit", None)
                for verdict in self._verdicts.values():
                    verdict.is_answered |= verdict.state == "changes_requested"
            case "dismiss":
                self._dismiss(group, act)
            case "comment":
                self._act("comment", act.person)
            case "close" | "reopen" | "merge":
                self._state = _ENDS.get((self._state, word), self._state)
        self._settle(group, act.person)

    def _review(self, act: Act) -> str:
        review_id, state = str(len(self.activities) + 1), _VERDICTS.get(act.word, "approved")
        says = act.word not in ("approve", "review")
        group = self._act("review", act.person, has_text=says)
        self._change(group, act.person, field="review", to_id=review_id, to_text=state)
        self._asked.discard(str(act.person))
        if state != "commented" and act.person not in (self._life.author, "bot"):
            for verdict in self._verdicts.values():
                verdict.is_waited_out |= verdict.is_answered
            self._verdicts[act.person] = _Verdict(review_id, state)
        return group

    def _ask(self, group: str, act: Act, whom: str, *, is_asked: bool) -> None:
        if (whom in self._asked) == is_asked or whom == self._life.author:
            return
        (self._asked.add if is_asked else self._asked.discard)(whom)
        side = "to" if is_asked else "from"
        member = {f"{side}_id": whom, f"{side}_text": whom, "is_member": True}
        self._change(group, act.person, field="review_request", **member)
        if is_asked and whom in self._verdicts:
            verdict = self._verdicts[whom]
            verdict.is_answered |= verdict.state == "changes_requested"

    def _switch(self, group: str, act: Act, *, is_draft: bool) -> None:
        before, after = str(self._is_draft).lower(), str(is_draft).lower()
        self._change(group, act.person, field="draft", from_text=before, to_text=after)
        self._is_draft = is_draft

    def _dismiss(self, group: str, act: Act) -> None:
        """Of the reviews that stand the first is dismissed."""
        for who, verdict in list(self._verdicts.items())[:1]:
            told = {"from_id": verdict.review_id, "from_text": verdict.state}
            told |= {"to_id": verdict.review_id, "to_text": "dismissed"}
            self._change(group, act.person, field="review", **told)
            del self._verdicts[who]

    def _settle(self, group: str, person: str | None) -> None:
        """Record the status that follows, if it is another."""
        before, self._status = self._status, self._status_now()
        if before != self._status:
            self._change(group, person, field="status", from_text=before, to_text=self._status)

    def _status_now(self) -> str:
        if self._state != "open":
            return self._state
        if self._is_draft:
            return "draft"
        blocks = [one for one in self._verdicts.values() if one.state == "changes_requested"]
        if any(not one.is_answered for one in blocks):
            return "changes requested"
        is_waiting = any(one.is_answered and not one.is_waited_out for one in blocks)
        is_approved = any(one.state == "approved" for one in self._verdicts.values())
        return "approved" if is_approved and not is_waiting else "review required"

    def _act(self, kind: str, person: str | None, *, has_text: bool = True) -> str:
        act = f"{kind}:{len(self.activities) + 1}"
        row = {"item_id": self.item_id, "activity_id": act, "kind": kind, "actor_id": person}
        self.activities.append({**row, "has_text": has_text, "acted_at": self._moment})
        return act

    def _change(self, group: str, person: str | None, **told: Any) -> None:
        ordinal = sum(one["change_group"] == group for one in self.changes)
        placed = {"ordinal": ordinal, "sequence": len(self.changes) + 1, "is_member": False}
        made = {"item_id": self.item_id, "change_group": group, "actor_id": person}
        row = {**placed, **made, "field_id": told["field"], "changed_at": self._moment, **told}
        self.changes.append(row)

    def item(self) -> Row:
        """The pull request as it stands now."""
        is_over = self._status in ("merged", "closed")
        moves = [one["changed_at"] for one in self.changes if one["field"] == "status"]
        return {
            "item_id": self.item_id,
            "source": CODE,
            "tracker": "github",
            "kind": "pull_request",
            "key": f"{REPOSITORY}#{self._number}",
            "project": REPOSITORY,
            "item_type": "pull request",
            "is_subtask": False,
            "author_id": self._life.author,
            "status": self._status,
            "components": [],
            "labels": [],
            "created_at": self._born,
            "resolved_at": moves[-1] if is_over else None,
        }

    def values(self) -> Iterator[Row]:
        """The values that its payload shows."""
        shown = {"status": self._status, "draft": str(self._is_draft).lower()}
        for field, text in shown.items():
            row = {"item_id": self.item_id, "field": field, "field_id": field, "position": 1}
            yield {**row, "value_text": text}
