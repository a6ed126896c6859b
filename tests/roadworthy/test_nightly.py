"""The whole night: what happens when all is well, and what when a part of it is not."""

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from roadworthy import __version__
from roadworthy.cli import main
from roadworthy.lock import alone
from roadworthy.warehouse import open_published
from tests.roadworthy.conftest import Place, settled

if TYPE_CHECKING:
    from click.testing import Result

    from roadworthy.runs import Run

_TWO_SOURCES = """
[[sources]]
kind = "files"
name = "gone"
path = "nowhere"
tracker = "jira"
"""


def issue(*, histories: int) -> dict[str, Any]:
    """An issue that was opened and closed; its one history is said to be one of so many."""
    moved = {
        "field": "status",
        "fieldtype": "jira",
        "from": "1",
        "fromString": "Open",
        "to": "2",
        "toString": "Done",
    }
    history = {"id": "7", "created": "2026-03-02T09:00:00.000+0000", "items": [moved]}
    return {
        "id": "1",
        "key": "PAY-1",
        "self": "https://jira.example/rest/api/2/issue/1",
        "fields": {
            "summary": "Pay by card",
            "created": "2026-03-01T09:00:00.000+0000",
            "updated": "2026-03-02T09:00:00.000+0000",
            "status": {"id": "2", "name": "Done", "statusCategory": {"key": "done"}},
            "issuetype": {"name": "Story", "subtask": False},
            "project": {"id": "10", "key": "PAY"},
        },
        "changelog": {"total": histories, "maxResults": 1, "startAt": 0, "histories": [history]},
    }


def record(place: "Place", *, histories: int = 1) -> None:
    """Put a recorded issue where the configuration looks for it."""
    archive = place.folder / "archive"
    archive.mkdir()
    written = json.dumps(issue(histories=histories))
    (archive / "issues.ndjson").write_text(written, encoding="utf-8")


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> tuple["Place", "Result"]:
    """Where a night went well, and what it said."""
    place = settled(tmp_path_factory.mktemp("first night"))
    record(place)
    result = place.call("nightly")
    assert result.exit_code == 0, result.stderr
    return place, result


@pytest.fixture
def next_day(first_night: tuple["Place", "Result"], tmp_path: Path) -> "Place":
    """A copy of where a night went well."""
    shutil.copytree(first_night[0].folder, tmp_path / "next day")
    return Place(tmp_path / "next day")


def test_a_night_fetches_builds_and_prints_where_the_report_is(
    first_night: tuple["Place", "Result"],
) -> None:
    place, result = first_night
    report = Path(result.stdout.removesuffix("\n"))
    assert report.read_text("utf-8").lstrip().startswith("<!doctype html>")
    assert [line.split(" ", 1)[1].split(":")[0] for line in result.stderr.splitlines()] == [
        "sync",
        "build",
        "report",
    ]
    assert "archive: 1 record (" in result.stderr
    assert place.runs() == [("nightly", "done", 1, 1, None)]


def test_the_published_warehouse_shows_the_run_that_made_it(next_day: "Place") -> None:
    with open_published(next_day.warehouse) as published:
        runs = published.frame(
            "select command, outcome, records, finished_at > started_at, version from runs"
        )
    assert runs.rows() == [("nightly", "done", 1, True, __version__)]


def test_a_tracker_that_fails_does_not_keep_the_others_from_the_report(place: "Place") -> None:
    record(place)
    with place.config.open("a", encoding="utf-8") as config:
        config.write(_TWO_SOURCES)
    result = place.call("nightly")
    assert result.exit_code == 3
    assert Path(result.stdout.removesuffix("\n")).exists()
    assert "failed: gone: " in result.stderr
    ((_, outcome, records, _, error),) = place.runs()
    assert (outcome, records) == ("failed", 1)
    assert error.startswith("gone: ")


@pytest.mark.slow
def test_what_is_published_after_a_failure_says_so(place: "Place") -> None:
    record(place)
    with place.config.open("a", encoding="utf-8") as config:
        config.write(_TWO_SOURCES)
    page = Path(place.call("nightly").stdout.removesuffix("\n")).read_text("utf-8")
    with open_published(place.warehouse) as published:
        ((outcome, error, ended),) = published.frame(
            "select outcome, error, finished_at is not null from runs"
        ).rows()
        findings = published.frame(
            "select source, severity, detail from data_audit where finding = 'source_never_read'"
        ).rows()
    assert (outcome, ended) == ("failed", True)
    assert error.startswith("gone: ")
    ((source, severity, detail),) = findings
    assert (source, severity) == ("gone", "error")
    assert error in detail
    assert "Never read: gone." in page
    then = place.call("report", "--as-of", "2026-03-02").stdout.removesuffix("\n")
    assert "Never read: gone." in Path(then).read_text("utf-8")
    shown = place.call("status").stdout
    assert re.search(r"^  gone +never read to its end$", shown, re.MULTILINE)
    assert "error: gone: " in shown


