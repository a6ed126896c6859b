"""What the audit says of who acted, in which roles and in none, and of what it set apart."""

import polars as pl

from pipelines.cohorts.scopes import Scopes
from pipelines.findings.understanding import actors, counts
from pipelines.policy import Policy


def test_without_roles_only_the_author_of_a_pull_request_can_recall() -> None:
    """Of a pull request its author is known without any declaration."""
    (finding,) = actors(pl.DataFrame(), Policy())
    assert (finding.finding, finding.severity) == ("no_roles_declared", "info")
    assert "only a pull request that its author takes back can be recalled" in finding.detail


def test_one_of_anything_is_told_as_one() -> None:
    withheld = Scopes(teams=(), item_types=(), withheld=("team:PAY",))
    told = [one.detail for one in counts(misclicks=1, bulk_changes=1204, withheld=withheld)]
    assert told == [
        "Merged into the stay around it: 1 stay shorter than the debounce, undone at once.",
        (
            "Part of bulk edits: 1,204 changes, kept in effect and counted as no handoff, "
            "rejection or slip."
        ),
        "Counted in the organisation only: 1 group with too few people to be shown.",
    ]
