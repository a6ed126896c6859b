"""A table of a page: a caption, columns, and rows of text ready to be read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Text that leads to a work item in its tracker; `address` is null where none is safe."""

    text: str
    address: str | None


@dataclass(frozen=True)
class Tracker:
    """Text somebody wrote in a tracker: shown apart, so that its reading order stays its own."""

    text: str


Cell = str | Link | Tracker


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds figures to be set flush right."""

    heading: str
    is_figure: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A caption, columns, and rows whose first cell names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def named(*headings: str) -> tuple[Column, ...]:
    """Columns of text."""
    return tuple(Column(heading) for heading in headings)


def figures(*headings: str) -> tuple[Column, ...]:
    """Columns of figures."""
    return tuple(Column(heading, is_figure=True) for heading in headings)
