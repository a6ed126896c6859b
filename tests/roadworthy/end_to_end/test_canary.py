"""Secrets never leave the environment: whatever goes wrong, nothing written holds one.

Every tracker here repeats in its refusals what it was sent, as careless proxies do.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug import Request, Response

from roadworthy.demo import serving
from roadworthy.simulator import Scenario, simulate
from roadworthy.simulator.serving.server import served
from roadworthy.warehouse import in_memory
from tests.roadworthy.end_to_end.conftest import ENDS_AT

CANARIES = ("canary-jira-token", "canary-github-token", "canary@acme.example", "Y2FuYXJ5")
CONFIG = """
[[sources]]
kind = "jira"
name = "acme"
server = "{server}"
projects = ["PAY"]
email_env = "CANARY_EMAIL"
token_env = "CANARY_JIRA"
patience_minutes = 0.01

[[sources]]
kind = "github"
name = "code"
server = "{server}"
repositories = ["acme/pay"]
token_env = "CANARY_GITHUB"
patience_minutes = 0.01
"""


@dataclass
class Careless:
    """A tracker that answers everything with one status and all that it was sent."""

    status: int

    def app(self, request: Request) -> Response:
        said = f"{request.url} {dict(request.headers)} {os.environ['CANARY_JIRA']}"
        headers = {"X-Echo": request.headers.get("Authorization", "")}
        body = {200: said, 400: f'{{"errorMessages": ["no"], "seen": "{said!r}"}}'}
        return Response(body.get(self.status, said), self.status, headers)


@contextmanager
def secrets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CANARY_EMAIL", "canary@acme.example")
    monkeypatch.setenv("CANARY_JIRA", "canary-jira-token")
    monkeypatch.setenv("CANARY_GITHUB", "canary-github-token")
    yield


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the product as a scheduler would, with a place of its own for temporary files."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "roadworthy", *arguments],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def everything(folder: Path, *results: "subprocess.CompletedProcess[str]") -> Iterator[str]:
    """All that was written: what was printed, every file, and every cell of every table."""
    for result in results:
        yield result.stdout
        yield result.stderr
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "roadworthy.toml":
            yield path.name
            yield path.read_bytes().decode("latin-1")
    for path in folder.rglob("*.duckdb"):
        with in_memory() as memory:
            memory.execute(f"attach '{path}' as it (read_only)")
            tables = memory.frame(
                "select schema_name, table_name from duckdb_tables() where database_name = 'it'"
            )
            for schema, table in tables.rows():
                cells = memory.frame(f"select t::varchar from it.{schema}.{table} as t")  # noqa: S608
                yield from cells.to_series()


@pytest.mark.slow
@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 429, 500, 503])
def test_no_secret_is_written_whatever_the_trackers_answer(
    status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secrets(monkeypatch), served(Careless(status).app) as server:
        (tmp_path / "roadworthy.toml").write_text(CONFIG.format(server=server.url))
        plain = run(tmp_path, "nightly")
        told = run(tmp_path, "nightly", "--debug", "--log", "json")
        assert server.log
    assert (plain.returncode, told.returncode) == (3, 3)
    assert "Traceback" not in plain.stderr
    for text in everything(tmp_path, plain, told):
        assert not [canary for canary in CANARIES if canary in text]


@pytest.mark.slow
def test_no_secret_is_written_where_all_is_well(tmp_path: Path) -> None:
    organisation = simulate(7, ends_at=ENDS_AT, scenario=Scenario(days=60))
    with serving(organisation, tmp_path) as trackers:
        held = [
            os.environ[name]
            for name in os.environ
            if name.startswith("ROADWORTHY_DEMO_") and name.endswith("TOKEN")
        ]
        assert len(held) == 2
        done = run(tmp_path, "nightly", "--config", str(trackers.config), "--debug")
        recorded = run(tmp_path, "sync", "--config", str(trackers.config), "--record", "recorded")
    assert (done.returncode, recorded.returncode) == (0, 0), done.stderr + recorded.stderr
    for text in everything(tmp_path, done, recorded):
        assert "simulated-token" not in text
        assert "reader@acme.example" not in text


@pytest.mark.parametrize(
    "spoilt", ["canary-one\ncanary-two", "canary-one canary-two", "canary-ïne"]
)
def test_a_token_that_no_header_can_carry_is_refused_without_being_quoted(
    spoilt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secrets(monkeypatch):
        monkeypatch.setenv("CANARY_JIRA", spoilt)
        (tmp_path / "roadworthy.toml").write_text(CONFIG.format(server="http://127.0.0.1:9"))
        told = run(tmp_path, "sync")
    assert told.returncode == 2
    assert "what the environment variable CANARY_JIRA holds is no token" in told.stderr
    for text in everything(tmp_path, told):
        assert not [one for one in spoilt.split() if one in text]


def test_the_password_of_a_proxy_is_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://canary-user:canary-password@127.0.0.1:9")
    with secrets(monkeypatch):
        (tmp_path / "roadworthy.toml").write_text(CONFIG.format(server="http://acme.invalid"))
        told = run(tmp_path, "sync", "--debug")
    assert told.returncode == 3
    assert "proxy" in told.stderr
    for text in everything(tmp_path, told):
        assert not [one for one in (*CANARIES, "canary-user", "canary-password") if one in text]
