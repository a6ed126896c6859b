"""The command ``check``: a line for each thing, and an exit code for the gravest."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from roadworthy.cli import main
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.roadworthy.tracker_on_loopback import answering, jira

SOURCE = """
[[sources]]
kind = "jira"
name = "acme"
server = "{server}"
projects = ["PAY"]
token_env = "JIRA_TOKEN"
"""
STAGES = """
[[stages]]
name = "Open"
kind = "queue"
owner = "product"
statuses = ["Open"]
[[stages]]
name = "Work"
kind = "active"
owner = "engineering"
statuses = ["ticket:say \\"NO\\""]

[roles]
product = ["account:1"]
engineering = ["group:engineers"]
"""
SECRET = "simulated-token"  # noqa: S105 - opens nothing but the simulation


def check(folder: Path, text: str, *arguments: str) -> Result:
    path = folder / "roadworthy.toml"
    path.write_text(text, encoding="utf-8")
    given = ["check", "--config", str(path), *arguments]
    return CliRunner().invoke(main, given, env={"JIRA_TOKEN": SECRET})


def asked(folder: Path, site: JiraSite, *more: str, source: str = SOURCE) -> Result:
    with answering(site) as server:
        return check(folder, source.format(server=server.url) + "".join(more))


def told_as_json(folder: Path, site: JiraSite) -> Result:
    with answering(site) as server:
        return check(folder, SOURCE.format(server=server.url) + STAGES, "--json")


def lines(result: Result) -> list[str]:
    return [line.strip() for line in result.stdout.splitlines()]


def test_a_good_file_and_a_willing_tracker_are_all_ok(tmp_path: Path) -> None:
    result = asked(tmp_path, jira(), STAGES)
    assert result.exit_code == 0, result.stdout
    told = [line for line in lines(result) if line.startswith(("warning", "error"))]
    assert told == []
    assert "ok       source acme: group:engineers: 1 holder" in lines(result)
    assert "ok       source acme: every status of its workflow has a stage" in lines(result)
    assert SECRET not in result.output


def test_offline_asks_nobody(tmp_path: Path) -> None:
    text = SOURCE.format(server="http://127.0.0.1:9")
    result = check(tmp_path, text, "--offline")
    assert (result.exit_code, "Trackers" in result.stdout) == (0, False)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    result = check(tmp_path, SOURCE.format(server="nowhere") + '[[stages]]\nname = "x"\n')
    assert result.exit_code == 2
    assert len([line for line in lines(result) if line.startswith("error")]) == 3


def test_names_that_the_tracker_does_not_know_are_told_with_what_was_meant(tmp_path: Path) -> None:
    rights = '[decision_rights]\nscope = { fields = ["Estimat"], decides = "product" }\n'
    result = asked(tmp_path, jira(), STAGES.replace('["Open"]', '["Opened"]'), rights)
    assert result.exit_code == 2
    assert any(
        line.startswith("error") and "'Estimat' is in no Jira; did you mean 'Estimate'?" in line
        for line in lines(result)
    )
    assert any("has the status 'Opened'; did you mean 'Open'?" in line for line in lines(result))
    assert any("no stage names the status 'Open'" in line for line in lines(result))


def test_a_project_that_is_not_there_is_a_fault_of_the_file(tmp_path: Path) -> None:
    result = asked(tmp_path, jira(), source=SOURCE.replace("PAY", "PYA"))
    assert result.exit_code == 2
    assert any("project PYA" in line and "did you mean 'PAY'?" in line for line in lines(result))


def test_a_role_that_only_the_read_can_tell_is_no_role_without_holders(tmp_path: Path) -> None:
    source = SOURCE.replace('projects = ["PAY"]', 'jql = "project = PAY"')
    result = asked(tmp_path, jira(), '[roles]\nproduct = ["role:Developers"]\n', source=source)
    [line] = [one for one in lines(result) if "role:Developers" in one]
    assert line.startswith("note")
    assert "0 holders" not in line


def test_a_token_pasted_into_the_file_is_not_repeated(tmp_path: Path) -> None:
    for token in ("Mx7" + "aB3d" * 10, "Mx7+" + "aB3d" * 10):
        result = check(tmp_path, SOURCE.replace("JIRA_TOKEN", token).format(server="https://a.b"))
        assert (result.exit_code, token in result.output) == (2, False)
        assert "sources[0].token_env" in result.stdout


def test_a_query_that_is_none_is_a_fault_of_the_file(tmp_path: Path) -> None:
    source = SOURCE.replace('projects = ["PAY"]', 'jql = "colour = red"')
    assert asked(tmp_path, jira(), source=source).exit_code == 2


def test_a_tracker_that_refuses_or_is_not_there_has_its_own_code(tmp_path: Path) -> None:
    site = jira()
    site.access.token = "another"  # noqa: S105 - opens nothing but the simulation
    assert asked(tmp_path, site).exit_code == 3


def test_a_secret_that_is_not_set_is_told_once_and_nobody_is_asked(tmp_path: Path) -> None:
    source = SOURCE.replace("JIRA_TOKEN", "NOT_SET_ANYWHERE")
    result = asked(tmp_path, jira(), source=source)
    assert result.exit_code == 2
    assert sum("NOT_SET_ANYWHERE" in line for line in lines(result)) == 1


def test_a_machine_reads_the_same_as_json(tmp_path: Path) -> None:
    text = SOURCE.format(server="http://127.0.0.1:9")
    told: dict[str, Any] = json.loads(check(tmp_path, text, "--offline", "--json").stdout)
    assert told["exit_code"] == 0
    assert set(told["findings"][0]) == {"area", "level", "where", "what", "remedy", "fault"}


def test_what_a_stranger_wrote_does_nothing_in_a_terminal(tmp_path: Path) -> None:
    odd = {"id": "9", "name": "x\x1b[2J\u202ey", "statusCategory": {"key": "new"}}
    site = jira()
    site.statuses.append(odd)
    result = asked(tmp_path, site, STAGES)
    assert "'x␛[2J⟨U+202E⟩y'" in result.stdout


def test_what_a_stranger_wrote_does_nothing_where_a_machine_was_to_read_it(tmp_path: Path) -> None:
    name = "x\x1b[2J\u202e\x9b2Jy"
    site = jira()
    site.statuses.append({"id": "9", "name": name, "statusCategory": {"key": "new"}})
    result = told_as_json(tmp_path, site)
    assert result.stdout.isascii()
    assert name in " ".join(one["what"] for one in json.loads(result.stdout)["findings"])
