"""Where the numbers of a chart come from: the question in SQL that gives its rows again."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Origin:
    """A table of ``main`` and the values its rows must have; the page prints the question."""

    table: str
    conditions: tuple[tuple[str, str], ...] = ()
    also: tuple["Origin", ...] = ()
    """Other tables that the chart is drawn from."""
    key: str = ""
    """The column that names the item, of a table of facts from which sub-tasks are left out."""

    @property
    def questions(self) -> tuple[str, ...]:
        """One for each table, with its values in it: it can be pasted into any client."""
        return tuple(_question(one) for one in (self, *self.also))

    @property
    def sql(self) -> str:
        """All of them as the page prints them."""
        return ";\n\n".join(self.questions)


_PARTS = "(select item_id from work_items where is_subtask)"
_WHOLE = {
    "": (),
    "item_id": (f"item_id not in {_PARTS}",),
    "subject_id": (f"(subject_kind = 'release' or subject_id not in {_PARTS})",),
}
"""What leaves sub-tasks out, by the column that names the item."""


def _question(one: Origin) -> str:
    asked = (f"{column} = {_quoted(value)}" for column, value in one.conditions)
    where = "\n  and ".join([*asked, *_WHOLE[one.key]])
    question = f"select * from {one.table}"  # noqa: S608 - read by people, never run by us
    return f"{question}\nwhere {where}" if where else question


def _quoted(value: str) -> str:
    """A literal of SQL; a value may be a word of a tracker.

    A character that would act on what is read, such as one that turns its direction, is named by
    its number: the text must read as it is pasted.
    """
    parts = [
        f"chr({ord(text)})" if is_acting else "'{}'".format(text.replace("'", "''"))
        for is_acting, run in groupby(value, key=_acts)
        for text in (run if is_acting else ["".join(run)])
    ]
    return " || ".join(parts) or "''"


def _acts(character: str) -> bool:
    """Whether a character is a control, a mark of direction, or none at all."""
    return unicodedata.category(character).startswith("C")
