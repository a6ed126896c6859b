"""What the audit says of who acted: in which roles, and in none."""

import polars as pl

from pipelines.findings.understanding import actors
from pipelines.policy import Policy


def test_without_roles_only_the_author_of_a_pull_request_can_recall() -> None:
    """Of a pull request its author is known without any declaration."""
    (finding,) = actors(pl.DataFrame(), Policy())
    assert (finding.finding, finding.severity) == ("no_roles_declared", "info")
    assert "only a pull request that its author takes back can be recalled" in finding.detail
