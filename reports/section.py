"""A part of the page: a heading, a lead, figures and tables."""

from dataclasses import dataclass

from reports.figure import Figure, Key
from reports.table import Table


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the page.

    `key` is its address within the page, `finding` the sentence that stands for it at the head
    of the page (null where it has nothing to say yet), `keys` the key that all its charts share;
    `tables` stand open after the figures, `folded` ones closed.
    """

    key: str
    heading: str
    lead: tuple[str, ...]
    finding: str | None = None
    keys: tuple[Key, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    folded: tuple[Table, ...] = ()
