"""Every fault as a client meets it."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests
from werkzeug import Request, Response

from roadworthy.simulator.serving.faults import (
    Act,
    CutJson,
    Fault,
    Faults,
    Maintenance,
    Planned,
    Reset,
    Rewrite,
    Stall,
    Status,
    Truncated,
)
from roadworthy.simulator.serving.server import served


def site(request: Request) -> Response:  # noqa: ARG001 - says the same to all
    return Response('{"total": 3, "rows": [1, 2, 3]}', content_type="application/json")


def faulty(fault: Fault) -> Faults:
    return Faults(Planned("/page", frozenset({1}), fault))


def first_answer(fault: Fault) -> requests.Response:
    with served(site, faults=faulty(fault)) as line:
        return requests.get(f"{line.url}/page", timeout=5)


def test_only_the_planned_ones_of_the_matching_requests_fail() -> None:
    faults = Faults(Planned("/page$", frozenset({2, 3}), Status(503)))
    paths = ("/other", "/page", "/page", "/other", "/page", "/page")
    with served(site, faults=faults) as line:
        statuses = [requests.get(line.url + path, timeout=5).status_code for path in paths]
    assert statuses == [200, 200, 503, 200, 503, 200]
    assert faults.fired == 2


def test_a_plan_without_numbers_strikes_every_time_and_may_look_at_the_request() -> None:
    faults = Faults(Planned(lambda request: request.method == "POST", None, Status(502)))
    with served(site, faults=faults) as line:
        posts = [requests.post(line.url, timeout=5).status_code for _ in range(2)]
        get = requests.get(line.url, timeout=5).status_code
    assert (posts, get) == ([502, 502], 200)


def test_a_status_carries_its_body_and_its_headers() -> None:
    limit = Status(403, '{"message": "secondary rate limit"}', {"X-RateLimit-Remaining": "0"})
    answer = first_answer(limit)
    assert answer.status_code == 403
    assert answer.json() == {"message": "secondary rate limit"}
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    assert "Retry-After" not in answer.headers


def test_a_wait_is_asked_for_in_seconds_or_as_a_date() -> None:
    in_seconds = first_answer(Status(429, retry_after=300))
    as_date = first_answer(Status(503, retry_after=timedelta(minutes=5))).headers
    assert in_seconds.headers["Retry-After"] == "300"
    waited = parsedate_to_datetime(as_date["Retry-After"]) - parsedate_to_datetime(as_date["Date"])
    assert waited == timedelta(minutes=5)


def test_a_reset_is_a_connection_error_and_the_log_knows_no_status() -> None:
    with served(site, faults=faulty(Reset())) as line:
        with pytest.raises(requests.ConnectionError, match="reset"):
            requests.get(f"{line.url}/page", timeout=5)
        again = requests.get(f"{line.url}/page", timeout=5)
    assert again.status_code == 200
    assert [entry.status for entry in line.log] == [0, 200]


def test_a_body_under_a_longer_length_breaks_off() -> None:
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        first_answer(Truncated())


def test_json_is_cut_inside_whole_http() -> None:
    answer = first_answer(CutJson())
    assert answer.status_code == 200
    assert answer.text == '{"total": 3, "r'


def test_a_maintenance_page_says_that_all_is_well() -> None:
    answer = first_answer(Maintenance())
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert "Back in a moment" in answer.text


def test_a_stall_outlasts_a_hasty_client_and_not_the_server() -> None:
    with served(site, faults=faulty(Stall(30))) as line, pytest.raises(requests.ReadTimeout):
        requests.get(f"{line.url}/page", timeout=0.1)


def test_a_short_stall_ends_in_the_good_answer() -> None:
    assert first_answer(Stall(0.01)).json()["total"] == 3


def test_something_happens_just_before_the_answer() -> None:
    happened: list[str] = []
    assert first_answer(Act(lambda: happened.append("moved"))).json()["total"] == 3
    assert happened == ["moved"]


def test_a_good_answer_is_tampered_with() -> None:
    answer = first_answer(Rewrite.json(lambda payload: payload.update(total=99)))
    assert answer.json() == {"total": 99, "rows": [1, 2, 3]}


def test_the_earlier_plan_surrounds_the_later() -> None:
    happened: list[str] = []
    faults = Faults(
        Planned("", None, Act(lambda: happened.append("first"))),
        Planned("", None, Act(lambda: happened.append("second"))),
        Planned("", None, Status(500)),
    )
    with served(site, faults=faults) as line:
        assert requests.get(line.url, timeout=5).status_code == 500
    assert happened == ["first", "second"]
