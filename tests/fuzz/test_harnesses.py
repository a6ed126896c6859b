"""The harnesses of the fuzzer: each takes its seeds, and finds what it is there to find."""

import pytest

from fuzz.__main__ import told
from fuzz.choices import Choices
from fuzz.harness import named, names
from fuzz.replay import main as replay
from fuzz.spoiling import spoilt
from roadworthy.harmless import harmless

#: They make a warehouse for each of their inputs.
SLOW = {"conforming", "nights", "trackers"}

OUTPUT = """
#7 INITED cov: 12 ft: 30 corp: 6/498b
#9 NEW    cov: 14 ft: 34 corp: 7/500b lim: 4 exec/s: 0 rss: 40Mb
stat::number_of_executed_units: 1234
"""


@pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=[pytest.mark.slow] if one in SLOW else []) for one in names()],
)
def test_a_harness_takes_its_seeds_and_guides_by_what_is_there(name: str) -> None:
    assert named(name).LOOKS_AT
    assert named(name).seeds()
    replay(name)


def _bare(text: str, *, keep: str = "") -> str:  # noqa: ARG001 - the form of what it replaces
    return text


@pytest.mark.parametrize(
    ("name", "place", "broken", "data"),
    [
        ("texts", "fuzz.harnesses.texts.harmless", _bare, b"\x1b[2J"),
        ("texts", "roadworthy.answers.formats.harmless", _bare, "\u202e".encode()),
        ("texts", "roadworthy.answers.formats._is_number", lambda *_: True, b"=1+1"),
        ("texts", "reports.scripts._ESCAPES", {}, b"</script>"),
        ("archive", "connectors.files.judging.excerpt", _bare, b"\x00\x01\x00[\x1b"),
        ("archive", "fuzz.harnesses.archive._arrivals", lambda _: 0, b"\x00\x00\x00x"),
        ("headers", "fuzz.harnesses.headers.retry_after", lambda _: -1.0, b"\x00"),
    ],
)
def test_a_harness_finds_what_is_broken(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    place: str,
    broken: object,
    data: bytes,
) -> None:
    one = named(name).one
    one(data)
    monkeypatch.setattr(place, broken)
    with pytest.raises(AssertionError):
        one(data)


def test_what_came_of_a_harness_is_read_from_the_words_of_libfuzzer() -> None:
    clean = told("texts", OUTPUT, 0)
    assert (clean.executions, clean.branches, clean.features) == (1234, 14, 34)
    assert str(clean).endswith("nothing")
    found = told("texts", f"{OUTPUT}Test unit written to var/x-crash-1\n", 77)
    assert found.findings == ("var/x-crash-1",)
    assert told("texts", "no atheris", 1).findings == ("it did not run",)


def test_the_same_bytes_decide_the_same() -> None:
    data = bytes(range(200))
    payload = {"a": [{"b": "text", "c": None}], "d": 5}
    assert spoilt(payload, Choices(data)) == spoilt(payload, Choices(data))
    assert payload == {"a": [{"b": "text", "c": None}], "d": 5}
    drawn = [Choices.drawn(b"x", 64).rest() for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_where_bytes_end_the_first_option_is_taken() -> None:
    choices = Choices(b"\x05")
    assert (choices.number(4), choices.is_spent, choices.one_of("abc")) == (1, True, "a")
    assert harmless(choices.text()) == ""
