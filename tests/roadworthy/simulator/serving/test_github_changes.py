"""What people do is seen by the next request, and moves ``updated_at`` as on GitHub."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from roadworthy.simulator.serving import github_changes as changes
from roadworthy.simulator.serving import github_moves as moves
from tests.roadworthy.simulator.serving.github_acme import ADA, BEN, WEB, acme, at, lined

Change = Callable[..., Any]


@pytest.mark.parametrize(
    ("change", "event", "after"),
    [
        (partial(changes.review, state="changes_requested"), "reviewed", {}),
        (partial(changes.label, name="late"), "labeled", {}),
        (partial(changes.assign, whom=BEN), "assigned", {}),
        (partial(changes.ask, whom=BEN), "review_requested", {"requested_reviewers": [BEN]}),
        (
            partial(changes.ask, whom="crew"),
            "review_requested",
            {"requested_teams": [{"name": "crew", "slug": "crew"}]},
        ),
        (changes.mark_ready, "ready_for_review", {"draft": False}),
        (changes.mark_draft, "convert_to_draft", {"draft": True}),
        (changes.close, "closed", {"state": "closed", "closed_at": "2026-01-09T09:00:00Z"}),
        (changes.merge, "closed", {"state": "closed", "merged": True, "merged_by": BEN}),
        (partial(changes.rename, title="New"), "renamed", {"title": "New"}),
        (partial(changes.push, message="More"), "committed", {}),
        (changes.force_push, "head_ref_force_pushed", {}),
        (partial(changes.plan, title="1.0"), "milestoned", {}),
        (partial(changes.happen, event="added_to_merge_queue"), "added_to_merge_queue", {}),
    ],
)
def test_what_happens_to_a_pull_request_is_its_last_event_and_its_last_change(
    change: Change, event: str, after: dict[str, Any]
) -> None:
    pull = acme().item(WEB, 2)
    change(pull, at=at(9), by=BEN)
    assert pull.payload["timeline"][-1]["event"] == event
    assert pull.payload["updated_at"] == "2026-01-09T09:00:00Z"
    assert {name: pull.payload[name] for name in after} == after


def test_a_review_answers_the_request_and_a_request_may_be_taken_back() -> None:
    pull = acme().item(WEB, 2)
    changes.ask(pull, BEN, at=at(4), by=ADA)
    changes.review(pull, "approved", at=at(5), by=BEN)
    assert pull.payload["requested_reviewers"] == []
    changes.ask(pull, BEN, at=at(6), by=ADA)
    changes.unask(pull, BEN, at=at(7), by=ADA)
    assert pull.payload["requested_reviewers"] == []
    assert pull.payload["timeline"][-1]["event"] == "review_request_removed"


def test_an_issue_is_closed_for_a_reason_and_reopened() -> None:
    issue = acme().item(WEB, 4)
    changes.close(issue, at=at(4), by=ADA, reason="not_planned")
    assert (issue.payload["state_reason"], issue.payload["closed_by"]) == ("not_planned", ADA)
    changes.reopen(issue, at=at(5), by=ADA)
    assert (issue.payload["state"], issue.payload["closed_at"]) == ("open", None)


def test_a_label_that_was_taken_off_is_gone_and_its_event_stays() -> None:
    pull = acme().item(WEB, 1)
    changes.unlabel(pull, "bug", at=at(6), by=ADA)
    assert pull.payload["labels"] == []
    assert pull.payload["timeline"][-1]["label"]["name"] == "bug"


def test_no_two_events_share_an_id() -> None:
    site = acme()
    for number in (1, 2):
        for day in range(10, 20):
            changes.label(site.item(WEB, number), "x", at=at(day), by=ADA)
    events = [event for item in site.items() for event in item.payload["timeline"]]
    assert len({event["node_id"] for event in events}) == len(events)


def test_a_new_due_date_touches_the_milestone_and_no_item_of_it() -> None:
    with lined(acme()) as line:
        item = line.site.item(WEB, 2)
        changes.plan(item, "1.0", at=at(3), by=ADA)
        moves.move_milestone(line.site.by_name[WEB], "1.0", date(2026, 5, 1), at=at(8))
        pull = line.library.get_repo(WEB).get_pull(2)
        assert pull.updated_at == at(3)
        assert pull.milestone.due_on == datetime(2026, 5, 1, 7, tzinfo=UTC)
        assert pull.milestone.updated_at == at(8)


def test_people_come_into_a_team_and_leave_it() -> None:
    site = acme()
    moves.leave(site, "acme/engineers", "ada")
    moves.join(site, "acme/engineers", {**ADA, "login": "eve"})
    assert [one["login"] for one in site.teams["acme/engineers"]] == ["ben", "eve"]


def test_what_happened_earlier_does_not_turn_the_last_change_back() -> None:
    pull = acme().item(WEB, 1)
    changes.label(pull, "old", at=at(2), by=ADA)
    assert pull.payload["updated_at"] == "2026-01-05T09:00:00Z"
