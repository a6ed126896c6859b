"""Texts of strangers as TOML: values read back as they were, comments stay comments."""

import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from roadworthy.proposals.toml_text import array, comment, commented_out, key, named, quoted

#: Lone halves of surrogate pairs are no text and no TOML either.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
UGLY = (
    '"',
    '"""',
    "\\",
    "a\nb",
    "\r\n",
    "\x00\x1b[2J",
    "\u202eevil\u202c",
    "👩\u200d💻",
    "\u2028",
    "#",
)


@given(TEXTS)
@example('say "no"')
@example("a\r\nb\tc\x00\x7f\x85\u2028\u202e\ufeff")
@example("👩\u200d💻 \U000e0001")
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert tomllib.loads(f"x = {quoted(text)} # {named(text)}") == {"x": text}


@given(st.lists(TEXTS))
def test_any_texts_are_read_back_as_a_list(texts: list[str]) -> None:
    assert tomllib.loads(f"x = {array(texts)}") == {"x": texts}


@given(TEXTS)
def test_any_text_is_a_key(text: str) -> None:
    assert tomllib.loads(f"{key(text)} = 1") == {text: 1}


@given(TEXTS)
def test_a_comment_says_nothing_whatever_it_holds(text: str) -> None:
    assert tomllib.loads(f"{comment(text)}\nx = 1") == {"x": 1}


@given(st.lists(TEXTS, min_size=1))
def test_what_is_commented_out_is_valid_again_without_its_marks(texts: list[str]) -> None:
    lines = "\n".join(f"{key(f'k{number}')} = {quoted(text)}" for number, text in enumerate(texts))
    marked = commented_out(lines)
    assert tomllib.loads(marked) == {}
    bare = "\n".join(line.removeprefix("# ") for line in marked.split("\n"))
    assert tomllib.loads(bare) == {f"k{number}": text for number, text in enumerate(texts)}


def test_nothing_that_acts_in_a_terminal_is_written_bare() -> None:
    written = "".join(f"{quoted(text)} # {named(text)}" for text in UGLY)
    assert not {"\x00", "\x1b", "\u202e", "\u2028", "\n", "\r"} & set(written)
