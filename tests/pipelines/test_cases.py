"""The cases people read, held against the product: what happened in, what must be said out."""

from collections.abc import Mapping
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
