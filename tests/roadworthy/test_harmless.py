"""What a tracker's text may do to a terminal: nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.harmless import harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe in m²", "Größe in m²"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x00\x7f", "␀␡"),
        ("\x9b2J", "⟨U+009B⟩2J"),
        ("a\u202eb\u2066c\ufeff", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+FEFF⟩"),
        ("a\u2028b", "a⟨U+2028⟩b"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("a\nb", "a␊b"),
    ],
)
def test_what_would_act_is_drawn_and_the_rest_left_alone(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_line_end_can_be_kept() -> None:
    assert harmless("a\n\x1bb", keep="\n") == "a\n␛b"


@given(st.text())
def test_nothing_that_acts_is_left_and_doing_it_twice_changes_nothing(text: str) -> None:
    shown = harmless(text)
    assert not [one for one in shown if unicodedata.category(one) in {"Cc", "Zl", "Zp"}]
    assert harmless(shown) == shown
