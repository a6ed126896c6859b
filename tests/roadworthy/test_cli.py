"""The command line as a shell sees it: sentences, exit codes, pipes."""

import os
import shlex
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from roadworthy import errors
from roadworthy.cli import main
from roadworthy.cli.days import end_of
from roadworthy.cli.session import Session, command
from tests.roadworthy.test_nightly import record

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

PYTHON = [sys.executable, "-m", "roadworthy"]
ENDLESS = (
    "select count(*) from range(100000000) a, range(100000) b where (a.range * b.range) % 7 = 3"
)


def ending_with(error: BaseException, *arguments: str) -> Result:
    @click.command()
    @command
    def fail(session: Session) -> None:  # noqa: ARG001 - every command is given one
        raise error

    return CliRunner().invoke(fail, arguments)


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (errors.RoadworthyError("x: broke; mend it"), 1),
        (errors.ConfigError("x: is wrong; write y"), 2),
        (errors.SourceError("x: refused; ask again"), 3),
        (errors.AuditFailedError("x: has errors; look"), 4),
        (errors.LockedError("x: is locked; wait"), 5),
    ],
)
def test_every_kind_of_fault_has_its_exit_code_and_is_told_in_its_own_words(
    error: errors.RoadworthyError, exit_code: int
) -> None:
    result = ending_with(error)
    assert result.exit_code == exit_code
    assert result.stdout == ""
    assert result.stderr.endswith(f"Z failed: {error}\n")


