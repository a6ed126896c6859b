"""Shapes: the members that GitHub's own answers have, spelt as GitHub spells them."""

from typing import Any

import pytest

Row = dict[str, Any]
PULL = {
    "url",
    "id",
    "node_id",
    "html_url",
    "number",
    "state",
    "locked",
    "title",
    "user",
    "body",
    "labels",
    "milestone",
    "created_at",
    "updated_at",
    "closed_at",
    "merged_at",
    "merge_commit_sha",
    "merged",
    "merged_by",
    "assignees",
    "requested_reviewers",
    "requested_teams",
    "head",
    "base",
    "author_association",
    "draft",
    "timeline",
    "reviews",
}
EVENTS = {
    "assigned",
    "closed",
    "committed",
    "convert_to_draft",
    "head_ref_deleted",
    "head_ref_force_pushed",
    "labeled",
    "merged",
    "milestoned",
    "ready_for_review",
    "renamed",
    "reopened",
    "review_dismissed",
    "review_request_removed",
    "review_requested",
    "reviewed",
    "unlabeled",
}


def test_a_pull_request_has_the_members_of_the_rest_answer(pulls: list[Row]) -> None:
    for pull in pulls:
        assert set(pull) >= PULL
        assert set(pull["user"]) >= {"login", "id", "node_id", "avatar_url", "type"}
        assert pull["merged"] == (pull["merged_at"] is not None)
        assert pull["state"] == ("closed" if pull["closed_at"] else "open")


def test_every_kind_of_event_occurs_with_the_members_of_its_kind(pulls: list[Row]) -> None:
    events = [event for pull in pulls for event in pull["timeline"]]
    assert {event["event"] for event in events} == EVENTS
    for event in events:
        if event["event"] == "committed":
            assert event["author"]["date"]
            assert "actor" not in event
        elif event["event"] == "reviewed":
            assert event["submitted_at"]
            assert event["state"].islower()
        else:
            assert event["created_at"]
            assert event["actor"]["login"]


@pytest.mark.parametrize("state", ["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"])
def test_the_reviews_are_those_of_the_timeline_in_capitals(pulls: list[Row], state: str) -> None:
    listed = [
        (r["id"], r["submitted_at"]) for p in pulls for r in p["reviews"] if r["state"] == state
    ]
    timed = [
        (e["id"], e["submitted_at"])
        for p in pulls
        for e in p["timeline"]
        if e["event"] == "reviewed" and e["state"].upper() == state
    ]
    assert listed
    assert listed == timed


def test_most_pull_requests_name_an_issue_of_the_tracker(
    pulls: list[Row], issues: list[Row]
) -> None:
    keys = {issue["key"] for issue in issues}
    named = [pull for pull in pulls if pull["title"].split(":")[0] in keys]
    assert len(named) / len(pulls) > 0.85
    assert all(pull["head"]["ref"].startswith("feature/") for pull in named)
