"""A validation fault in words: which key, which value, what would be right."""

import typing
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from roadworthy.config.model import Config
from roadworthy.config.remedies import remedy
from roadworthy.config.section import models_in
from roadworthy.config.sources import Source

_LONGEST_VALUE = 80


def describe(fault: ErrorDetails, data: Mapping[str, Any]) -> str:
    """State one fault; ``data`` is what the file held."""
    place = _real_place(fault["loc"], data)
    if fault["type"] == "extra_forbidden":
        return _unknown_key(place, data)
    if fault["type"] == "missing":
        return f"{_path(place[:-1]) or 'the file'}: '{place[-1]}' is missing"
    if fault["type"].startswith("union_tag_"):
        return _unknown_kind(place, fault)
    said = fault["msg"].removeprefix("Value error, ")
    message = remedy(fault["type"], fault.get("ctx", {})) or said
    value = _as_written(fault["input"])
    # A token in the place of its variable, or a password in an address, is not repeated.
    may_be_secret = str(place[-1]).endswith(("_env", "server")) if place else False
    if isinstance(fault["input"], Mapping) or len(value) > _LONGEST_VALUE or may_be_secret:
        return f"{_path(place)}: {message}"
    return f"{_path(place)} = {value}: {message}"


def _as_written(value: object) -> str:
    """The value as it stands in the file, more or less."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else repr(value)


def _unknown_kind(place: Sequence[int | str], fault: ErrorDetails) -> str:
    """A table that may be of several kinds and does not say which, or one that there is not."""
    known = [kind for model in models_in(Source) for kind in _kinds(model)]
    remedy = f"write one of {', '.join(known)}"
    if fault["type"] == "union_tag_not_found":
        return f"{_path(place)}: 'kind' is missing; {remedy}"
    given = fault["ctx"]["tag"]
    near = get_close_matches(given, known, n=1)
    return f"{_path(place)}.kind = '{given}': no such kind; " + (
        f"did you mean '{near[0]}'?" if near else remedy
    )


def _unknown_key(place: Sequence[int | str], data: Mapping[str, Any]) -> str:
    known = _keys_at(place[:-1], data)
    near = get_close_matches(str(place[-1]), known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(sorted(known))}"
    return f"{_path(place)}: unknown key; {remedy}"


def _real_place(loc: Sequence[int | str], data: Any) -> list[int | str]:  # noqa: ANN401 - TOML
    """Where in the file the fault stands: pydantic also names the branch of a union."""
    place: list[int | str] = []
    for number, step in enumerate(loc):
        inside = isinstance(data, Mapping) and step in data
        inside |= isinstance(data, list) and isinstance(step, int) and step < len(data)
        if inside:
            place.append(step)
            data = data[step]
        elif number == len(loc) - 1 and isinstance(data, Mapping):
            place.append(step)
    return place


def _path(place: Sequence[int | str]) -> str:
    """The place as a person writes it: sources[0].path (counted from 0)."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


def _keys_at(place: Sequence[int | str], data: Mapping[str, Any]) -> list[str]:
    """The keys that the table at a place may have."""
    models: list[type[BaseModel]] = [Config]
    table: Any = data
    for step in place:
        table = table[step]
        fields = [model.model_fields[step] for model in models if step in model.model_fields]
        if fields:
            models = [found for field in fields for found in models_in(field.annotation)]
    kind = table.get("kind") if isinstance(table, Mapping) else None
    fitting = [model for model in models if _has_kind(model, kind)] or models
    return [field.alias or name for model in fitting for name, field in model.model_fields.items()]


def _has_kind(model: type[BaseModel], kind: object) -> bool:
    return kind in _kinds(model)


def _kinds(model: type[BaseModel]) -> tuple[str, ...]:
    field = model.model_fields.get("kind")
    return typing.get_args(field.annotation) if field else ()
