"""The events of pull requests and issues as changes of fields."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sql.conftest import GitHub

Row = tuple[int, str, str | None, str | None, str | None, str | None, str | None]


def _rows(github: "GitHub", field: str) -> list[Row]:
    """Day, group, account, id and text before, id and text after."""
    rows: list[Row] = github.changes(field).rows()
    return rows


def test_a_label_is_added_and_removed(github: "GitHub") -> None:
    github.issue(
        github.event(21, "labeled", 2, label={"name": "bug"}),
        github.event(22, "unlabeled", 3, label={"name": "bug"}, actor=github.ben),
    )
    assert _rows(github, "labels") == [
        (2, "21", "1", None, None, None, "bug"),
        (3, "22", "2", None, "bug", None, None),
    ]
    assert github.rows("select distinct is_member from staging.github_changes") == [(True,)]


def test_a_milestone_is_set_and_removed_though_it_was_renamed(github: "GitHub") -> None:
    github.issue(
        github.event(21, "milestoned", 2, milestone={"title": "0.22"}),
        github.event(22, "demilestoned", 3, milestone={"title": "22.0"}),
    )
    assert _rows(github, "milestone") == [
        (2, "21", "1", None, None, None, "0.22"),
        (3, "22", "1", None, "0.22", None, None),
    ]


def test_a_move_to_another_milestone_ends_there_in_either_order(github: "GitHub") -> None:
    github.issue(
        github.event(21, "milestoned", 2, milestone={"title": "v2"}),
        github.event(22, "milestoned", 3, milestone={"title": "v3"}),
        github.event(23, "demilestoned", 3, milestone={"title": "v2"}),
        github.event(24, "demilestoned", 4, milestone={"title": "v3"}),
        github.event(25, "milestoned", 4, milestone={"title": "v4"}),
    )
    assert [(row[1], row[4], row[6]) for row in _rows(github, "milestone")] == [
        ("21", None, "v2"),
        ("22", "v2", "v3"),
        ("24", "v3", None),
        ("25", None, "v4"),
    ]


def test_a_milestone_may_have_been_there_before_the_first_event(github: "GitHub") -> None:
    github.issue(github.event(21, "demilestoned", 2, milestone={"title": "v1"}))
    assert _rows(github, "milestone") == [(2, "21", "1", None, "v1", None, None)]


def test_renamed_it_has_another_summary(github: "GitHub") -> None:
    github.pull(github.event(21, "renamed", 2, rename={"from": "WIP", "to": "Cache"}))
    assert _rows(github, "summary") == [(2, "21", "1", None, "WIP", None, "Cache")]


def test_an_assignee_is_known_by_account_or_is_gone(github: "GitHub") -> None:
    github.issue(
        github.event(21, "assigned", 2, assignee=github.ben),
        github.event(22, "unassigned", 3, assignee=None),
    )
    assert _rows(github, "assignees") == [
        (2, "21", "1", None, None, "2", "ben"),
        (3, "22", "1", None, "ghost", None, None),
    ]


def test_a_request_goes_to_a_person_a_team_or_somebody_gone(github: "GitHub") -> None:
    github.pull(
        github.event(21, "review_requested", 2, requested_reviewer=github.ben),
        github.event(22, "review_requested", 3, requested_team={"slug": "core", "name": "Core"}),
        github.event(23, "review_requested", 4, requested_reviewer=None),
        github.event(24, "review_request_removed", 5, requested_reviewer=github.ben),
    )
    assert _rows(github, "review_request") == [
        (2, "21", "1", None, None, "2", "ben"),
        (3, "22", "1", None, None, "team:core", "team:core"),
        (4, "23", "1", None, None, None, "ghost"),
        (5, "24", "1", "2", "ben", None, None),
    ]


def test_a_draft_flag_has_two_values(github: "GitHub") -> None:
    github.pull(github.event(21, "ready_for_review", 2), github.event(22, "convert_to_draft", 3))
    moves = [(row[4], row[6]) for row in _rows(github, "draft")]
    assert moves == [("true", "false"), ("false", "true")]


def test_what_follows_for_the_status_comes_last_in_the_group(github: "GitHub") -> None:
    github.pull(github.event(21, "ready_for_review", 2))
    assert github.rows(
        "select change_group, ordinal, field from staging.github_changes order by ordinal"
    ) == [("21", 0, "draft"), ("21", 1, "status")]


def test_a_dismissal_changes_what_a_review_says(github: "GitHub") -> None:
    dismissed = {"review_id": 31, "state": "approved"}
    github.pull(
        github.review(31, github.ben, "DISMISSED", 2),
        github.event(22, "review_dismissed", 3, dismissed_review=dismissed, actor=github.cat),
    )
    assert _rows(github, "review") == [
        (2, "review:31", "2", None, None, "31", "approved"),
        (3, "22", "3", "31", "approved", "31", "dismissed"),
    ]


def test_a_dismissal_nobody_recorded_leaves_the_verdict_unknown(github: "GitHub") -> None:
    github.pull(github.review(31, github.ben, "DISMISSED", 2))
    assert _rows(github, "review") == [(2, "review:31", "2", None, None, "31", "dismissed")]


def test_a_review_in_a_list_of_its_own_counts_once(github: "GitHub") -> None:
    listed = {"id": 32, "user": github.cat, "state": "APPROVED", "submitted_at": github.on(3)}
    both = {"id": 31, "user": github.ben, "state": "COMMENTED", "submitted_at": github.on(2)}
    github.pull(github.review(31, github.ben, "COMMENTED", 2), reviews=[both, listed])
    assert [row[1] for row in _rows(github, "review")] == ["review:31", "review:32"]
    assert github.path() == ["draft", "review required", "approved"]


def test_an_event_on_two_pages_counts_once(github: "GitHub") -> None:
    labelled = github.event(21, "labeled", 2, label={"name": "bug"})
    github.issue(labelled, labelled)
    assert len(_rows(github, "labels")) == 1


def test_events_without_ids_are_not_taken_for_one(github: "GitHub") -> None:
    github.issue(
        github.event(0, "labeled", 2, id=None, label={"name": "bug"}),
        github.event(0, "labeled", 2, id=None, label={"name": "ui"}),
    )
    assert [row[6] for row in _rows(github, "labels")] == ["bug", "ui"]


def test_one_instant_keeps_the_order_in_which_the_tracker_tells_it(github: "GitHub") -> None:
    github.issue(
        github.event(99, "unlabeled", 2, label={"name": "bug"}),
        github.event(21, "labeled", 2, label={"name": "bug"}, actor=github.ben),
    )
    assert github.rows(
        "select change_group, position from staging.github_changes order by changed_at, position"
    ) == [("99", 1), ("21", 2)]


def test_an_issue_is_resolved_until_it_is_reopened(github: "GitHub") -> None:
    github.issue(
        github.event(21, "closed", 2, state_reason="completed"),
        github.event(22, "closed", 3, state_reason="not_planned"),
        github.event(23, "reopened", 4),
        github.event(24, "closed", 5, state_reason=None),
    )
    assert [(row[1], row[4], row[6]) for row in _rows(github, "resolution")] == [
        ("21", None, "completed"),
        ("22", "completed", "not_planned"),
        ("23", "not_planned", None),
    ]


def test_an_issue_type_changes_where_the_event_says_to_what(github: "GitHub") -> None:
    bug, task = {"id": 51, "name": "Bug"}, {"id": 52, "name": "Task"}
    github.issue(
        github.event(21, "issue_type_added", 2),
        github.event(22, "issue_type_added", 3, issue_type=bug),
        github.event(23, "issue_type_changed", 4, issue_type=task, prev_issue_type=bug),
        github.event(24, "issue_type_removed", 5, issue_type=task),
    )
    assert [row[3:] for row in _rows(github, "issuetype")] == [
        (None, "issue", "51", "Bug"),
        ("51", "Bug", "52", "Task"),
        ("52", "Task", None, "issue"),
    ]


def test_what_changes_no_field_is_no_change(github: "GitHub") -> None:
    github.issue(
        github.event(21, "commented", 2),
        github.event(22, "locked", 3),
        github.event(23, "teleported", 4),
    )
    assert github.rows("from staging.github_changes") == []


def test_actors_who_are_gone_are_nobody(github: "GitHub") -> None:
    ghost = {"login": "ghost", "id": 10137, "type": "User"}
    github.issue(
        github.event(21, "labeled", 2, label={"name": "bug"}, actor=None),
        github.event(22, "labeled", 3, label={"name": "ui"}, actor=ghost),
        github.event(23, "labeled", 4, label={"name": "old"}, actor={"login": "dee"}),
    )
    assert [row[2] for row in _rows(github, "labels")] == [None, None, "dee"]


def test_labels_swapped_in_one_click_are_one_change(github: "GitHub") -> None:
    ready, build = {"name": "ready"}, {"name": "in progress"}
    github.issue(
        github.event(21, "labeled", 2, label=ready),
        github.event(22, "unlabeled", 3, label=ready, actor=github.ben),
        github.event(23, "milestoned", 3, milestone={"title": "v1"}, actor=github.ben),
        github.event(24, "labeled", 3, label=build, actor=github.ben),
        github.event(25, "labeled", 3, label={"name": "bug"}),
        github.event(26, "labeled", 3, second=1, label={"name": "ui"}, actor=github.ben),
    )
    assert github.rows(
        "select change_group, ordinal, coalesce(to_text, from_text) from staging.github_changes"
        " order by position"
    ) == [
        ("21", 0, "ready"),
        ("22", 0, "ready"),
        ("23", 0, "v1"),
        ("22", 1, "in progress"),
        ("25", 0, "bug"),
        ("26", 0, "ui"),
    ]
