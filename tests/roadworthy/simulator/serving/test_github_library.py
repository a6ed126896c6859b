"""PyGithub, unmodified, reads the REST of the simulated GitHub as if it were the real one."""

from datetime import UTC, datetime

import pytest
from github import GithubException, UnknownObjectException

from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.serving import github_changes as changes
from roadworthy.simulator.serving import github_moves as moves
from roadworthy.simulator.serving.github_edition import OLD_ENTERPRISE, WITHOUT_GRAPHQL
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository
from tests.roadworthy.simulator.serving.github_acme import ADA, WEB, acme, at, lined


def test_a_repository_tells_its_name_and_its_owner() -> None:
    with lined(acme()) as line:
        repository = line.library.get_repo(WEB)
        assert (repository.full_name, repository.owner.login) == (WEB, "acme")
        assert repository.url == f"{line.served.url}/repos/acme/web"


def test_pull_requests_come_a_page_at_a_time_in_the_order_asked_for() -> None:
    with lined(acme()) as line:
        line.library.per_page = 2
        pulls = line.library.get_repo(WEB).get_pulls(state="all", sort="updated", direction="desc")
        assert pulls.totalCount == 3
        assert [(pull.number, pull.draft) for pull in pulls] == [(1, False), (3, False), (2, True)]
        assert [entry.query.get("page") for entry in line.served.log[2:]] == [None, "2"]


def test_what_a_list_leaves_out_of_a_pull_request_is_fetched_when_it_is_looked_at() -> None:
    with lined(acme()) as line:
        (pull,) = line.library.get_repo(WEB).get_pulls(state="closed")
        assert len(line.served.log) == 2
        assert (pull.merged, pull.additions, pull.merged_by.login) == (True, 1, "ben")
        assert len(line.served.log) == 3


def test_issues_since_an_instant_are_those_updated_then_pull_requests_among_them() -> None:
    with lined(acme()) as line:
        issues = list(line.library.get_repo(WEB).get_issues(state="all", since=at(5)))
        assert [(issue.number, issue.pull_request is None) for issue in issues] == [
            (5, True),
            (1, False),
        ]


def test_a_timeline_and_the_reviews_tell_what_happened() -> None:
    with lined(acme()) as line:
        pull = line.library.get_repo(WEB).get_pull(1)
        assert [event.event for event in pull.as_issue().get_timeline()] == [
            "committed",
            "review_requested",
            "labeled",
            "reviewed",
            "merged",
            "closed",
        ]
        assert [(r.user.login, r.state, r.submitted_at) for r in pull.get_reviews()] == [
            ("ben", "APPROVED", at(5, 8))
        ]


def test_milestones_teams_and_the_owner_are_there() -> None:
    with lined(acme()) as line:
        organisation = line.library.get_organization("acme")
        (milestone,) = line.library.get_repo(WEB).get_milestones(state="all")
        assert (milestone.title, milestone.due_on) == ("1.0", datetime(2026, 3, 1, 7, tzinfo=UTC))
        assert {it.login for it in organisation.get_team_by_slug("engineers").get_members()} == {
            "ada",
            "ben",
        }
        assert {it.full_name for it in organisation.get_repos()} == {WEB, "acme/ops"}
        assert line.library.get_user().login == "octocat"


def test_a_request_that_names_the_tag_of_an_unchanged_answer_is_not_counted() -> None:
    with lined(acme()) as line:
        path = "/repos/acme/web/pulls"
        _, headers, _ = line.library.requester.requestJson("GET", path)
        used = line.site.quotas["core"].used
        assert line.status(path, {"If-None-Match": headers["etag"]}) == 304
        assert line.site.quotas["core"].used == used
        changes.label(line.site.item(WEB, 2), "new", at=at(7), by=ADA)
        assert line.status(path, {"If-None-Match": headers["etag"]}) == 200


def test_an_enterprise_server_has_its_interface_under_another_root_and_tells_its_version() -> None:
    with lined(acme(edition=OLD_ENTERPRISE), root="/api/v3") as line:
        repository = line.library.get_repo(WEB)
        assert repository.url == f"{line.served.url}/api/v3/repos/acme/web"
        assert len(list(repository.get_pulls(state="all"))) == 3
        assert line.data("{ viewer { login } }") == {"viewer": {"login": "octocat"}}
        _, meta = line.library.requester.requestJsonAndCheck("GET", "/meta")
        assert meta["installed_version"] == "3.4.0"


def test_a_server_without_graphql_answers_404_there_and_gives_timelines_as_a_preview() -> None:
    with lined(acme(edition=WITHOUT_GRAPHQL)) as line:
        with pytest.raises(UnknownObjectException):
            line.query("{ viewer { login } }")
        path = "/repos/acme/web/issues/1/timeline"
        assert line.status(path, {"Accept": "application/json"}) == 415
        issue = line.library.get_repo(WEB).get_issue(1)
        assert len(list(issue.get_timeline())) == 6


def test_an_issue_that_was_transferred_is_found_where_it_went() -> None:
    with lined(acme()) as line:
        moved = moves.transfer(line.site, line.site.item(WEB, 4), "acme/ops", at=at(8), by=ADA)
        issue = line.library.get_repo(WEB).get_issue(4)
        assert (issue.number, issue.repository.full_name) == (moved.number, "acme/ops")
        assert [event.event for event in issue.get_timeline()] == ["transferred"]


def test_an_issue_that_was_deleted_is_gone_and_its_number_is_not_given_again() -> None:
    with lined(acme()) as line:
        moves.delete(line.site, line.site.item(WEB, 5))
        with pytest.raises(GithubException) as refusal:
            line.library.get_repo(WEB).get_issue(5)
        assert refusal.value.status == 410
        assert line.site.by_name[WEB].next_number() == 6


def test_a_renamed_repository_is_found_by_its_former_name() -> None:
    with lined(acme()) as line:
        moves.rename_repository(line.site, WEB, "acme/shop")
        assert line.library.get_repo("acme/web").full_name == "acme/shop"
        query = '{ repository(owner: "acme", name: "web") { nameWithOwner } }'
        assert line.data(query) == {"repository": {"nameWithOwner": "acme/shop"}}


def test_a_repository_without_issues_says_so() -> None:
    with lined(GitHubSite([GitHubRepository(WEB, has_issues=False)])) as line:
        assert line.status("/repos/acme/web/issues") == 410
        assert line.status("/repos/acme/web/pulls") == 200


def test_the_simulated_organisation_has_all_its_pull_requests_and_a_crew_per_team(
    organisation: Organisation,
) -> None:
    with lined(GitHubSite.of(organisation)) as line:
        line.library.per_page = 1
        names = [f"acme/{key}" for key in ("pay", "web", "data", "ops")]
        counts = [line.library.get_repo(n).get_pulls(state="all").totalCount for n in names]
        assert sum(counts) == len(organisation.pulls)
        crew = line.library.get_organization("acme").get_team_by_slug("web-crew")
        assert crew.get_members().totalCount == 6
