"""Everything written to a folder: both trackers' answers, the truth, and a configuration."""

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from roadworthy.simulator import jira_catalogue
from roadworthy.simulator.dates import ZONE
from roadworthy.simulator.github import issue_payload, pull_payload
from roadworthy.simulator.jira import Tracker
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.parameters import is_on_time, parameters
from roadworthy.simulator.settings import recorded_sources, settings
from roadworthy.simulator.truth import Commitment, DateMove, days_of

GZIP_LEVEL = 6


def write_archive(organisation: Organisation, folder: Path) -> None:
    """Write the archive into ``folder``, which is made where it does not exist.

    The same organisation gives the same bytes: compressed files carry no time and no name.
    """
    _write_jira(organisation, folder / "jira")
    _write_github(organisation, folder / "github")
    write_truth(organisation, folder / "truth")
    text = settings(organisation, recorded_sources(organisation))
    (folder / "roadworthy.toml").write_text(text, encoding="utf-8")


def _write_jira(organisation: Organisation, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tracker = Tracker(organisation)
    issues = (tracker.issue(issue) for issue in organisation.issues)
    _write_lines(folder / "issues.ndjson.gz", issues)
    for name, answer in (
        ("fields", jira_catalogue.fields()),
        ("versions", jira_catalogue.versions(organisation)),
        ("statuses", jira_catalogue.statuses(organisation)),
    ):
        _write_json(folder / f"{name}.json", answer)


def _write_github(organisation: Organisation, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pulls = (pull_payload(organisation, pull) for pull in organisation.pulls)
    _write_lines(folder / "pulls.ndjson.gz", pulls)
    issues = (issue_payload(issue) for issue in organisation.github_issues)
    _write_lines(folder / "issues.ndjson.gz", issues)


def write_truth(organisation: Organisation, folder: Path) -> None:
    """Write what really happened, table by table."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = organisation.truth
    settled = truth.settle(organisation.issues, organisation.ends_at)
    promises = [_promise(promise, organisation.ends_at) for promise in truth.commitments]
    for name, rows in (
        ("visits", map(_row, truth.visits)),
        ("handoffs", map(_row, truth.handoffs)),
        ("date_moves", map(_date_move, truth.date_moves)),
        ("commitments", promises),
        ("decisions", map(_row, settled.decisions)),
        ("decision_changes", map(_row, settled.decision_changes)),
        ("intake", map(_row, settled.intake)),
        ("readiness_checks", map(_row, settled.checks)),
        ("latency_components", map(_row, settled.shares)),
        ("dirt", map(_row, truth.dirt)),
    ):
        text = "".join(f"{_line(row)}\n" for row in rows)
        (folder / f"{name}.ndjson").write_text(text, encoding="utf-8")
    _write_json(folder / "parameters.json", parameters(organisation))


def _row(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any table of the truth
    return {column: getattr(row, column) for column in row.__slots__}


def _date_move(move: DateMove) -> dict[str, Any]:
    """The move with what follows from it alone: its length, and how early it came."""
    moved_on = move.moved_at.astimezone(ZONE).date()
    is_dated = move.from_on is not None and move.to_on is not None
    early = (move.from_on - moved_on).days if move.from_on is not None else None
    days = days_of(move) if is_dated else None
    return {**_row(move), "days": days, "days_before_due": early}


def _promise(promise: Commitment, ends_at: datetime) -> dict[str, Any]:
    """The commitment with its verdict."""
    return {**_row(promise), "is_on_time": is_on_time(promise, ends_at)}


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as packed,
    ):
        for row in rows:
            packed.write(f"{_line(row)}\n".encode())


def _write_json(path: Path, answer: object) -> None:
    text = json.dumps(answer, ensure_ascii=False, indent=1, default=_instant)
    path.write_text(f"{text}\n", encoding="utf-8")


def _line(row: dict[str, Any]) -> str:
    return ENCODER.encode(row)


def _instant(value: object) -> str:
    """Instants in UTC to the millisecond, days as days."""
    if isinstance(value, datetime):
        in_utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return f"{in_utc.isoformat(timespec='milliseconds')[:-6]}Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"archive: a {type(value).__name__} has no form in JSON; give it one here")


ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_instant, check_circular=False
)
