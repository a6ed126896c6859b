"""Names of sources, which stand in keys for ever."""

from pathlib import Path

import pytest

from roadworthy.proposals.target import Target


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (Target("jira", server="https://acme.atlassian.net"), "acme"),
        (Target("jira", server="https://jira.acme.example:8443/jira"), "jira"),
        (Target("github", repositories=("acme/web", "other/x")), "acme"),
        (Target("jira", archive=Path("/x/my export.ndjson.gz")), "myexport"),
        (Target("jira", archive=Path("/x/___")), "jira"),
        (Target("jira", archive=Path("/x/" + "a" * 80)), "a" * 64),
    ],
)
def test_a_source_is_named_after_its_site_its_owner_or_its_archive(
    target: Target, name: str
) -> None:
    assert target.name == name