@pytest.mark.slow
def test_a_source_that_breaks_on_a_later_night_is_told_with_what_is_known(
    next_day: "Place",
) -> None:
    (next_day.folder / "archive").rename(next_day.folder / "elsewhere")
    result = next_day.call("nightly")
    assert result.exit_code == 3
    with open_published(next_day.warehouse) as published:
        finding = "select severity, detail from data_audit where finding = 'source_read_failed'"
        ((severity, detail),) = published.frame(finding).rows()
        assert published.frame("select outcome from runs order by started_at").rows() == [
            ("done",),
            ("failed",),
        ]
    assert severity == "warning"
    assert "2026-03-02 09:00 UTC" in detail
    assert "The last read of archive failed." in Path(result.stdout.strip()).read_text("utf-8")
    assert "last read failed" in next_day.call("status").stdout
    told = json.loads(next_day.call("status", "--json").stdout)["unread"]
    assert told == {"archive": detail}

    (next_day.folder / "elsewhere").rename(next_day.folder / "archive")
    assert next_day.call("nightly").exit_code == 0
    assert json.loads(next_day.call("status", "--json").stdout)["unread"] == {}


def test_where_nothing_could_be_fetched_the_tracker_is_to_blame(place: "Place") -> None:
    result = place.call("nightly")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "failed: archive: " in result.stderr


def test_audit_errors_end_with_4_after_the_report_is_written(place: "Place") -> None:
    record(place, histories=5)
    result = place.call("nightly")
    assert result.exit_code == 4
    assert Path(result.stdout.removesuffix("\n")).exists()
    assert "the data audit has 1 error" in result.stderr
    assert place.runs()[0][1] == "done_with_audit_errors"


def test_the_night_can_be_repeated(
    first_night: tuple["Place", "Result"], next_day: "Place"
) -> None:
    place, first = first_night
    second = next_day.call("nightly")
    assert first.stdout.replace(str(place.folder), str(next_day.folder)) == second.stdout
    counted = next_day.call("sql", "select count(*) as items from work_items", "--format", "csv")
    assert counted.stdout == "items\n1\n"


def test_each_command_of_the_night_works_alone(place: "Place") -> None:
    record(place)
    assert place.call("sync").exit_code == 0
    assert place.call("build").exit_code == 0
    out = place.folder / "out.html"
    result = place.call("report", "--out", str(out), "--as-of", "2026-03-31")
    assert (result.exit_code, result.stdout) == (0, f"{out}\n"), result.stderr
    assert [(command, outcome) for command, outcome, *_ in place.runs()] == [
        ("sync", "done"),
        ("build", "done"),
    ]


def test_a_report_reads_and_neither_waits_for_a_run_nor_stands_in_its_way(
    next_day: "Place", run: "Run"
) -> None:
    with alone(next_day.warehouse, run):
        result = next_day.call("report", "--out", str(next_day.folder / "new" / "out.html"))
    assert (result.exit_code, result.stderr.count("failed")) == (0, 0), result.stderr
    assert Path(result.stdout.removesuffix("\n")).exists()
    assert [command for command, *_ in next_day.runs()] == ["nightly"]


def test_a_day_inside_and_outside_of_the_data_may_be_asked_for(next_day: "Place") -> None:
    for day, said in (
        ("2026-03-01", ""),
        ("2031-01-01", "the data end on 2 March 2026"),
        ("2001-01-01", "nothing had begun by then"),
    ):
        result = next_day.call("report", "--as-of", day)
        assert result.exit_code == 0, result.stderr
        assert Path(result.stdout.removesuffix("\n")).name.startswith("as-of-")
        assert said in result.stderr
        assert result.stderr.count("--as-of:") == bool(said)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("notes.txt", "hello", "holds nothing to read; `path` must name a .json"),
        ("issues.json", "[]", "it holds no work item of a jira; see to 'path' and 'tracker'"),
        ("issues.json", '{"issues": [], "total": 0}', "it holds no work item of a jira; see to"),
        ("fields.json", '[{"id": "summary", "name": "Summary"}]', "it holds no work item of a"),
        ("issues.json", "", "1 set aside, the first being issues.json: the file is empty"),
        ("pulls.ndjson", '{"number": 1}', "1 set aside, the first being pulls.ndjson:1: "),
    ],
)
@pytest.mark.parametrize("command", ["nightly", "init"])
def test_an_archive_without_a_work_item_ends_in_one_way(
    place: "Place", command: str, name: str, text: str, why: str
) -> None:
    archive = place.folder / "archive"
    archive.mkdir()
    (archive / name).write_text(text, encoding="utf-8")
    looked_at = ("--archive", str(archive), "--tracker", "jira", "--force")
    result = place.call(command, *(looked_at if command == "init" else ()))
    assert (result.exit_code, result.stdout) == (3, "")
    assert why in result.stderr
    assert not (place.folder / "var" / "reports").exists()


@pytest.mark.slow
def test_the_demo_is_the_same_every_time_and_its_questions_have_answers(tmp_path: Path) -> None:
    pages = []
    for name in ("one", "two"):
        result = CliRunner().invoke(main, ["demo", "--out", str(tmp_path / name)])
        assert result.exit_code == 0, result.stderr
        pages.append(Path(result.stdout.removesuffix("\n")).read_bytes())
    assert pages[0] == pages[1]
    config = str(tmp_path / "one" / "roadworthy.toml")
    asked = ["sql", "where_work_waits", "--format", "csv", "--config", config]
    assert CliRunner().invoke(main, asked).stdout.count("\n") > 3
