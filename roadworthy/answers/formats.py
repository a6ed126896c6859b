"""An answer as bytes: for people, spreadsheets, programs, documents, and other engines."""

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import polars as pl

from roadworthy.answers.aligned import aligned
from roadworthy.answers.cells import cell, plain
from roadworthy.harmless import harmless

#: What a spreadsheet takes for the start of a formula: = + - @ in both widths, tab, line ends, also
#: behind blanks; and behind a semicolon, tab or line end, where another language begins a new cell.
_FORMULA = re.compile(r"^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")

#: What Markdown, or the HTML it becomes, would act upon in the cell of a table.
_MARKUP = re.compile(r"([\\`*\[\]<>|~&])")


def render(rows: pl.DataFrame, form: str, *, is_coloured: bool = False) -> bytes:
    """The answer as table, csv, json, markdown or parquet; text is UTF-8.

    Only a table has colours.
    """
    data = _RENDERERS[form](rows)
    return _coloured(data) if is_coloured and form == "table" else data


def _table(rows: pl.DataFrame) -> bytes:
    is_number = [kind.is_numeric() for kind in rows.dtypes]
    return aligned(rows.columns, rows.iter_rows(), is_number).encode()


def _coloured(table: bytes) -> bytes:
    """The names of the columns stand out, the rule stands back."""
    header, rule, *rows = table.split(b"\n")
    return b"\n".join([b"\x1b[1m" + header + b"\x1b[0m", b"\x1b[2m" + rule + b"\x1b[0m", *rows])


def _csv(rows: pl.DataFrame) -> bytes:
    lines = [rows.columns, *rows.iter_rows()]
    return "".join(",".join(map(_csv_cell, line)) + "\n" for line in lines).encode()


def _csv_cell(value: object) -> str:
    """An empty text is quoted, so that it can be told from no value at all."""
    text = harmless(_no_formula(value), keep="\t\r\n")
    if value == "" or any(character in text for character in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _no_formula(value: object) -> str:
    """A quote before what a spreadsheet would compute; a number is what it looks like."""
    text = cell(value)
    return text if _is_number(value, text) else _FORMULA.sub("'", text)


def _is_number(value: object, text: str) -> bool:
    return not isinstance(value, str | list | Mapping) or bool(_NUMBER.fullmatch(text))


def _json(rows: pl.DataFrame) -> bytes:
    """One object a line; what would act on a terminal is escaped, as JSON allows."""
    objects = ",\n".join(_json_object(row) for row in rows.iter_rows(named=True))
    return (f"[\n{objects}\n]\n" if objects else "[]\n").encode()


def _json_object(row: Mapping[str, object]) -> str:
    text = json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False)
    if harmless(text) == text:
        return text
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    return character if harmless(character) == character else json.dumps(character)[1:-1]


def _markdown(rows: pl.DataFrame) -> bytes:
    rule = ("---:" if kind.is_numeric() else "---" for kind in rows.dtypes)
    lines = [_bar(map(_markdown_cell, rows.columns)), _bar(rule)]
    lines += [_bar(map(_markdown_cell, row)) for row in rows.iter_rows()]
    return "".join(lines).encode()


def _bar(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _markdown_cell(value: object) -> str:
    return _MARKUP.sub(r"\\\1", harmless(cell(value)))


def _parquet(rows: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    rows.write_parquet(buffer)
    return buffer.getvalue()


_RENDERERS: Mapping[str, Callable[[pl.DataFrame], bytes]] = MappingProxyType(
    {"table": _table, "csv": _csv, "json": _json, "markdown": _markdown, "parquet": _parquet}
)
