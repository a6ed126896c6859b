"""The statuses of pull requests and issues, derived from what happened to them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sql.conftest import GitHub


def test_opened_ready_it_is_handed_over_at_once_by_its_author(github: "GitHub") -> None:
    github.pull()
    assert github.statuses() == [(1, "opened", "draft", "review required")]
    assert github.changes("status")["account"].to_list() == ["1"]


def test_opened_as_a_draft_it_is_handed_over_when_ready(github: "GitHub") -> None:
    github.pull(github.event(21, "ready_for_review", 4))
    assert github.statuses() == [(4, "21", "draft", "review required")]


def test_a_draft_without_a_move_is_told_by_its_record(github: "GitHub") -> None:
    github.pull(draft=True)
    assert github.statuses() == []


def test_back_to_draft_tells_that_it_was_opened_ready(github: "GitHub") -> None:
    github.pull(github.event(21, "convert_to_draft", 4), draft=True)
    assert github.path() == ["draft", "review required", "draft"]


def test_a_comment_a_bot_and_the_author_have_no_say(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "COMMENTED", 2),
        github.review(32, github.linter, "CHANGES_REQUESTED", 3),
        github.review(33, github.ada, "APPROVED", 4),
        github.review(34, github.ben, "PENDING", 5),
    )
    assert github.path() == ["draft", "review required"]
    assert github.changes("review")["to_text"].to_list() == [
        "commented",
        "changes_requested",
        "approved",
    ]


def test_a_bot_by_declaration_has_no_say(github: "GitHub") -> None:
    github.warehouse.execute("insert into staging.declared_bots values ('code', '2')")
    github.pull(github.review(31, github.ben, "APPROVED", 2))
    assert github.path() == ["draft", "review required"]


def test_an_app_without_a_type_is_known_by_its_login(github: "GitHub") -> None:
    app = {"login": "merge-bot[bot]", "id": 12}
    github.pull(github.review(31, app, "APPROVED", 2))
    assert github.path() == ["draft", "review required"]


def test_an_approval_after_the_merge_changes_nothing(github: "GitHub") -> None:
    github.pull(
        github.event(21, "merged", 2),
        github.review(31, github.ben, "APPROVED", 3),
    )
    assert github.path() == ["draft", "review required", "merged"]


def test_the_closing_that_comes_with_a_merge_changes_nothing(github: "GitHub") -> None:
    github.pull(
        github.event(21, "closed", 2),
        github.event(22, "merged", 2),
        github.event(23, "closed", 2, second=1),
    )
    assert github.statuses() == [
        (1, "opened", "draft", "review required"),
        (2, "22", "review required", "merged"),
    ]


def test_merged_by_its_record_it_was_not_merely_closed(github: "GitHub") -> None:
    end = {"closed_at": github.on(2), "merged_at": github.on(2), "merged_by": github.ben}
    github.pull(github.event(21, "closed", 2), state="closed", **end)
    assert github.statuses()[1:] == [(2, "settled", "review required", "merged")]
    assert github.changes("status")["account"].to_list() == ["1", "2"]


def test_closed_reopened_and_merged_by_its_record(github: "GitHub") -> None:
    github.pull(
        github.event(21, "closed", 2),
        github.event(22, "reopened", 3),
        github.event(23, "closed", 5),
        state="closed",
        closed_at=github.on(5),
        merged_at=github.on(5),
    )
    assert github.path()[1:] == ["review required", "closed", "review required", "merged"]


def test_an_end_without_events_is_of_whoever_the_record_names(github: "GitHub") -> None:
    github.pull(state="closed", closed_at=github.on(2), closed_by=github.cat)
    assert github.statuses()[1:] == [(2, "settled", "review required", "closed")]
    assert github.changes("status")["account"].to_list()[-1] == "3"


def test_closed_unmerged_and_reopened_it_is_where_it_was(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "APPROVED", 2),
        github.event(22, "closed", 3, state_reason="completed"),
        github.event(23, "reopened", 4),
    )
    assert github.path() == ["draft", "review required", "approved", "closed", "approved"]
    assert github.changes("resolution").is_empty()


def test_one_request_for_changes_outweighs_any_approval(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "CHANGES_REQUESTED", 2),
        github.review(32, github.cat, "APPROVED", 3),
        github.review(33, github.ben, "APPROVED", 4),
    )
    assert github.statuses()[1:] == [
        (2, "review:31", "review required", "changes requested"),
        (4, "review:33", "changes requested", "approved"),
    ]


def test_a_reviewer_may_go_back_on_an_approval(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "APPROVED", 2),
        github.review(32, github.ben, "CHANGES_REQUESTED", 3),
    )
    assert github.path()[2:] == ["approved", "changes requested"]


def test_a_dismissed_review_said_what_it_said_until_then(github: "GitHub") -> None:
    dismissed = {"review_id": 31, "state": "changes_requested"}
    github.pull(
        github.review(31, github.ben, "DISMISSED", 2),
        github.event(22, "review_dismissed", 5, dismissed_review=dismissed),
    )
    assert github.statuses()[1:] == [
        (2, "review:31", "review required", "changes requested"),
        (5, "22", "changes requested", "review required"),
    ]


def test_a_dismissed_approval_no_longer_stands(github: "GitHub") -> None:
    dismissed = {"review_id": 31, "state": "approved"}
    github.pull(
        github.review(31, github.ben, "DISMISSED", 2),
        github.event(22, "review_dismissed", 5, dismissed_review=dismissed),
    )
    assert github.path()[1:] == ["review required", "approved", "review required"]


def test_asking_the_same_reviewer_again_answers_a_request_for_changes(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "CHANGES_REQUESTED", 2),
        github.event(22, "review_requested", 3, requested_reviewer=github.cat),
        github.event(23, "review_requested", 4, requested_reviewer=github.ben),
    )
    assert github.statuses()[1:] == [
        (2, "review:31", "review required", "changes requested"),
        (4, "23", "changes requested", "review required"),
    ]


def test_a_force_push_answers_a_request_for_changes(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "CHANGES_REQUESTED", 2),
        github.event(22, "head_ref_force_pushed", 4),
    )
    assert github.statuses()[2:] == [(4, "22", "changes requested", "review required")]


def test_a_commit_older_than_a_forced_push_came_with_that_push(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "CHANGES_REQUESTED", 2),
        github.commit("bbb", 3),
        github.event(41, "head_ref_force_pushed", 5),
    )
    assert github.statuses()[-1] == (5, "41", "changes requested", "review required")


def test_a_commit_answers_a_request_for_changes_made_before_it(github: "GitHub") -> None:
    github.pull(
        github.commit("aaa", 1),
        github.review(31, github.ben, "CHANGES_REQUESTED", 2),
        github.commit("bbb", 3),
    )
    assert github.statuses()[1:] == [
        (2, "review:31", "review required", "changes requested"),
        (3, "commit:bbb", "changes requested", "review required"),
    ]


def test_an_approval_of_before_does_not_make_a_push_an_approval(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.cat, "APPROVED", 2),
        github.review(32, github.ben, "CHANGES_REQUESTED", 3),
        github.commit("bbb", 4),
        github.review(33, github.cat, "APPROVED", 5),
    )
    assert github.path()[2:] == ["approved", "changes requested", "review required", "approved"]


def test_a_push_leaves_an_approval_standing(github: "GitHub") -> None:
    github.pull(github.review(31, github.ben, "APPROVED", 2), github.commit("bbb", 3))
    assert github.path() == ["draft", "review required", "approved"]


def test_a_draft_is_a_draft_whatever_its_reviews_say(github: "GitHub") -> None:
    github.pull(
        github.review(31, github.ben, "APPROVED", 2),
        github.event(22, "ready_for_review", 3),
    )
    assert github.statuses() == [(3, "22", "draft", "approved")]


def test_reviewers_who_are_gone_are_not_taken_for_one(github: "GitHub") -> None:
    github.pull(
        github.review(31, None, "CHANGES_REQUESTED", 2),
        github.review(32, None, "APPROVED", 3),
    )
    assert github.path()[1:] == ["review required", "changes requested"]


def test_an_issue_is_open_or_closed(github: "GitHub") -> None:
    github.issue(
        github.event(21, "closed", 2),
        github.event(22, "closed", 3),
        github.event(23, "reopened", 4),
    )
    assert github.statuses() == [(2, "21", "open", "closed"), (4, "23", "closed", "open")]
