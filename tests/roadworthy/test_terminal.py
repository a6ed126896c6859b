"""What is told on standard error, to whom."""

import io
import json
from datetime import UTC, datetime

from roadworthy.runs import Clock
from roadworthy.terminal import Fact, Lines, telling


class Terminal(io.StringIO):
    """A stream that says a person watches."""

    def isatty(self) -> bool:
        return True


class Closed(io.StringIO):
    """A pipe whose reader has gone."""

    def write(self, text: str) -> int:  # noqa: ARG002 - a stream's own signature
        raise BrokenPipeError


def noon() -> datetime:
    return datetime(2026, 3, 31, 12, tzinfo=UTC)


def lines_at(*seconds: float) -> tuple[Lines, list[dict[str, Fact]]]:
    told: list[dict[str, Fact]] = []
    return Lines(told.append, seconds=iter(seconds).__next__), told


def test_a_stage_is_one_line_with_its_count_and_its_seconds() -> None:
    lines, told = lines_at(10.0, 11.0, 12.0, 13.5)
    lines.started("sync", "acme")
    lines.advanced("sync", 100)
    lines.advanced("sync", 20)
    lines.finished("sync", "acme: 120 records")
    assert told == [
        {
            "event": "finished",
            "stage": "sync",
            "detail": "acme: 120 records",
            "count": 120,
            "seconds": 3.5,
        }
    ]


def test_a_long_stage_gives_a_sign_of_life_each_minute() -> None:
    lines, told = lines_at(0.0, 59.0, 60.0, 119.0, 120.0)
    lines.started("sync", "acme")
    for _ in range(4):
        lines.advanced("sync", 1)
    assert [(one["event"], one["count"], one["seconds"]) for one in told] == [
        ("progress", 2, 60.0),
        ("progress", 4, 120.0),
    ]


def test_a_stage_begun_again_after_a_fault_starts_from_nothing() -> None:
    lines, told = lines_at(0.0, 1.0, 50.0, 51.0)
    lines.started("sync", "acme")
    lines.advanced("sync", 7)
    lines.started("sync", "code")
    lines.finished("sync", "code: 0 records")
    assert (told[0]["count"], told[0]["seconds"]) == (0, 1.0)


def test_a_log_has_the_instant_and_no_escape() -> None:
    stream = io.StringIO()
    with telling("auto", stream, noon) as tell:
        tell.finished("build", "3 items\x1b[2J")
        tell.noted("look")
    assert stream.getvalue() == (
        "2026-03-31T12:00:00Z build: 3 items␛[2J (0.0 s)\n2026-03-31T12:00:00Z look\n"
    )


def test_a_machine_gets_json_even_at_a_terminal() -> None:
    stream = Terminal()
    with telling("json", stream, noon) as tell:
        tell.failed("x\n\x1b: broke", 3)
    assert json.loads(stream.getvalue()) == {
        "at": "2026-03-31T12:00:00Z",
        "event": "failed",
        "message": "x\n\x1b: broke",
        "exit_code": 3,
    }
    assert stream.getvalue().count("\n") == 1


def test_a_person_sees_what_has_ended_and_markup_is_only_text() -> None:
    stream = Terminal()
    with telling("auto", stream, noon) as tell:
        tell.started("sync", "[bold]acme")
        tell.advanced("sync", 12)
        tell.finished("sync", "[red]acme[/red]: 12 records")
        tell.failed("x: broke; mend it", 1)
    assert "✓ sync: [red]acme[/red]: 12 records (" in stream.getvalue()
    assert "✗ x: broke; mend it" in stream.getvalue()


def test_a_terminal_gets_plain_lines_where_they_are_asked_for() -> None:
    stream = Terminal()
    with telling("text", stream, noon) as tell:
        tell.noted("look")
    assert stream.getvalue() == "2026-03-31T12:00:00Z look\n"


def test_a_log_that_nobody_reads_any_more_does_not_stop_the_work(clock: Clock) -> None:
    with telling("text", Closed(), clock) as tell:
        tell.finished("sync", "acme: 12 records")
