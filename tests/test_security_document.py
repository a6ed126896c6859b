"""The promises of docs/security.md are held by tests that are there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"(tests/[\w/]+\.py)::(\w+)", TEXT)))
PROMISES = TEXT.partition("## What is promised")[2].partition("## What is not promised")[0]
ROWS = [row for row in PROMISES.splitlines() if row.startswith("| ")]
HEADS = {"| promise | held by |", "| it never becomes | held by |"}


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_test_that_holds_a_promise_is_there() -> None:
    assert len(NAMED) > len(ROWS)
    assert [f"{path}::{test}" for path, test in NAMED if test not in functions_of(path)] == []


def test_every_promise_names_a_test_that_holds_it() -> None:
    told = [row for row in ROWS if row not in HEADS]
    assert len(told) > len(HEADS)
    assert [row for row in told if not re.search(r"tests/[\w/]+\.py::\w+", row)] == []
