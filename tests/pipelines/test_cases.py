"""The cases people read, held against the product: what happened in, what must be said out."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.policy import Policy
from roadworthy.stages.estimates import estimates
from roadworthy.stages.item_facts import ItemFacts, item_facts
from tests.pipelines.case_core import core_of
from tests.pipelines.case_files import Case, CaseError, Table, cases_in, shared_parts
from tests.pipelines.case_words import in_words, items_of

FOLDER = Path(__file__).parents[1] / "cases"
CASES = cases_in(FOLDER)
SHARED = shared_parts(FOLDER / "README.md")

TOPICS = {
    "clocks forward": "dst in spring",
    "clocks back": "dst in autumn",
    "bulk edit": "a bulk edit of dates",
    "same instant in one history": "same instant, one history",
    "same instant in two histories": "same instant, two histories",
    "mis-click": "a mis-click is merged",
    "nested mis-click": "a nested mis-click",
    "recall": "recalls are kept apart from rejections",
    "late return": "late return",
    "reopen": "reopened and finished again",
    "reopened and still open is not done": "reopened and still open is not done",
    "direct jump": "a direct jump into development is one handoff, a skip",
    "undecided attempts": "undecided attempts are censored",
    "rejection by a third role": "rejection by a third role",
    "rejection by a bot": "bot rejection",
    "parked in the middle": "parked in the middle",
    "moved between projects": "moved between projects",
    "renamed status": "a renamed status",
    "created in a late status": "created directly in a late status",
    "closed without a status change": "closed without any status change",
    "dropped by resolution": "dropped by resolution",
    "sub-task": "a sub-task is not counted together",
    "filled in the same click": "filled in the same click",
    "filled in a moment later": "filled in a moment later",
    "filled in late": "late fill-in",
    "rule out of scope": "rule out of scope",
    "rule before its introduction": "rule before its introduction",
    "unknown field": "unknown field",
    "labels any of": "labels any of",
    "links": "links of a kind",
    "attachments": "attachments",
    "minimum length with blanks": "minimum length with blanks",
    "commitment set before the stage": "the date was set before the commit stage",
    "commitment set after the stage": "the date was set after the commit stage",
    "retargeted version": "retargeted version",
    "cleared date": "cleared date",
    "de-commitment": "de-commitment",
    "lower bound": "lower bound",
    "correction within a day": "correction within 24 hours",
    "weekend move": "weekend move of less than a business day",
    "silent miss": "silent miss",
    "no silent miss when pulled out": "silent miss not when pulled out before",
    "dropped items not judged": "dropped items are not judged",
    "end of the local day": "by the end of the local day",
    "due date and zones": "due date never shifted by a zone",
    # Clocks.
    "hidden clock": "no hidden clock: open work",
    "hidden clock, read later": "no hidden clock: read a month later",
    "minute precision": "minute precision",
    "naive and aware": "naive and aware: half past midnight",
    "naive and aware, midnight": "naive and aware: a minute to midnight",
    "inclusive days": "inclusive days: from monday to tuesday",
    "inclusive days, same day": "inclusive days: done on the day",
    "business time in spring": "dst in spring: a shift that loses an hour",
    "business time in autumn": "dst in autumn: a shift that gains an hour",
    "calendar of a role": "a role may work in another zone",
    "holiday of a role": "a holiday of the role",
    "weekend": "asked on a saturday",
    "handoffs between zones": "between zones a handoff",
    # Metrics that flatter.
    "move back": "a move back erases nothing and resets no clock",
    "only the last label": "only the last label kept",
    "only rejections": "nothing but rejections is still a figure",
    "same-day bounce": "a same-day bounce",
    "updated less created": "lead time is not the day of the last edit",
    "reopened counted as resolved": "reopened and still open counts as resolved nowhere",
    "missing review": "a missing review is not a review of no minutes",
    "any review": "any review would count as an approval",
    "withdrawn, team, nobody asked": "withdrawn requests, team reviewers and pull requests without",
    "review clock": "the review clock starts neither with the draft nor does a comment",
    "approved after the merge": "approved after the merge",
    "self, bot, comment": "self-approval, bot review and comment-only",
    "the last date": "on time against the last date",
    "slip ledger": "the slip ledger",
    "release dates": "version release dates have no history",
    "open items": "open items left out",
    "parts and total": "parts that do not sum",
    "value of today": "today's value used for readiness",
    "direct jump and intake": "a direct jump is one handoff, a skip, and goes around the intake",
    # The ledger.
    "open decision": "a decision nobody has taken",
    "dropped while waiting": "dropped while it waits",
    "flag": "a flag asks until it is taken down",
    "request label": "a label that asks for a right",
    "reversed decision": "a verdict taken back within a fortnight",
    "young verdict": "whether a verdict holds is unknown",
    "decided in bulk": "moved on in bulk is nobody's decision",
    "contest": "undone by another role is a contest",
    "no contest": "two who cover for each other",
    "joint right": "a right held jointly",
    "too few changes": "nine changes are too few",
    "priority churn": "two changes in four weeks",
    "rank": "ranking is no change of priority",
    "approvals side by side": "two reviewers side by side",
    "approvals in series": "two reviewers one after the other",
    "dismissed review": "a dismissed approval is asked for again",
    "superseded": "merged without its approval",
    "approval stage": "a stay in an approval stage",
    "intake bypass": "begun as soon as it was written",
    "exempt types": "a hot fix may come in by the window",
    "early assignment": "given to an engineer before",
    "pull request without a ticket": "a merged pull request that no ticket stands behind",
    "injection into a release": "a release that gained one item",
    "injection into a sprint": "a sprint is committed when it begins",
    "injection into an epic": "an epic is committed",
    "drift": "a date that moves a week every week",
    "convergence": "slips in the first weeks and then holds",
    "estimating quality": "how good the estimates were",
    "precedence": "waiting for somebody outside goes before",
    "rework of a border": "rework belongs to the handoff that caused it",
    "scope rework": "brought back by a changed scope",
    "no money": "without declared values there is no money",
    "debt": "filled in while it waited",
    "debt never paid": "never filled in",
    "first and repeated stays": "first stays and returns are told apart",
    "overdue work": "older than 85 in a hundred",
    "little's law": "work in progress is arrivals times residence",
    "flow efficiency": "the bracket",
    "rounds": "half pass at once",
}


@pytest.mark.parametrize("words", TOPICS.values(), ids=TOPICS.keys())
def test_every_topic_has_a_case_of_its_name(words: str) -> None:
    assert any(words in case.title.lower() for case in CASES)


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in CASES]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    core, policy = core_of(case, SHARED)
    facts = item_facts(core, policy)
    estimated = _Estimates(facts, policy)
    zone = ZoneInfo(policy.hours.zone)
    for name, expected in case.expected.items():
        said = _rows(_table(name, facts, estimated), expected, zone)
        assert said == _wanted(expected), f"{name} of '{case.title}'"


@dataclass
class _Estimates:
    """The estimates of a case, made where one is asked for, and once."""

    facts: ItemFacts
    policy: Policy

    @cached_property
    def tables(self) -> dict[str, pl.DataFrame]:
        return estimates(self.facts, Scopes((), (), ()), self.policy)

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name not in self.tables:
            raise CaseError(f"no table is called '{name}'")
        return self.tables[name]


def _table(name: str, facts: ItemFacts, estimated: _Estimates) -> pl.DataFrame:
    if name == "mis_clicks":
        return pl.DataFrame({"merged": [facts.sightings.misclicks]})
    frame: pl.DataFrame
    frame = getattr(facts, name) if hasattr(facts, name) else estimated[name]
    for key in ("subject_id", "item_id"):
        if key in frame.columns:
            return frame.with_columns(
                item=pl.col(key).str.replace(r"^(jira:acme|github:code):", "")
            )
    return frame


def _rows(frame: pl.DataFrame, expected: Table, zone: ZoneInfo) -> list[tuple[str, ...]]:
    """What the product says, in the columns and the words of the expectation."""
    columns = list(expected[0]) if expected else frame.columns
    unknown = sorted(set(columns) - set(frame.columns))
    if unknown:
        raise CaseError(f"there is no column {unknown}; there are {frame.columns}")
    return sorted(
        tuple(in_words(value, zone) for value in row) for row in frame.select(columns).iter_rows()
    )


def _wanted(expected: Table) -> list[tuple[str, ...]]:
    return sorted(
        tuple({**row, "item": item}[column] if "item" in row else row[column] for column in row)
        for row in expected
        for item in items_of(row.get("item", ""))
    )
