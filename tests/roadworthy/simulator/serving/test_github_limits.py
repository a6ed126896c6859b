"""What only GitHub does to those who ask too much, as the unmodified library meets it."""

from typing import Literal

import pytest
from github import GithubException, RateLimitExceededException

from roadworthy.simulator.serving.github_limits import Troubles
from tests.roadworthy.simulator.serving.github_acme import WEB, acme, lined

VIEWER = "{ viewer { login } }"
HEAVY = '{ repository(owner: "acme", name: "web") { issues(first: %d) { nodes { number } } } }'


def test_the_limit_of_the_hour_is_met_where_planned_and_tells_when_it_ends() -> None:
    with lined(acme(troubles=Troubles(primary=frozenset({2})))) as line:
        line.library.get_repo(WEB)
        with pytest.raises(RateLimitExceededException) as refusal:
            line.library.get_repo(WEB)
        assert line.library.rate_limiting == (0, 5000)
        line.library.get_repo(WEB)
    headers = refusal.value.headers
    assert refusal.value.status == 403
    assert headers is not None
    assert headers["x-ratelimit-remaining"] == "0"
    assert int(headers["x-ratelimit-reset"]) == line.site.quotas["core"].resets_at


def test_the_limit_of_the_hour_may_come_as_429() -> None:
    with lined(acme(troubles=Troubles(primary=frozenset({1}), primary_status=429))) as line:
        assert line.status("/repos/acme/web") == 429


def test_the_secondary_limit_asks_to_wait() -> None:
    with lined(acme(troubles=Troubles(secondary=frozenset({1}), retry_after=30))) as line:
        with pytest.raises(GithubException, match="secondary rate limit") as refusal:
            line.library.get_repo(WEB)
        assert (refusal.value.status, (refusal.value.headers or {})["retry-after"]) == (403, "30")


def test_what_is_used_up_stays_used_up_until_the_hour_is_over() -> None:
    with lined(acme()) as line:
        line.site.quotas["core"].limit = 1
        assert [line.status("/repos/acme/web") for _ in range(2)] == [200, 403]
        line.site.quotas["core"].seconds = 0
        assert line.status("/repos/acme/web") == 200


def test_requests_and_points_are_told_apart_and_asking_for_the_limits_is_free() -> None:
    with lined(acme()) as line:
        line.library.get_repo(WEB)
        line.data(VIEWER)
        line.data(VIEWER)
        told = line.library.get_rate_limit().resources
        assert (told.core.used, told.graphql.used, told.core.remaining) == (1, 2, 4999)


@pytest.mark.parametrize("word", ["RATE_LIMITED", "RATE_LIMIT"])
def test_graphql_tells_of_a_limit_at_status_200(
    word: Literal["RATE_LIMITED", "RATE_LIMIT"],
) -> None:
    troubles = Troubles(rate_limited_queries=frozenset({2}), rate_limit_word=word)
    with lined(acme(troubles=troubles)) as line:
        line.data(VIEWER)
        told = line.query(VIEWER)
        assert "data" not in told
        assert [error["type"] for error in told["errors"]] == [word]
        assert line.library.rate_limiting[0] == 0
        line.data(VIEWER)


def test_points_that_are_used_up_are_told_in_the_same_way() -> None:
    with lined(acme()) as line:
        line.site.quotas["graphql"].limit = 1
        line.data(VIEWER)
        assert line.query(VIEWER)["errors"][0]["type"] == "RATE_LIMITED"


def test_a_heavy_query_ends_in_a_502_and_a_lighter_one_does_not() -> None:
    with lined(acme(troubles=Troubles(node_ceiling=50))) as line:
        with pytest.raises(GithubException) as refusal:
            line.data(HEAVY % 51)
        assert refusal.value.status == 502
        assert len(line.data(HEAVY % 50)["repository"]["issues"]["nodes"]) == 2


def test_a_heavy_query_may_be_told_so_at_status_200() -> None:
    troubles = Troubles(node_ceiling=50, overload="RESOURCE_LIMITS_EXCEEDED")
    with lined(acme(troubles=troubles)) as line:
        told = line.query(HEAVY % 51)
    assert told["data"] is None
    assert told["errors"][0]["type"] == "RESOURCE_LIMITS_EXCEEDED"
