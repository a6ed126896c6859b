"""The ready-made questions as a page of words, as ``docs/questions.md`` has them."""

from collections.abc import Iterator

from roadworthy.answers.parameters import PARAMETERS
from roadworthy.answers.questions import Question, ready_made

_HEADER = """\
# Questions

What `roadworthy sql` can be asked by name. Each question is a file of `sql/queries/`, to be asked,
read, or taken as the beginning of one's own. Estimates come with their 95 % interval and with the
counts they stand on, open items among them, where the tables have them. No question is about a
person, and none has a figure of a team in which fewer people act than `privacy.minimum_group`.

*On the demo* is the first row of the answer on the company that `roadworthy demo` invents, which is
the same on every machine; ages are those at its last instant, whatever the day is today.
"""


def page() -> str:
    """The whole page: an overview, then each question."""
    found = ready_made()
    overview = "".join(f"- [`{name}`](#{name}): {one.words}\n" for name, one in found.items())
    return "\n".join([_HEADER, overview, *(_section(name, one) for name, one in found.items())])


def _section(name: str, question: Question) -> str:
    return "\n".join([f"## {name}\n", *_paragraphs(question)])


def _paragraphs(question: Question) -> Iterator[str]:
    yield f"{question.words}\n"
    if question.notes:
        yield f"{question.notes}\n"
    values = question.parameters.items()
    if values:
        yield "".join(f"- `--param {key}={value}`: {PARAMETERS[key]}\n" for key, value in values)
    reads = [table.removeprefix("main.") for table in question.reads]
    yield f"Reads {', '.join(_linked(table) for table in reads)}.\n"
    yield f"On the demo: *{question.on_the_demo}*\n"


def _linked(table: str) -> str:
    return f"`{table}`" if "." in table else f"[`{table}`](tables.md#{table})"
