import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from roadworthy.config import load
from roadworthy.simulator import Scenario, simulate, write_archive

ENDS_AT = datetime(2026, 1, 5, 6, tzinfo=UTC)
FILES = [
    "github/issues.ndjson.gz",
    "github/pulls.ndjson.gz",
    "jira/fields.json",
    "jira/issues.ndjson.gz",
    "jira/statuses.json",
    "jira/versions.json",
    "roadworthy.toml",
    "truth/commitments.ndjson",
    "truth/date_moves.ndjson",
    "truth/decision_changes.ndjson",
    "truth/decisions.ndjson",
    "truth/dirt.ndjson",
    "truth/handoffs.ndjson",
    "truth/intake.ndjson",
    "truth/latency_components.ndjson",
    "truth/parameters.json",
    "truth/readiness_checks.ndjson",
    "truth/visits.ndjson",
]


def contents(folder: Path, *, seed: int) -> dict[str, bytes]:
    few = Scenario(arrivals_a_week=0.5)
    write_archive(simulate(seed, ends_at=ENDS_AT, scenario=few), folder)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first, again = contents(tmp_path / "a", seed=3), contents(tmp_path / "b", seed=3)
    other = contents(tmp_path / "c", seed=4)
    assert sorted(first) == FILES
    assert again == first
    same = {name for name in FILES if other[name] == first[name]}
    assert same == {"jira/fields.json", "jira/statuses.json", "roadworthy.toml"}


def test_an_end_without_a_zone_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match="without a zone; give it one"):
        simulate(1, ends_at=datetime(2026, 1, 5, 6))  # noqa: DTZ001 # the fault under test


def test_the_configuration_is_one_that_the_product_accepts(archive: Path) -> None:
    config = load(archive / "roadworthy.toml").config
    assert [source.name for source in config.sources] == ["acme", "code"]
    assert [stage.name for stage in config.stages][:4] == [
        "Idea",
        "Shaping",
        "Roadmap Decision",
        "Ready for Dev",
    ]
    assert [intervention.kind for intervention in config.interventions] == [
        "coaching",
        "governance",
    ]


def test_every_account_of_the_histories_but_the_contractor_has_a_role(
    archive: Path, issues: list[dict[str, Any]]
) -> None:
    roles = tomllib.loads((archive / "roadworthy.toml").read_text())["roles"]
    declared = {who for holders in roles.values() for who in holders}
    strangers = {
        history["author"]["displayName"]
        for issue in issues
        for history in issue["changelog"]["histories"]
        if "author" in history and f"account:{history['author']['accountId']}" not in declared
    }
    assert strangers == {"Jo Winter"}
