"""What people did besides changing fields: comments, reviews, commits, entries of work."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sql.conforming import Landing, Payload
    from tests.sql.conftest import GitHub

ADA = {"accountId": "ada", "displayName": "Ada"}
DOCUMENT = {"type": "doc", "version": 1, "content": [{"type": "paragraph"}]}
EMPTY_DOCUMENT = {"type": "doc", "version": 1, "content": []}


def told(github: "GitHub", columns: str = "activity_id, kind, account, has_text") -> Any:
    """The activities on GitHub, in order."""
    return github.rows(
        f"select {columns} from staging.github_activities order by acted_at, activity_id"  # noqa: S608 - the tests' own words
    )


def review(github: "GitHub", number: int, state: str, **members: object) -> "Payload":
    """A review by Ben as the timeline shows it, on the day of its number."""
    return {**github.review(number, github.ben, state, number), **members}


def test_a_comment_is_an_activity_with_a_text_whether_its_text_came_or_not(
    github: "GitHub",
) -> None:
    github.pull(
        github.event(1, "commented", 2, user=github.ben, body="Why?"),
        github.event(2, "commented", 3),
    )
    assert told(github) == [
        ("comment:1", "comment", "2", True),
        ("comment:2", "comment", "1", True),
    ]


def test_a_comment_is_no_change_of_a_field(github: "GitHub") -> None:
    github.issue(github.event(1, "commented", 2, body="Why?"))
    assert github.rows("select count(*) from staging.github_changes") == [(0,)]


@pytest.mark.parametrize(
    ("state", "members", "has_text"),
    [
        ("approved", {"body": "Well done."}, True),
        ("approved", {"body": " "}, False),
        ("approved", {"body": None}, False),
        ("approved", {}, None),
        ("changes_requested", {}, None),
        ("commented", {"body": None}, True),
    ],
)
def test_a_review_says_what_its_body_says(
    github: "GitHub", state: str, members: "Payload", has_text: object
) -> None:
    github.pull(review(github, 5, state, **members))
    assert told(github) == [("review:5", "review", "2", has_text)]


def test_comments_on_lines_are_the_text_of_their_review(github: "GitHub") -> None:
    line = {"id": 70, "created_at": github.on(5), "pull_request_review_id": 5, "user": github.ben}
    github.pull(
        review(github, 5, "approved", body=""),
        {"event": "line-commented", "comments": [line]},
    )
    assert told(github) == [
        ("line_comment:70", "comment", "2", True),
        ("review:5", "review", "2", True),
    ]


def test_a_review_told_twice_is_one_and_its_text_counts_wherever_it_stands(
    github: "GitHub",
) -> None:
    github.pull(
        review(github, 5, "approved"),
        reviews=[review(github, 5, "APPROVED", body="Well done.")],
    )
    assert told(github) == [("review:5", "review", "2", True)]


def test_a_review_that_was_not_submitted_is_none(github: "GitHub") -> None:
    github.pull(review(github, 5, "pending", body="Not yet."))
    assert told(github) == []


def test_a_commit_is_nobodys_and_one_older_than_a_forced_push_came_with_that_push(
    github: "GitHub",
) -> None:
    github.pull(
        github.commit("aaa", 2),
        github.event(9, "head_ref_force_pushed", 3),
        github.commit("bbb", 4),
    )
    assert told(github) == [("commit:bbb", "commit", None, None)]


def test_an_event_that_two_pages_tell_is_one_activity(github: "GitHub") -> None:
    comment = github.event(1, "commented", 2, body="Why?")
    github.pull(comment, comment)
    assert told(github, "activity_id") == [("comment:1",)]


def test_a_comment_of_somebody_gone_is_nobodys(github: "GitHub") -> None:
    github.pull(github.event(1, "commented", 2, actor=None, user=None))
    assert told(github, "kind, account") == [("comment", None)]


def test_graphql_tells_the_same(github: "GitHub") -> None:
    by_ben = {"login": "ben", "type": "User", "id": 2}
    nodes = [
        {"event": "IssueComment", "id": "IC_1", "created_at": github.on(2), "actor": by_ben},
        {
            "event": "PullRequestReview",
            "id": "PRR_1",
            "submitted_at": github.on(3),
            "state": "APPROVED",
            "body": "",
            "user": by_ben,
        },
    ]
    github.pull(state="OPEN", timeline={"total": 2, "nodes": nodes}, labels={"nodes": []})
    assert told(github) == [
        ("comment:IC_1", "comment", "2", True),
        ("review:PRR_1", "review", "2", False),
    ]


def issue(**fields: object) -> "Payload":
    """The least that is an issue of Jira."""
    return {"id": "10", "key": "PAY-1", "fields": {"created": "2026-01-01T09:00:00Z", **fields}}


def comment(number: int, body: object, **members: object) -> "Payload":
    """A comment by Ada, of the second of January."""
    created = "2026-01-02T09:00:00.000+0000"
    return {"id": str(number), "author": ADA, "body": body, "created": created, **members}


@pytest.mark.parametrize(
    ("body", "has_text"),
    [("Why?", True), (" ", False), (DOCUMENT, True), (EMPTY_DOCUMENT, False), (None, False)],
)
def test_a_jira_comment_has_a_text_in_either_form(
    jira_landing: "Landing", body: object, has_text: object
) -> None:
    jira_landing.record("issues", issue(comment={"comments": [comment(1, body)]}))
    assert jira_landing.rows("select activity_id, has_text from staging.jira_activities") == [
        ("comment:1", has_text)
    ]


def test_an_entry_of_work_is_an_activity_on_the_day_it_was_written(
    jira_landing: "Landing",
) -> None:
    entry = {"id": "7", "author": ADA, "created": "2026-01-03T09:00:00Z", "comment": ""}
    jira_landing.record("issues", issue(worklog={"worklogs": [entry]}))
    assert jira_landing.rows(
        "select activity_id, kind, account, has_text, day(acted_at) from staging.jira_activities"
    ) == [("worklog:7", "worklog", "ada", False, 3)]


def test_an_issue_without_comments_in_its_payload_has_no_activities(
    jira_landing: "Landing",
) -> None:
    jira_landing.record("issues", issue())
    assert jira_landing.rows("from staging.jira_activities") == []


def test_core_knows_who_only_ever_commented_by_a_pseudonym_and_no_word_of_it(
    jira_landing: "Landing",
) -> None:
    jira_landing.record("issues", issue(comment={"comments": [comment(1, "A secret.")]}))
    jira_landing.core("activities")
    [row] = jira_landing.rows("select * from core.activities")
    item_id, activity_id, kind, actor_id, has_text, _ = row
    assert (item_id, activity_id, kind, has_text) == ("jira:acme:10", "comment:1", "comment", True)
    assert actor_id.startswith("person:")
    assert "secret" not in str(row)
    assert "ada" not in actor_id


def test_core_holds_both_trackers_in_order(jira_landing: "Landing") -> None:
    later = comment(2, "So?", created="2026-01-04T09:00:00Z")
    jira_landing.record("issues", issue(comment={"comments": [later, comment(1, "Why?")]}))
    jira_landing.core("activities")
    assert jira_landing.rows("select activity_id from core.activities") == [
        ("comment:1",),
        ("comment:2",),
    ]
