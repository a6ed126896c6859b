"""Stages that follow from the protocol of the pull request."""

import polars as pl

from pipelines.flow.pull_request_protocol import protocol_stages


def test_a_pull_request_goes_from_its_author_to_a_reviewer_to_a_maintainer() -> None:
    mine = protocol_stages("code").filter(pl.col("kind") == "pull_request")

    assert mine.sort("stage_rank", "stage").select("stage", "stage_kind", "owner_role").rows() == [
        ("changes requested", "active", "author"),
        ("draft", "active", "author"),
        ("review required", "approval", "reviewer"),
        ("approved", "queue", "maintainer"),
        ("merged", "done", None),
        ("closed", "dropped", None),
    ]


def test_changes_requested_is_the_turn_of_the_author_as_a_draft_is() -> None:
    ranks = dict(protocol_stages("code").select("stage", "stage_rank").iter_rows())

    assert ranks["changes requested"] == ranks["draft"]


def test_an_issue_of_github_is_open_or_done() -> None:
    issues = protocol_stages("code").filter(pl.col("kind") == "ticket")

    assert dict(issues.select("stage", "stage_kind").iter_rows()) == {
        "open": "queue",
        "closed": "done",
    }
