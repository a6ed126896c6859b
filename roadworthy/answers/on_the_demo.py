"""What each ready-made question answers on the demo, in a line: its first row in plain words."""

from collections.abc import Mapping
from pathlib import Path

from roadworthy.answers.ask import ask
from roadworthy.answers.in_words import in_words
from roadworthy.answers.questions import Question, ready_made

#: A question of the demo is answered at once; so long only where the machine is busy.
_SECONDS = 120
_HEAD = "-- on the demo: "
_BEFORE = "-- in words: "
_NO_ROWS = "nothing"


def lines(published: Path) -> Mapping[str, str]:
    """The line of every question, by its name."""
    return {name: _line(published, question) for name, question in ready_made().items()}


def with_line(text: str, line: str) -> str:
    """The file of a question with this line below its template, in place of the old one."""
    kept = [one for one in text.splitlines() if not one.startswith(_HEAD)]
    at = next(place for place, one in enumerate(kept, start=1) if one.startswith(_BEFORE))
    return "\n".join([*kept[:at], _HEAD + line, *kept[at:], ""])


def _line(published: Path, question: Question) -> str:
    rows = ask(published, question, limit=1, seconds=_SECONDS).rows
    return in_words(question.in_words, rows.row(0, named=True)) if rows.height else _NO_ROWS
