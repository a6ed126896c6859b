"""One policy for trouble: what passes is waited for, what does not is told in one sentence."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

import pytest
import requests

from connectors.answers import (
    Answer,
    PassingError,
    decoded,
    refuse_passing,
    retry_after,
    server_time,
)
from connectors.protocol import ConnectorError
from connectors.trouble import Patience, TooHeavyError

Sent = Answer | Exception

GOOD = Answer(200, {}, '{"ok": true}')


def answering(*sent: Sent) -> Callable[[], Answer]:
    """A tracker that answers so, one time after the other; the last for ever."""
    rest: Iterator[Sent] = iter(sent)

    def send() -> Answer:
        one = next(rest, sent[-1])
        if isinstance(one, Exception):
            raise one
        return one

    return send


def read(answer: Answer) -> object:
    refuse_passing(answer)
    return decoded(answer)


class Waits(list[float]):
    """Every wait, instead of waiting."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def bad(status: int, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, headers or {}, "")


@pytest.mark.parametrize(
    "trouble",
    [
        bad(429),
        bad(500),
        bad(502),
        bad(503),
        bad(504),
        requests.ConnectionError("reset"),
        requests.ReadTimeout("slow"),
        requests.exceptions.ChunkedEncodingError("broke off"),
        Answer(200, {}, '{"issues": [{"id'),
        Answer(200, {}, "<html>We are back soon</html>"),
    ],
)
def test_what_passes_is_tried_again(trouble: Sent) -> None:
    waits = Waits()
    patience = Patience(600, sleep=waits)
    told = patience.ask("acme: issues", answering(GOOD, GOOD), read)
    told = patience.ask("acme: issues", answering(trouble, trouble, GOOD), read)
    assert told == {"ok": True}
    assert patience.requests == 4
    assert len(waits) == 2


def test_the_wait_that_is_asked_for_is_kept_however_long() -> None:
    waits = Waits()
    patience = Patience(3600, sleep=waits)
    assert patience.ask("acme: issues", answering(bad(429, {"retry-after": "1800"}), GOOD), read)
    assert 1800 <= waits[0] <= 1801


def test_a_wait_that_makes_one_wonder_is_told() -> None:
    told: list[str] = []
    patience = Patience(3600, sleep=Waits(), tell=told.append)
    sent = answering(bad(429, {"retry-after": "1"}), bad(429, {"retry-after": "600"}), GOOD)
    assert patience.ask("acme: issues", sent, read)
    assert told == [
        "acme: issues: the tracker answered 429; waiting 10 minutes before it is asked again"
    ]


