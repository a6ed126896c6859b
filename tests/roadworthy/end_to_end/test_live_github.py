"""A live GitHub from night to night: the same items, whatever their repository is called."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from roadworthy.simulator.serving.github_access import TOKEN
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_edition import CLOUD, WITHOUT_GRAPHQL, Edition
from roadworthy.simulator.serving.github_moves import rename_repository
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository
from roadworthy.simulator.serving.server import served
from roadworthy.warehouse import open_published
from tests.connectors.github_world import issue, pull
from tests.roadworthy.end_to_end.living import Living

pytestmark = pytest.mark.slow

BOTH = pytest.mark.parametrize("edition", [CLOUD, WITHOUT_GRAPHQL], ids=["graphql", "rest"])
_CONFIG = """
warehouse = "var/roadworthy.duckdb"
timezone = "Europe/Berlin"

[[sources]]
kind = "github"
name = "code"
server = "{server}"
repositories = ["acme/web"]
token_env = "GITHUB_TOKEN"
"""


@contextmanager
def living(
    folder: Path, monkeypatch: pytest.MonkeyPatch, edition: Edition = CLOUD
) -> Iterator[tuple[GitHubSite, Living]]:
    """Let a GitHub answer that has three pull requests, one with a milestone, and two issues."""
    planned = {"title": "1.0", "due_on": "2026-06-01T00:00:00Z"}
    pulls = [{**pull(1), "milestone": planned}, pull(2), pull(3)]
    site = GitHubSite([GitHubRepository("acme/web", pulls, [issue(11), issue(12)])])
    site.edition = edition
    with served(answering(site)) as server:
        (folder / "roadworthy.toml").write_text(_CONFIG.format(server=server.url), encoding="utf-8")
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        yield site, Living(folder, server)


def _night(one: Living, query: str) -> list[tuple[object, ...]]:
    """What a query brings once the night of the next day is over."""
    one.days += 1
    assert one.sync().failures == ()
    assert one.build().audit_errors == 0
    with open_published(one.loaded.warehouse) as warehouse:
        return warehouse.frame(query).rows()


@BOTH
def test_a_renamed_repository_is_not_counted_twice(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select key, missing_since from core.items order by key"
    with living(tmp_path, monkeypatch, edition) as (site, one):
        before = _night(one, query)
        rename_repository(site, "acme/web", "acme/shop")
        after, later = _night(one, query), _night(one, query)
    numbers = (1, 11, 12, 2, 3)
    assert before == [(f"acme/web#{number}", None) for number in numbers]
    assert after == later == [(f"acme/shop#{number}", None) for number in numbers]


def test_nights_of_either_interface_see_one_milestone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select release_id, release, release_on::varchar, valid_until from core.release_dates"
    with living(tmp_path, monkeypatch) as (site, one):
        nights = []
        for edition in (CLOUD, WITHOUT_GRAPHQL, CLOUD):
            site.edition = edition
            nights.append(_night(one, query))
        (node,) = (each["node_id"] for each in site.by_name["acme/web"].milestones)
    assert nights == [[(f"github:code:{node}", "1.0", "2026-06-01", None)]] * 3


@BOTH
def test_a_team_and_a_board_that_may_not_be_seen_are_said_once_and_keep_nothing_back(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select detail from main.data_audit where finding = 'source_lacks' order by detail"
    with living(tmp_path, monkeypatch, edition) as (_, one):
        config = tmp_path / "roadworthy.toml"
        text = config.read_text().replace("token_env", 'boards = ["acme/99"]\ntoken_env')
        config.write_text(f'{text}[roles]\nengineering = ["team:acme/nope"]\n')
        told = [str(detail) for (detail,) in _night(one, query)]
    assert len(told) == len(set(told)) >= 2
    assert any("acme/nope" in detail for detail in told)
