"""Whole payloads to spoil: those of an invented company, the richest of each kind."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from roadworthy.simulator import Organisation, Scenario, simulate
from roadworthy.simulator.archive import ENCODER
from roadworthy.simulator.github import issue_payload, pull_payload
from roadworthy.simulator.jira import Tracker

_KEPT: Final = 6
_SEED: Final = 7


@cache
def _organisation() -> Organisation:
    return simulate(_SEED, ends_at=datetime(2026, 1, 5, 6, tzinfo=UTC), scenario=Scenario(days=60))


@cache
def jira_issues() -> tuple[Any, ...]:
    """Issues with their histories, as REST returns them."""
    tracker = Tracker(_organisation())
    return _richest(tracker.issue(issue) for issue in _organisation().issues)


@cache
def github_pulls() -> tuple[Any, ...]:
    """Pull requests with their timelines and reviews."""
    return _richest(pull_payload(_organisation(), pull) for pull in _organisation().pulls)


@cache
def github_issues() -> tuple[Any, ...]:
    """Issues of GitHub with their timelines."""
    return _richest(issue_payload(issue) for issue in _organisation().github_issues)


def _richest(payloads: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    texts = sorted((ENCODER.encode(payload) for payload in payloads), key=len, reverse=True)
    return tuple(json.loads(text) for text in texts[:_KEPT])
