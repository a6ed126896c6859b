"""Sources that read the same things, of which each would count twice."""

from pathlib import Path

import pytest

from roadworthy.checking.overlaps import overlap_findings
from roadworthy.config.load import load

JIRA = """
[[sources]]
kind = "jira"
server = "https://{server}"
name = "{name}"
{bounds}
token_env = "TOKEN"
"""
GITHUB = """
[[sources]]
kind = "github"
name = "{name}"
repositories = [{repositories}]
token_env = "TOKEN"
"""
FILES = """
[[sources]]
kind = "files"
name = "{name}"
path = "{path}"
tracker = "jira"
"""


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    """Level and thing of every overlap."""
    path = folder / "roadworthy.toml"
    path.write_text(text, encoding="utf-8")
    findings = overlap_findings(load(path))
    return [(one.level, one.what.partition(":")[0].removeprefix("both read ")) for one in findings]


def jiras(first: str, second: str, server: str = "jira.acme.example") -> str:
    one = JIRA.format(name="one", server="jira.acme.example", bounds=first)
    return one + JIRA.format(name="two", server=server, bounds=second)


def test_a_project_belongs_to_one_source_of_a_server(tmp_path: Path) -> None:
    both = ('projects = ["PAY", "WEB"]', 'projects = ["web", "OPS"]')
    assert told(tmp_path, jiras(*both)) == [("error", "the project WEB")]
    assert told(tmp_path, jiras(*both, server="JIRA.acme.example/")) == [
        ("error", "the project WEB")
    ]
    assert told(tmp_path, jiras(*both, server="other.example")) == []


def test_a_query_is_compared_with_itself_alone(tmp_path: Path) -> None:
    query = 'jql = "labels = x"'
    assert told(tmp_path, jiras(query, query)) == [("error", "what one and the same query finds")]
    assert told(tmp_path, jiras(query, 'projects = ["PAY"]')) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ('"acme/web"', '"Acme/Web", "acme/api"', [("error", "acme/web")]),
        ('"acme/*"', '"acme/*"', [("error", "acme/*")]),
        ('"acme/*"', '"acme/web"', [("warning", "acme/web, unless it is a fork")]),
        ('"acme/web"', '"acme/*"', [("warning", "acme/web, unless it is a fork")]),
        ('"acme/*"', '"other/web"', []),
        ('"acme/web"', '"acme/api"', []),
    ],
)
def test_a_repository_belongs_to_one_source(
    tmp_path: Path, first: str, second: str, found: list[tuple[str, str]]
) -> None:
    one = GITHUB.format(name="one", repositories=first)
    assert told(tmp_path, one + GITHUB.format(name="two", repositories=second)) == found


def test_an_archive_belongs_to_one_source_with_all_that_lies_in_it(tmp_path: Path) -> None:
    one = FILES.format(name="one", path="exports/./jira")
    for path in ("exports/jira", "exports"):
        found = told(tmp_path, one + FILES.format(name="two", path=path))
        assert found == [("error", str(tmp_path.resolve() / "exports/jira"))]
    assert told(tmp_path, one + FILES.format(name="two", path="exports/jira-2")) == []
