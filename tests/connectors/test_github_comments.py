"""Who commented when is asked for; what was said is not."""

from roadworthy.simulator.serving.github_state import GitHubRepository
from tests.connectors.github_world import ADA, Json, at, issue, world

COMMENT: Json = {
    "id": 5,
    "node_id": "IC_5",
    "event": "commented",
    "user": ADA,
    "actor": ADA,
    "body": "A secret.",
    "created_at": at(7),
}


def test_a_comment_comes_with_its_author_and_instant_and_without_its_words() -> None:
    commented = issue(1, events=0)
    commented["timeline"] = [COMMENT]
    with world(GitHubRepository("acme/web", issues=[commented])) as github:
        timeline = github.read().payload("acme/web#1", "issues")["timeline"]
    assert timeline["total"] == 1
    [node] = timeline["nodes"]
    assert node == {
        "event": "IssueComment",
        "id": "IC_5",
        "created_at": at(7),
        "actor": {"login": "ada", "type": "User", "id": 1},
    }