def test_an_unexpected_fault_is_one_sentence_and_says_where_the_traceback_is() -> None:
    result = ending_with(ZeroDivisionError("division by zero"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "worth a bug report: ZeroDivisionError: division by zero" in result.stderr
    traceback = Path(result.stderr.split("the traceback is in ")[1].strip())
    assert "raise error\nZeroDivisionError: division by zero" in traceback.read_text("utf-8")
    traceback.unlink()


def test_debug_shows_the_traceback() -> None:
    result = ending_with(errors.ConfigError("x: is wrong; write y"), "--debug")
    assert "Traceback (most recent call last)" in result.stderr
    assert result.stderr.endswith("failed: x: is wrong; write y\n")


def test_a_system_that_refuses_is_named_with_the_file() -> None:
    result = ending_with(PermissionError(13, "Permission denied", "/srv/x"), "--debug")
    assert result.exit_code == 1
    assert "failed: /srv/x: Permission denied; the traceback stands above\n" in result.stderr


def test_a_command_stopped_by_hand_ends_with_130_and_one_line() -> None:
    result = ending_with(KeyboardInterrupt())
    assert result.exit_code == 130
    assert result.stderr.count("\n") == 1
    assert "stopped by hand" in result.stderr


def test_a_title_in_an_error_cannot_steer_the_terminal() -> None:
    result = ending_with(errors.SourceError("PAY-1 '\x1b[2J\u202eevil'; ask again"))
    assert "PAY-1 '␛[2J⟨U+202E⟩evil'" in result.stderr


def test_a_machine_is_told_in_json() -> None:
    result = ending_with(errors.LockedError("x: is locked; wait"), "--log", "json")
    assert '"event": "failed", "message": "x: is locked; wait", "exit_code": 5}' in result.stderr


@pytest.mark.parametrize(
    "name", ["demo", "nightly", "sync", "build", "report", "sql", "tables", "export", "status"]
)
def test_every_command_takes_config_and_log_and_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert "--config PATH" in result.stdout
    assert "--log [auto|text|json]" in result.stdout
    assert not main.commands[name].get_short_help_str(60).endswith("...")


def test_help_imports_nothing_that_is_slow() -> None:
    slow = "{'polars', 'duckdb', 'altair', 'pydantic', 'rich', 'numpy'}"
    program = (
        "import sys, roadworthy.cli\n"
        "try: roadworthy.cli.main(['--help'])\n"
        f"except SystemExit: print(sorted({slow} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("\n[]\n")


def test_wrong_arguments_end_with_2(place: "Place") -> None:
    assert place.call("sql", "select 1", "--limit", "-1").exit_code == 2
    assert place.call("nonsense").exit_code == 2


def test_a_missing_configuration_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "no.toml")
    result = CliRunner().invoke(main, ["status", "--config", missing])
    assert result.exit_code == 2
    assert f"failed: {missing}: there is no such file; write one" in result.stderr


def test_a_source_that_cannot_be_read_ends_with_3_and_is_on_record(place: "Place") -> None:
    result = place.call("sync")
    assert result.exit_code == 3
    assert f"failed: archive: {place.folder}/archive" in result.stderr
    assert [(outcome, error[:9]) for _, outcome, *_, error in place.runs()] == [
        ("failed", "archive: ")
    ]


def test_a_build_of_nothing_says_what_to_do_first_and_leaves_no_trace(place: "Place") -> None:
    result = place.call("build")
    assert result.exit_code == 2
    again = f"run 'roadworthy sync --config {place.config}' first"
    assert f"nothing has been fetched yet; {again}" in result.stderr
    assert not list(place.folder.rglob("*.duckdb"))


def test_a_report_of_nothing_says_what_to_do_first(place: "Place") -> None:
    result = place.call("report")
    assert result.exit_code == 2
    assert "there is no warehouse yet; run 'roadworthy nightly --config " in result.stderr


def test_a_day_means_its_end_in_the_configured_zone() -> None:
    assert end_of("2026-03-31", "Europe/Berlin").astimezone(UTC) == datetime(
        2026, 3, 31, 21, 59, 59, 999999, tzinfo=UTC
    )
    assert end_of("2026-03-31T12:00:00Z", "UTC") == datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "given", ["yesterday", "2026-02-30", "2026-03-31T12:00:00", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_day_is_a_wrong_argument(place: "Place", given: str) -> None:
    result = place.call("report", "--as-of", given)
    assert result.exit_code == 2
    assert f"'{given}' is neither a day, as in 2026-03-31, nor an instant" in result.stderr


@pytest.mark.parametrize("command", [["report"], ["sql", "select 1"], ["init"]])
def test_the_empty_name_is_no_file(place: "Place", command: list[str]) -> None:
    result = place.call(*command, "--out", "")
    assert result.exit_code == 2
    assert "Invalid value for '--out': name a file." in result.stderr


@pytest.mark.parametrize("hours", ["nan", "inf", "-1"])
def test_an_age_is_a_number(place: "Place", hours: str) -> None:
    assert place.call("status", "--max-age", hours).exit_code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("log", ["2>/dev/full", "2>&-"])
def test_a_log_that_cannot_be_written_stops_no_work(place: "Place", log: str) -> None:
    record(place)
    called = shlex.join([*PYTHON, "sync", "--config", str(place.config)])
    assert subprocess.run(["/bin/sh", "-c", f"{called} {log}"], check=False).returncode == 0
    assert place.landed("select count(*) from raw.records") == (1,)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("asked", ["select 1", "from range(100000)"])
def test_a_result_for_which_there_is_no_room_is_told_of_standard_output(
    published: "Place", asked: str
) -> None:
    called = [*PYTHON, "sql", asked, "--format", "csv", "--config", str(published.config)]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(called, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    told = "standard output: the disk is full; make room and run this again"
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert told in ended.stderr


def test_a_demo_refuses_a_folder_with_other_things_in_it(place: "Place") -> None:
    result = CliRunner().invoke(main, ["demo", "--out", str(place.folder)])
    assert result.exit_code == 2
    assert f"--out {place.folder}: holds other things already; name a new folder" in result.stderr


@pytest.mark.slow
def test_a_reader_that_has_had_enough_is_no_fault(published: "Place") -> None:
    asked = [
        *PYTHON,
        "sql",
        "from range(1000000)",
        "--format",
        "csv",
        "--config",
        str(published.config),
    ]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"range\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_ctrl_c_stops_a_query_at_once(published: "Place") -> None:
    asked = [*PYTHON, "sql", ENDLESS, "--config", str(published.config)]
    with subprocess.Popen(asked, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(3)
        os.kill(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "stopped by hand" in told
