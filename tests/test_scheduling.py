"""The examples for schedulers: each is whole, and does with an exit code what it says."""

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from roadworthy.cli import main
from tests.connectors.live_jira import issue

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
UNITS = sorted((EXAMPLES / "systemd").glob("roadworthy*.*"))
WORKFLOW = EXAMPLES / "github-actions" / "roadworthy.yml"
NIGHT = EXAMPLES / "cron" / "night.sh"
CALLS = {
    "systemd": EXAMPLES / "systemd" / "roadworthy.service",
    "systemd with credentials": EXAMPLES / "systemd" / "credentials.conf",
    "cron": NIGHT,
    "GitHub Actions": WORKFLOW,
    "Airflow": EXAMPLES / "airflow" / "roadworthy_nightly.py",
    "Dagster": EXAMPLES / "dagster" / "roadworthy_nightly.py",
}
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed here"
)


def standing_in(folder: Path, exit_code: int) -> Path:
    """A program called roadworthy that says what it was asked, and ends as it is told."""
    program = folder / "roadworthy"
    program.write_text(f'#!/bin/sh\necho "asked: $* of $JIRA_EMAIL"\nexit {exit_code}\n')
    program.chmod(0o755)
    return program


def steps() -> Mapping[str, dict[str, Any]]:
    """The named steps of the workflow."""
    told = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return {step["name"]: step for step in told["jobs"]["nightly"]["steps"] if "name" in step}


@pytest.mark.parametrize("where", CALLS)
def test_the_command_of_a_scheduler_is_one_that_there_is(where: str) -> None:
    (called,) = re.findall(
        r"^.*\bnightly\b.*--log.*$", CALLS[where].read_text("utf-8"), re.MULTILINE
    )
    nightly = main.commands["nightly"]
    known = {option for parameter in nightly.params for option in parameter.opts}
    assert set(re.findall(r"--[\w-]+", called)) <= known
    assert re.search(r"--log\W+text", called)


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_no_fault_in_a_unit(unit: Path, tmp_path: Path) -> None:
    program = str(standing_in(tmp_path, 0))
    for each in UNITS:
        text = each.read_text("utf-8").replace("/opt/roadworthy/bin/roadworthy", program)
        (tmp_path / each.name).write_text(text)
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],  # noqa: S607
        capture_output=True,
        check=False,
        text=True,
    )
    assert (verified.returncode, verified.stderr) == (0, "")


@needs_systemd
def test_the_service_is_little_exposed() -> None:
    service = EXAMPLES / "systemd" / "roadworthy.service"
    judged = subprocess.run(
        [  # noqa: S607
            "systemd-analyze",
            "security",
            "--offline=yes",
            "--threshold=15",
            "--no-pager",
            service,
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    assert judged.returncode == 0, judged.stdout


def test_the_service_takes_exit_codes_for_what_they_are() -> None:
    service = configparser.RawConfigParser(strict=False)
    service.optionxform = str  # type: ignore[assignment, method-assign]
    service.read(EXAMPLES / "systemd" / "roadworthy.service", encoding="utf-8")
    told = service["Service"]
    assert told["SuccessExitStatus"] == "4 5"
    assert (told["Restart"], told["RestartPreventExitStatus"]) == ("on-failure", "1 2")


@pytest.mark.parametrize(
    ("exit_code", "ends_with", "prints"),
    [(0, 0, False), (1, 1, True), (2, 2, True), (3, 3, True), (4, 4, True), (5, 0, False)],
)
def test_cron_mails_a_night_only_where_somebody_should_read_it(
    tmp_path: Path, *, exit_code: int, ends_with: int, prints: bool
) -> None:
    standing_in(tmp_path, exit_code)
    (tmp_path / "secrets.env").write_text("JIRA_EMAIL=you@acme.example\n")
    ended = under_cron(tmp_path)
    said = "asked: nightly --config roadworthy.toml --log text of you@acme.example\n"
    assert (ended.returncode, ended.stdout) == (ends_with, said if prints else "")
    assert (tmp_path / "night.log").read_text() == said


def under_cron(home: Path, path: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the job as cron does: with the environment of the crontab and nothing else."""
    return subprocess.run(
        ["/bin/sh", NIGHT],
        env={"PATH": f"{path or home}:{os.defpath}", "ROADWORTHY_HOME": str(home)},
        capture_output=True,
        check=False,
        text=True,
    )


def test_the_line_of_cron_calls_the_night_as_a_user_of_its_own() -> None:
    lines = (EXAMPLES / "cron" / "roadworthy").read_text("utf-8").splitlines()
    jobs = [line for line in lines if re.match(r"[\d*]", line)]
    assert jobs == ["17 3 * * * roadworthy /bin/sh /opt/roadworthy/night.sh"]
    variables = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    assert variables.keys() == {"MAILTO", "PATH", "ROADWORTHY_HOME"}


@pytest.mark.slow
def test_a_night_under_cron_is_a_real_one(tmp_path: Path) -> None:
    program = tmp_path / "roadworthy"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m roadworthy "$@"\n')
    program.chmod(0o755)
    (tmp_path / "secrets.env").touch()
    (tmp_path / "roadworthy.toml").write_text(
        '[[sources]]\nkind = "files"\nname = "archive"\npath = "archive.json"\ntracker = "jira"\n'
    )
    without_archive = under_cron(tmp_path)
    assert without_archive.returncode == 3
    assert "failed: archive: " in without_archive.stdout
    (tmp_path / "archive.json").write_text(json.dumps([issue(1, updated=1)]))
    assert under_cron(tmp_path).stdout == ""
    log = (tmp_path / "night.log").read_text()
    assert Path(log.splitlines()[-1]).read_text("utf-8").lstrip().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("exit_code", "ends_with", "warns"),
    [(0, 0, False), (1, 1, False), (2, 2, False), (3, 3, False), (4, 0, True), (5, 0, True)],
)
def test_a_workflow_fails_where_the_night_did_and_warns_where_it_found_something(
    tmp_path: Path, *, exit_code: int, ends_with: int, warns: bool
) -> None:
    standing_in(tmp_path, exit_code)
    ended = subprocess.run(
        # As GitHub runs a step that names no shell.
        ["bash", "-e", "-c", steps()["Night"]["run"]],  # noqa: S607
        env={"PATH": f"{tmp_path}:{os.defpath}"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ended.returncode, "::warning" in ended.stdout) == (ends_with, warns)


def test_a_workflow_keeps_what_a_failed_night_fetched_and_brings_it_to_the_next() -> None:
    bring, keep = steps()["Bring what the last night knew"], steps()["Keep what this night knows"]
    assert keep["if"] == "always()"
    assert bring["with"]["path"] == keep["with"]["path"] == "var"
    assert bring["with"]["key"] == keep["with"]["key"]
    assert keep["with"]["key"].startswith(bring["with"]["restore-keys"])


def test_a_workflow_gives_its_secrets_to_the_night_alone_and_runs_only_what_is_pinned() -> None:
    text = WORKFLOW.read_text("utf-8")
    given = str(steps()["Night"]["env"])
    assert given.count("secrets.") == text.count("secrets.") == 2
    actions = re.findall(r"uses: (\S+)", text)
    assert actions
    assert [action for action in actions if not re.search(r"@[0-9a-f]{40}$", action)] == []