def test_a_wait_may_be_asked_for_as_a_date() -> None:
    headers = {
        "retry-after": "Wed, 25 Nov 2026 10:05:00 GMT",
        "date": "Wed, 25 Nov 2026 10:00:00 GMT",
    }
    assert retry_after(bad(429, headers)) == 300


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        (
            {
                "retry-after": "Wed, 25 Nov 2026 10:00:00 GMT",
                "date": "Wed, 25 Nov 2026 10:05:00 GMT",
            },
            0,
        ),
    ],
)
def test_what_is_asked_for_is_read_as_it_is_meant(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(bad(503, headers)) == seconds


def test_a_date_without_a_zone_is_meant_in_utc() -> None:
    headers = {"retry-after": "Wed, 25 Nov 2026 10:05:00", "date": "Wed, 25 Nov 2026 10:00:00 GMT"}
    assert retry_after(bad(429, headers)) == 300


@pytest.mark.parametrize("asked", ["0", "-1", "Wed, 25 Nov 2020 10:00:00 GMT"])
def test_who_asks_for_no_wait_for_ever_is_given_up_too(asked: str) -> None:
    waits = Waits()
    patience = Patience(600, sleep=waits)
    with pytest.raises(ConnectorError, match="beyond the patience of 10 minutes"):
        patience.ask("acme: issues", answering(bad(503, {"retry-after": asked})), read)
    assert sum(waits) <= 600
    assert patience.requests < 100


def test_a_page_for_people_is_told_as_such() -> None:
    with pytest.raises(PassingError, match=r"a page for people \(to sign in"):
        decoded(Answer(200, {}, "<!DOCTYPE html><title>Log in</title>"))


def test_a_wait_beyond_the_patience_is_not_begun() -> None:
    waits = Waits()
    patience = Patience(900, sleep=waits)
    with pytest.raises(ConnectorError) as ended:
        patience.ask("acme: issues", answering(bad(429, {"retry-after": "7200"})), read)
    assert waits == []
    assert str(ended.value) == (
        "acme: issues: the tracker answered 429 and asked to wait 120 minutes, beyond the patience "
        "of 15 minutes (patience_minutes); what was fetched is kept, run again later"
    )


def test_trouble_without_end_ends_after_five_minutes_of_waiting() -> None:
    waits = Waits()
    patience = Patience(3600, sleep=waits)
    with pytest.raises(ConnectorError, match="answered 500, and again for 5 minutes"):
        patience.ask("acme: issues", answering(bad(500)), read)
    assert sum(waits) <= 300
    assert all(wait <= 60 for wait in waits)
    assert len(waits) >= 8


def test_a_server_that_never_answered_is_given_up_after_three_tries() -> None:
    waits = Waits()
    patience = Patience(3600, sleep=waits)
    with pytest.raises(ConnectorError) as ended:
        patience.ask("acme: issues", answering(requests.ConnectionError("no such host")), read)
    assert patience.requests == 3
    assert str(ended.value) == (
        "acme: issues: the tracker cannot be reached, or the connection broke; see to the address "
        "and the network, and run again"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Failed to resolve 'acme.invalid'", "there is no such host"),
        ("[Errno 111] Connection refused", "the connection was refused"),
        ("something else", "the tracker cannot be reached, or the connection broke"),
    ],
)
def test_where_nothing_ever_answers_the_address_and_the_cause_are_told(
    said: str, told: str
) -> None:
    patience = Patience(3600, sleep=Waits(), address="https://acme.invalid")
    with pytest.raises(ConnectorError) as ended:
        patience.ask("acme: signing in", answering(requests.ConnectionError(said)), read)
    assert str(ended.value) == (
        f"acme: signing in: {told} at https://acme.invalid; see to the address and the network, "
        "and run again"
    )


def test_whoever_can_ask_for_less_hears_of_an_overload_at_once() -> None:
    waits = Waits()
    patience = Patience(3600, sleep=waits)
    with pytest.raises(TooHeavyError):
        patience.ask("acme: issues", answering(bad(502)), read, can_ask_for_less=True)
    slow = answering(requests.ReadTimeout("slow"))
    with pytest.raises(TooHeavyError):
        patience.ask("acme: issues", slow, read, can_ask_for_less=True)
    assert waits == []


def test_an_overload_that_names_a_wait_is_waited_for() -> None:
    waits = Waits()
    sent = answering(bad(504, {"retry-after": "30"}), GOOD)
    assert Patience(3600, sleep=waits).ask("acme: issues", sent, read, can_ask_for_less=True)
    assert waits[0] >= 30


def test_nothing_of_the_answer_or_the_address_is_in_the_sentence() -> None:
    address = "https://acme.example/rest?token=canary"
    patience = Patience(1, sleep=Waits())
    with pytest.raises(ConnectorError) as ended:
        patience.ask("acme: issues", answering(requests.ConnectionError(address)), read)
    assert "canary" not in str(ended.value)
    assert ended.value.__suppress_context__


def test_an_answer_that_is_no_json_is_trouble_that_passes() -> None:
    with pytest.raises(PassingError, match="an answer was no whole JSON"):
        decoded(Answer(200, {}, '{"issues": ['))


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("Fri, 27 Nov 2026 08:01:00 GMT", 60.0),
        ("Fri, 27 Nov 2026 07:00:00 GMT", 0.0),
        ("21 Oct 2026 7:88888888888888888888, GMT", None),
        ("Fri, 27 Nov 99999 08:01:00 GMT", None),
        ("9" * 30, None),
        ("-3", 0.0),
        ("1.5", 1.5),
        ("nan", None),
    ],
)
def test_a_wait_is_a_number_or_a_date_and_else_is_none(date: str, seconds: float | None) -> None:
    headers = {"retry-after": date, "date": "Fri, 27 Nov 2026 08:00:00 GMT"}
    assert retry_after(Answer(503, headers, "")) == seconds


def test_a_server_that_tells_no_time_is_taken_to_have_ours() -> None:
    odd = Answer(200, {"date": "21 Oct 2026 7:88888888888888888888, GMT"}, "")
    assert abs((server_time(odd) - datetime.now(UTC)).total_seconds()) < 60
