import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.tracker_text import readable, safe_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (None, ""),
        ("  two\n\tlines\u2028here ", "two lines here"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("bell\x07 and \x1b[31mred", "bell and [31mred"),
        ("half \ud800 a pair", "half a pair"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("z" + "\u0301" * 40, "z\u0301\u0301"),
        ("שלום", "שלום"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_the_rest_is_kept(text: str | None, shown: str) -> None:
    assert readable(text) == shown


def test_a_title_of_a_megabyte_is_cut_with_an_ellipsis() -> None:
    assert readable("a" * 1_000_000, limit=10) == "a" * 9 + "…"


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_any_text_becomes_one_short_readable_line(text: str, limit: int) -> None:
    line = readable(text, limit=limit)
    assert len(line) <= limit
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cf", "Cs", "Zl"}
    assert readable(line, limit=limit) == line


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example/browse/PAY-1",
        "http://tracker.local:8080/x?y=1",
    ],
)
def test_an_address_of_the_web_is_kept(url: str) -> None:
    assert safe_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//acme.example/x",
        "/browse/PAY-1",
        "https:///nowhere",
        "https://[half",
        "ftp://acme.example/x",
    ],
)
def test_anything_else_becomes_no_link(url: str | None) -> None:
    assert safe_address(url) is None
