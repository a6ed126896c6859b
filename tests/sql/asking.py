"""Ready-made questions asked of literal rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from roadworthy.answers import find
from roadworthy.warehouse import Warehouse, in_memory

Rows: TypeAlias = list[tuple[Any, ...]]

#: Of core, what tells whether a bot opened an item: bot:1 opened github:a:1, nobody else anything;
#: and of which project a release is, of which there is none. Of staging, the zone.
_CORE = """
    insert into core.actors values ('bot:1', 'a', true), ('person:1', 'a', false);
    create table core.items (item_id varchar, author_id varchar);
    insert into core.items values ('github:a:1', 'bot:1'), ('github:a:2', 'person:1');
    create table core.release_dates (release_id varchar, project varchar);
    insert into staging.organisation values ('UTC');
"""


@contextmanager
def holding(*statements: str) -> Iterator[Warehouse]:
    """A warehouse with the tables of ``main`` and what the statements put into them."""
    with in_memory() as warehouse:
        warehouse.execute("create schema core; create schema staging")
        for folder in ("schema/staging", "schema/core", "schema/main"):
            warehouse.run_folder(folder)
        for statement in (_CORE, *statements):
            warehouse.execute(statement)
        warehouse.confine()
        yield warehouse


def answer(warehouse: Warehouse, name: str, columns: str, **given: str) -> Rows:
    """Some columns of the answer to a ready-made question."""
    question = find(name).asked_with(given)
    return warehouse.answer(question.sql, question.parameters, None).select(columns.split()).rows()
