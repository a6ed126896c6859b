"""How a told answer is held against a real one."""

from pathlib import Path

import pytest

from tests.documents.console import Answer, answers, commands, disagreement, matches
from tests.documents.documents import Block


def block(text: str) -> Block:
    return Block("a.md", 7, "console", text, {})


@pytest.mark.parametrize(
    ("told", "said", "is_so"),
    [
        ("a\nb", "a\nb\n", True),
        ("a\nb", "a\nc\n", False),
        ("a", "a\nb\n", False),
        ("a\n…", "a\nb\nc\n", True),
        ("…\nc", "a\nb\nc\n", True),
        ("a\n…\nd", "a\nb\nc\n", False),
        ("items: … of 7", "items: 3 of 7", True),
        ("items: … of 7", "items: 3\n of 7", False),
        ("took (1.5 s)", "took (20 s)", True),
        ("2026-01-01T00:00:00Z built", "2027-12-31T23:59:59Z built", True),
        ("2.11 MB", "3 MB", True),
        ("a\nb", "a\n2026-01-01T00:00:00Z sync: so far (114 processed, 69.4 s)\nb\n", True),
        ("41 %", "42 %", False),
        ("a.c", "abc", False),
    ],
)
def test_an_answer_is_as_told_but_for_what_changes_each_time(
    told: str, said: str, *, is_so: bool
) -> None:
    assert matches(told, said) is is_so


def test_a_command_goes_on_over_lines_and_ends_where_its_answer_begins() -> None:
    told = [(one.text, one.told) for one in commands(block("$ a \\\n> b\nx\ny\n$ c\n"))]
    assert told == [("a \\\nb", "x\ny"), ("c", "")]


def test_commands_share_a_shell_and_both_streams_are_heard(tmp_path: Path) -> None:
    typed = ["export A=7", "echo $A; echo b >&2", "cd /; false", "echo $?", "pwd"]
    said = answers(typed, tmp_path, {"PATH": "/usr/bin:/bin"}, seconds=20)
    assert said == [
        Answer("", 0),
        Answer("7\nb\n", 0),
        Answer("", 1),
        Answer("1\n", 0),
        Answer("/\n", 0),
    ]


def test_a_command_that_fails_is_told_unless_its_code_is_asked_for() -> None:
    (command,) = commands(block("$ false\n"))
    assert "a.md:7: $ false\nended with 1" in str(disagreement(command, Answer("", 1), "ls"))
    assert disagreement(command, Answer("", 1), "echo $?") is None


def test_an_answer_that_is_not_as_told_is_told_with_its_place() -> None:
    (command,) = commands(block("$ ls\nb\n"))
    assert disagreement(command, Answer("b\n", 0), None) is None
    assert "a.md:7: $ ls\nsaid:\na\n" in str(disagreement(command, Answer("a\n", 0), None))
