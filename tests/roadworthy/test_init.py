"""The command ``init``: a file that is valid, or one sentence that says why there is none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roadworthy.cli import main
from roadworthy.cli.asking import about_jira
from roadworthy.config.load import load
from roadworthy.proposals.target import Target
from roadworthy.simulator import simulate
from roadworthy.simulator.people import PEOPLE
from roadworthy.simulator.serving.github_access import TOKEN as GITHUB_TOKEN
from roadworthy.simulator.serving.github_answering import answering as github_answering
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import served
from roadworthy.simulator.workflow import STATUSES
from tests.connectors.github_world import ADA, web
from tests.roadworthy.tracker_on_loopback import answering, jira

TOKEN = "simulated-token"  # noqa: S105 - opens nothing but the simulation


def init(folder: Path, *arguments: str) -> Result:
    out = folder / "roadworthy.toml"
    given = ["--config", str(out), *arguments]
    return CliRunner().invoke(main, ["init", *given], env={"JIRA_TOKEN": TOKEN})


def look(folder: Path, site: JiraSite, *arguments: str) -> Result:
    usual = ("--project", "PAY", "--since", "2026-03-01")
    with answering(site) as server:
        return init(folder, "--server", server.url, *usual, *arguments)


def test_the_file_is_valid_and_its_path_is_all_that_is_printed(tmp_path: Path) -> None:
    result = look(tmp_path, jira())
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{tmp_path / 'roadworthy.toml'}\n"
    assert "roadworthy check --config" in result.stderr
    config = load(tmp_path / "roadworthy.toml").config
    assert config.timezone == "Europe/Berlin"
    assert [one.name for one in config.stages] == ["Open", 'Say "no"']


def test_a_file_that_is_there_is_overwritten_only_by_force(tmp_path: Path) -> None:
    (tmp_path / "roadworthy.toml").write_text("mine", encoding="utf-8")
    refused = look(tmp_path, jira())
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)
    assert (tmp_path / "roadworthy.toml").read_text(encoding="utf-8") == "mine"
    assert look(tmp_path, jira(), "--force").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "which tracker?"),
        (("--server", "https://acme.atlassian.net"), "--project: name at least one"),
        (("--server", "ftp://acme", "--project", "PAY"), "--server: is not an address"),
        (("--server", "https://u:p@acme", "--project", "PAY"), "--server: is not an address"),
        (("--repository", "acme"), "--repository 'acme': is no repository"),
        (("--archive", "nowhere", "--tracker", "jira"), "there is no such file"),
        (("--archive", "."), "--tracker"),
        (("--repository", "a/b", "--token-env", "no name"), "--token-env: is no name"),
        (("--repository", "a/b", "--token-env", "NOT_SET"), "NOT_SET is not set"),
        (("--server", "https://a.b", "--jql", "x order by y"), "'jql' must not say"),
    ],
)
def test_what_is_missing_or_wrong_is_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = init(tmp_path, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert "roadworthy-init-" not in result.stderr
    assert not (tmp_path / "roadworthy.toml").exists()


@pytest.mark.parametrize("token", ["ghp_" + "x" * 36, "Mx7" + "aB3d" * 10, "a0" * 20])
def test_a_token_in_the_place_of_a_name_is_not_repeated(tmp_path: Path, token: str) -> None:
    result = init(tmp_path, "--repository", "a/b", "--token-env", token)
    assert result.exit_code == 2
    assert "looks like a secret" in result.stderr
    assert token not in result.output


def test_what_could_not_be_seen_is_told_and_written_down(tmp_path: Path) -> None:
    site = jira()
    site.access.sees_groups = False
    result = look(tmp_path, site)
    assert result.exit_code == 0, result.stderr
    assert "Could not be seen: jira: groups: " in result.stderr
    text = (tmp_path / "roadworthy.toml").read_text(encoding="utf-8")
    assert "# Could not be seen: jira: groups: " in text


def test_where_nothing_changed_the_window_is_named(tmp_path: Path) -> None:
    result = look(tmp_path, jira(issues=0))
    assert result.exit_code == 2
    assert "no work item in PAY was changed since 2026-03-01" in result.stderr


def test_a_tracker_that_refuses_ends_with_its_own_code(tmp_path: Path) -> None:
    site = jira()
    site.access.token = "another"  # noqa: S105 - opens nothing but the simulation
    result = look(tmp_path, site)
    assert (result.exit_code, "401" in result.stderr) == (3, True)


def test_a_person_is_asked_for_what_is_missing_and_shown_the_projects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadworthy.cli.asking.is_there", lambda: True)
    out = tmp_path / "roadworthy.toml"
    with answering(jira()) as server:
        answers = f"jira\n{server.url}\nJIRA_TOKEN\n\n"  # the only project is the default
        arguments = ["init", "--config", str(out), "--since", "2026-03-01"]
        result = CliRunner().invoke(main, arguments, input=answers, env={"JIRA_TOKEN": TOKEN})
    assert result.exit_code == 0, result.stderr
    assert "PAY  Payments" in result.stderr
    assert result.stdout == f"{out}\n"
    source = load(out).config.sources[0]
    assert source.model_dump()["projects"] == ["PAY"]
    assert TOKEN not in out.read_text(encoding="utf-8")


def test_a_github_is_looked_at_by_its_repositories(tmp_path: Path) -> None:
    site = GitHubSite([web(pulls=5, issues=3)], teams={"acme/developers": [ADA]})
    with served(github_answering(site)) as server:
        arguments = ("--server", server.url, "--repository", "acme/web", "--since", "2024-01-01")
        out = tmp_path / "roadworthy.toml"
        given = ["init", "--config", str(out), *arguments]
        result = CliRunner().invoke(main, given, env={"GITHUB_TOKEN": GITHUB_TOKEN})
        assert result.exit_code == 0, result.stderr
        checked = CliRunner().invoke(
            main, ["check", "--config", str(out)], env={"GITHUB_TOKEN": GITHUB_TOKEN}
        )
    assert checked.exit_code == 0, checked.stdout
    assert "acme/web: is visible" in checked.stdout
    config = load(out).config
    assert config.roles == {"engineering": ["team:acme/developers"]}
    owners = {one.statuses[0]: one.owner for one in config.stages}
    assert owners["pull_request:approved"] == "maintainer"
    assert "ada" not in out.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_flow_its_kinds_and_its_owners_are_those_of_the_organisation(tmp_path: Path) -> None:
    ends_at = datetime(2026, 1, 5, 6, tzinfo=UTC)
    site = JiraSite.of(simulate(7, ends_at=ends_at), "Server")
    with served(site.app) as server:
        arguments = ("--server", server.url, "--project", "PAY", "--project", "WEB")
        result = init(tmp_path, *arguments, "--since", "2025-06-01")
    assert result.exit_code == 0, result.stderr
    text = (tmp_path / "roadworthy.toml").read_text(encoding="utf-8")
    config = load(tmp_path / "roadworthy.toml").config
    found = [(one.name, one.kind, one.owner) for one in config.stages]
    assert found == [(one.name, one.kind, one.owner) for one in STATUSES]
    assert config.measures.commit_stage == "In Development"
    assert config.definition_of_ready is not None
    assert config.definition_of_ready.guards == "Ready for Dev"
    fields = {rule.field for rule in config.definition_of_ready.rules}
    assert {"Acceptance Criteria", "description", "Story Points", "issuelinks"} <= fields
    for person in PEOPLE:
        assert not {one for one in (person.name, person.account_id, person.login) if one in text}


def test_a_query_finds_the_statuses_of_the_projects_it_leads_to(tmp_path: Path) -> None:
    with answering(jira()) as server:
        query = ("--jql", "project = PAY", "--since", "2026-03-01")
        assert init(tmp_path, "--server", server.url, *query).exit_code == 0
    config = load(tmp_path / "roadworthy.toml").config
    assert [one.name for one in config.stages] == ["Open", 'Say "no"']


def test_the_name_of_a_project_does_nothing_in_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, default, **__: default)
    projects = (("PAY\x1b[2J", "Pay\x1b]0;x\x07\u202ements\x9b2J"),)
    target = Target(tracker="jira", server="https://acme.example", token_env="T")  # noqa: S106 - a name
    asked = about_jira(target, lambda _: projects)
    told = capsys.readouterr().err
    assert told == "  PAY␛[2J  Pay␛]0;x␇⟨U+202E⟩ments⟨U+009B⟩2J\n"
    assert asked.projects == ("PAY␛[2J",)
