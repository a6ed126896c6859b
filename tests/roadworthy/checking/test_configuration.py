"""What the file says of itself."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pipelines.constraints.normals import DECLARED
from pipelines.decisions.decision_times import NORMALS as COMPARED
from roadworthy.checking.configuration import configuration_findings
from roadworthy.checking.finding import Finding, fault_of
from roadworthy.checking.unread import NORMALS
from roadworthy.config.load import load
from roadworthy.errors import AuditFailedError, ConfigError, SourceError

SOURCE = """
[[sources]]
kind = "jira"
name = "acme"
server = "https://acme.atlassian.net"
projects = ["PAY"]
email_env = "JIRA_EMAIL"
token_env = "JIRA_TOKEN"
"""
STAGES = """
[[stages]]
name = "Idea"
kind = "queue"
owner = "product"
statuses = ["Idea"]
[[stages]]
name = "Ready"
kind = "queue"
owner = "engineering"
statuses = ["Ready"]
"""
READY = """
[definition_of_ready]
guards = "Ready"
[[definition_of_ready.rules]]
name = "estimate"
field = "estimate"
required = true
"""
ROLES = """
[roles]
product = ["group:product"]
engineering = ["group:engineers"]
"""
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
SET = {"JIRA_EMAIL": "reader@acme.example", "JIRA_TOKEN": "secret"}


def found(folder: Path, *parts: str, environment: Mapping[str, str] = SET) -> list[Finding]:
    """What is not as it should be."""
    path = folder / "roadworthy.toml"
    path.write_text("".join((SOURCE, *parts)), encoding="utf-8")
    findings = configuration_findings(load(path), at=NOW, environment=environment)
    return [one for one in findings if one.level != "ok"]


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(one.level, f"{one.where}: {one.what}") for one in findings]


def test_a_file_that_fits_together_has_nothing_against_it(tmp_path: Path) -> None:
    assert found(tmp_path, STAGES, READY, ROLES) == []


def test_a_setting_that_nothing_reads_is_said(tmp_path: Path) -> None:
    calendars = "[calendars.enginering]\n[calendars.reviewer]\n[calendars.product]\n"
    normals = "[benchmarks]\ndecision_wait_day = 1\napproval_wait_days = 2\n"
    findings = found(tmp_path, STAGES, READY, ROLES, calendars, normals)

    assert told(findings) == [
        ("warning", "calendars.enginering: no stage, right or holder has the role 'enginering'"),
        ("warning", "benchmarks.decision_wait_day: nothing is compared with it"),
    ]
    assert "'engineering'?" in findings[0].remedy
    assert "'decision_wait_days'?" in findings[1].remedy


def test_the_benchmarks_that_are_known_are_those_that_are_read() -> None:
    assert {*NORMALS} == {*COMPARED.values(), *DECLARED.values()}
    assert {DECLARED[kind]: kind for kind in DECLARED} == NORMALS


def test_a_field_of_two_rights_is_said(tmp_path: Path) -> None:
    rights = (
        "[decision_rights]\n"
        'timeline = { fields = ["duedate"], decides = "engineering" }\n'
        'scope = { fields = ["description", "DueDate"], decides = "product" }\n'
    )
    assert told(found(tmp_path, STAGES, READY, ROLES, rights)) == [
        ("warning", "decision_rights scope.fields: 'DueDate' is a field of 'timeline' as well")
    ]


def test_every_secret_that_is_not_set_is_an_error_and_is_not_repeated(tmp_path: Path) -> None:
    findings = found(tmp_path, STAGES, READY, ROLES, environment={"JIRA_EMAIL": " "})
    assert told(findings) == [
        ("error", "source acme: the environment variable JIRA_EMAIL is not set"),
        ("error", "source acme: the environment variable JIRA_TOKEN is not set"),
    ]


def test_a_secret_that_is_no_token_is_an_error_and_is_not_repeated(tmp_path: Path) -> None:
    broken = {"JIRA_EMAIL": "ada@acme.example", "JIRA_TOKEN": "one\ntwo"}
    [(level, sentence)] = told(found(tmp_path, STAGES, READY, ROLES, environment=broken))
    assert level == "error"
    assert sentence.startswith("source acme: what the environment variable JIRA_TOKEN holds is no ")


def test_a_role_that_nobody_holds_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    right = '[decision_rights]\npriority = { fields = ["priority"], decides = "products" }\n'
    assert found(tmp_path, STAGES, READY, ROLES, right) == [
        Finding(
            "warning",
            "decision_rights priority.decides",
            "nobody holds the role 'products'",
            "did you mean 'product'? Otherwise give it holders in [roles]",
        )
    ]


def test_a_holder_that_no_source_can_tell_is_warned_of(tmp_path: Path) -> None:
    roles = ROLES.replace("group:engineers", "team:acme/engineers")
    [finding] = found(tmp_path, STAGES, READY, roles)
    assert (finding.level, finding.where) == ("warning", "roles engineering")


def test_rules_that_are_never_judged_say_so(tmp_path: Path) -> None:
    alone = STAGES.replace('owner = "product"\n', "")
    assert [one.where for one in found(tmp_path, alone, READY, ROLES)] == [
        "stages",
        "definition_of_ready.guards",
    ]


def test_an_intervention_that_is_still_to_come_is_told(tmp_path: Path) -> None:
    later = '[[interventions]]\nname = "Protocol"\nkind = "process"\non = 2026-04-01\n'
    assert [one.where for one in found(tmp_path, STAGES, READY, ROLES, later)] == [
        "interventions 'Protocol'"
    ]


def test_an_archive_that_was_recorded_after_now_is_an_error(tmp_path: Path) -> None:
    archive = '[[sources]]\nkind = "files"\nname = "old"\npath = "."\ntracker = "jira"\n'
    assert found(tmp_path, archive, "as_of = 2026-03-31T12:00:00Z\n", STAGES, READY, ROLES) == []
    (fault,) = found(tmp_path, archive, "as_of = 2026-04-02T00:00:00Z\n", STAGES, READY, ROLES)
    assert (fault.level, fault.where) == ("error", "source old")
    assert fault.what == "as_of = 2026-04-02 00:00 UTC is still to come"
    assert fault.remedy.startswith("write when it was recorded")


def test_a_source_alone_has_notes_and_no_errors(tmp_path: Path) -> None:
    assert [one.level for one in found(tmp_path)] == ["note", "note", "note"]


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the place of the folder", encoding="utf-8")
    findings = found(tmp_path, STAGES, READY, ROLES)
    assert [(one.level, one.where) for one in findings] == [
        ("error", "warehouse"),
        ("error", "reports"),
    ]


def test_the_exit_code_is_that_of_the_configuration_before_the_tracker_before_the_data() -> None:
    config, tracker, data = (
        Finding("error", "x", "y", fault=fault) for fault in ("configuration", "tracker", "data")
    )
    assert fault_of([]) is None
    assert fault_of([Finding("warning", "x", "y")]) is None
    assert isinstance(fault_of([data, tracker, config]), ConfigError)
    assert isinstance(fault_of([data, tracker]), SourceError)
    assert isinstance(fault_of([data]), AuditFailedError)


def test_a_token_that_would_travel_in_clear_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "roadworthy.toml"
    for server, warnings in (("http://jira.acme.example:8080", 1), ("http://127.0.0.1:9", 0)):
        path.write_text(SOURCE.replace("https://acme.atlassian.net", server), encoding="utf-8")
        findings = configuration_findings(load(path), at=NOW, environment=SET)
        said = [what for level, what in told(list(findings)) if level == "warning"]
        assert len(said) == warnings
        assert all("without encryption: who is on the way reads the token" in one for one in said)
