"""``docs/config.md``: every key of ``roadworthy.toml`` with type, default, meaning and example."""

import builtins
import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from roadworthy.config.model import Config
from roadworthy.config.section import models_in
from roadworthy.reference.examples import as_toml, shown

_HEADER: Final = """\
# Configuration

Every key that `roadworthy.toml` may have. One source is enough for a first report; everything else
makes it say more. `roadworthy init` writes a first file,
[roadworthy.example.toml](../roadworthy.example.toml) shows all of it at once, `roadworthy check`
says what is wrong with yours, and an editor completes it with
[roadworthy.schema.json](roadworthy.schema.json). Paths are taken from the folder of the file.
Secrets stay in the environment: the file names the variables that hold them. An unknown key is
refused.
"""
_PLAIN: Final[Mapping[Any, str]] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "day",
    datetime: "instant",
    AwareDatetime: "instant with its zone",
}
#: A bar inside a cell of a table.
_BAR: Final = r"\|"
_TABLE_HEAD: Final = "| key | type | without it | means | example |\n|---|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """A table of the file: how it is written there, what it holds, and where its examples are."""

    written: str
    model: type[BaseModel]
    examples: tuple[Mapping[str, Any], ...]
    """Tables at its place, those that are of this model before others."""


def page(example: str) -> str:
    """The page; ``example`` is the text of the example file."""
    told = shown(example)
    sections = [Heading("The file itself", Config, (told,)), *_below(Config, "", (told,))]
    return "\n".join([_HEADER, *map(_section, sections)])


def _below(
    model: type[BaseModel], path: str, examples: tuple[Mapping[str, Any], ...]
) -> Iterator[Heading]:
    """The tables inside a table, each before those inside it."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        inner = [one[key] for one in examples if key in one]
        for inside in models_in(field.annotation):
            there = [one for value in inner for one in _tables(value)]
            # What its kind has in common with others may be shown with one of those.
            nearest = tuple(sorted(there, key=lambda one: not _fits(one, inside)))
            written = _written(f"{path}{key}", field)
            yield Heading(_of_kind(written, inside), inside, nearest)
            yield from _below(inside, f"{path}{key}.", nearest)


def _written(path: str, field: FieldInfo) -> str:
    """How the table stands in the file: one, one of many, or one by a name of yours."""
    origin = typing.get_origin(field.annotation)
    if origin is list:
        return f"[[{path}]]"
    return f"[{path}.NAME]" if origin is dict else f"[{path}]"


def _of_kind(written: str, model: type[BaseModel]) -> str:
    kind = model.model_fields.get("kind")
    only = typing.get_args(kind.annotation) if kind else ()
    return f'{written}, kind = "{only[0]}"' if len(only) == 1 else written


def _tables(value: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - TOML
    """The tables a value of the example file is, or holds by name or in a list."""
    if isinstance(value, list):
        for one in value:
            yield from _tables(one)
    elif isinstance(value, Mapping):
        yield value
        yield from (one for inner in value.values() for one in _tables(inner))


def _fits(table: Mapping[str, Any], model: type[BaseModel]) -> bool:
    """Whether an example is of this model: its keys are, and so is its kind."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    kind = fields.get("kind")
    return (
        bool(table)
        and set(table) <= set(fields)
        and (kind is None or table.get("kind") in typing.get_args(kind.annotation))
    )


def _section(heading: Heading) -> str:
    rows = "".join(_rows(heading))
    words = _plain_ticks(inspect.cleandoc(heading.model.__doc__ or ""))
    return f"## {heading.written}\n\n{words}\n\n{_TABLE_HEAD}{rows}"


def _rows(heading: Heading) -> Iterator[str]:
    # What says which table it is stands first.
    fields = sorted(heading.model.model_fields.items(), key=lambda one: not _tells_apart(one[1]))
    for name, field in fields:
        key = field.alias or name
        cells = (
            f"`{key}`",
            _kind(field.annotation),
            _default(field),
            _plain_ticks(field.description or ""),
            _example(key, field, heading),
        )
        yield f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |\n"


def _tells_apart(field: FieldInfo) -> bool:
    """Whether it can have one value alone, which makes the table what it is."""
    return (
        field.is_required()
        and len(typing.get_args(field.annotation)) == 1
        and (typing.get_origin(field.annotation) is Literal)
    )


def _kind(annotation: Any) -> str:  # noqa: ANN401 - a type of any form
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    inner = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case typing.Annotated:
            told = _kind(inner[0])
        case typing.Literal:
            told = ", ".join(f"`{as_toml(one)}`" for one in inner)
        case types.UnionType | typing.Union:
            kinds = (_kind(one) for one in inner if one is not type(None))
            told = " or ".join(dict.fromkeys(kinds))
        case builtins.list:
            told = f"list of {_several(_kind(inner[0]))}"
        case builtins.dict:
            told = f"table: by name, {_kind(inner[1])}"
        case _:
            told = "table"
    return told


def _several(kind: str) -> str:
    return f"{kind}s" if kind in ("text", "table", "number") else kind


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.default
    if value is None or isinstance(value, BaseModel) or value in ([], {}):
        return ""
    return f"`{as_toml(value)}`"


def _example(key: str, field: FieldInfo, heading: Heading) -> str:
    if any(models_in(field.annotation)) and not _may_be_text(field):
        return ""
    found = next((one[key] for one in heading.examples if key in one), None)
    return "" if found is None else f"`{as_toml(_beginning(found))}`"


def _beginning(value: object) -> object:
    """The first entry of a table, which tells how the others are written."""
    return dict([next(iter(value.items()))]) if isinstance(value, Mapping) else value


def _may_be_text(field: FieldInfo) -> bool:
    return "text" in _kind(field.annotation)


def _plain_ticks(text: str) -> str:
    """The words of a docstring as Markdown, on one line."""
    return " ".join(text.replace("``", "`").split())
