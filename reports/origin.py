"""Where the numbers of a chart come from: the question in SQL that gives its rows again."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """A table of ``main`` and the values its rows must have; the page prints the question."""

    table: str
    conditions: tuple[tuple[str, str], ...] = ()

    @property
    def sql(self) -> str:
        """The question, with its values in it: it can be pasted into any client of the file."""
        where = "\n  and ".join(f"{column} = {_quoted(value)}" for column, value in self.conditions)
        question = f"select * from {self.table}"  # noqa: S608 - read by people, never run by us
        return f"{question}\nwhere {where}" if where else question


def _quoted(value: str) -> str:
    """A literal of SQL; a value may be a word of a tracker."""
    return "'{}'".format(value.replace("'", "''"))
