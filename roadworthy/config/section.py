"""What every table of the file has in common."""

import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the file: strict, closed, unchangeable once read.

    What stands below a key is its description in the schema and in ``docs/config.md``.
    """

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        allow_inf_nan=False,
    )


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type of any form
    """The models of the tables that a key of this type may hold, however deep in its type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from models_in(inner)
