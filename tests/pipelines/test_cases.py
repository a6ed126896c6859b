"""The cases people read, held against the product: what happened in, what must be said out."""

from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from pipelines.policy import Policy
from pipelines.scopes import Scopes
from roadworthy.stages.estimates import estimates
from roadworthy.stages.item_facts import ItemFacts, item_facts
from tests.pipelines.case_core import core_of
from tests.pipelines.case_files import Case, CaseError, Table, cases_in, shared_parts
from tests.pipelines.case_words import in_words, items_of

FOLDER = Path(__file__).parents[1] / "cases"
CASES = cases_in(FOLDER)
SHARED = shared_parts(FOLDER / "README.md")
FACTS = ("work_items", "visits", "handoffs", "readiness_checks", "commitments", "date_moves")
ESTIMATES = ("handoff_rates", "readiness_rules")


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
    zone = ZoneInfo(policy.hours.zone)
    for name, expected in case.expected.items():
        said = _rows(_table(name, facts, policy), expected, zone)
        assert said == _wanted(expected), f"{name} of '{case.title}'"


def _table(name: str, facts: ItemFacts, policy: Policy) -> pl.DataFrame:
    if name == "mis_clicks":
        return pl.DataFrame({"merged": [facts.misclicks]})
    if name in ESTIMATES:
        return estimates(facts, Scopes((), (), ()), policy)[name]
    if name not in FACTS:
        raise CaseError(f"no table is called '{name}'")
    frame: pl.DataFrame = getattr(facts, name)
    key = "subject_id" if "subject_id" in frame.columns else "item_id"
    return frame.with_columns(item=pl.col(key).str.replace(r"^(jira:acme|github:code):", ""))


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
