"""What each question answered on the demo: the words for it."""

from datetime import UTC, date, datetime

import pytest

from roadworthy.answers import on_the_demo
from roadworthy.answers.in_words import in_words


@pytest.mark.parametrize(
    ("template", "value", "told"),
    [
        ("{x}", 1234, "1,234"),
        ("{x}", 12.345, "12.3"),
        ("{x}", 1234.5, "1,234"),
        ("{x}", -0.04, "0.0"),
        ("{x}", -2.5, "\N{MINUS SIGN}2.5"),
        ("{x:.2}", 0.125, "0.12"),
        ("{x:%}", 0.414, "41 %"),
        ("{x:%}", 0.004, "0.4 %"),
        ("{x:%}", 0.0, "0 %"),
        ("{x:100} to 9", 0.37, "37 to 9"),
        ("{x:%}", None, "\N{EN DASH}"),
        ("{x}", True, "yes"),
        ("{x}", ["a", "b"], "a, b"),
        ("{x}", [], "\N{EN DASH}"),
        ("{x}", date(2026, 3, 31), "2026-03-31"),
        ("{x}", datetime(2026, 3, 31, 12, tzinfo=UTC), "2026-03-31"),
        ("{x}", "a\n\x1b", "a␊␛"),
    ],
)
def test_a_value_is_written_as_people_write_it(template: str, value: object, told: str) -> None:
    assert in_words(template, {"x": value}) == told


def test_a_column_that_is_not_there_is_a_fault_of_the_template() -> None:
    with pytest.raises(KeyError, match="days"):
        in_words("{days}", {"x": 1})


def test_the_line_stands_below_its_template_in_place_of_the_old_one() -> None:
    file = "-- Which?\n-- in words: {x}\n-- on the demo: 1\nselect 1 as x;\n"
    assert on_the_demo.with_line(file, "2") == file.replace("demo: 1", "demo: 2")
    bare = "-- Which?\n-- in words: {x}\nselect 1 as x;\n"
    assert on_the_demo.with_line(bare, "2") == file.replace("demo: 1", "demo: 2")
