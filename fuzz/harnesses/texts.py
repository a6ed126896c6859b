"""Text of a stranger on its way out: to a terminal, a spreadsheet, a document, a page, a file."""

import csv
import io
import json
import re
import tomllib
import unicodedata
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

import polars as pl

from connectors.excerpts import LONGEST, excerpt, visible
from fuzz.spoiling import TEXTS
from reports.scripts import as_data
from reports.tracker_text import readable, safe_address
from roadworthy.answers.formats import render
from roadworthy.exports.written import text as written
from roadworthy.harmless import harmless
from roadworthy.proposals import toml_text
from roadworthy.stages.page_files import team_files

LOOKS_AT: Final = (
    *(
        "roadworthy.harmless",
        "roadworthy.answers",
        "roadworthy.exports.written",
        "connectors.excerpts",
    ),
    *("roadworthy.proposals.toml_text", "reports.tracker_text", "reports.scripts"),
    "roadworthy.stages.page_files",
)

_ACTS: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
_KEPT: Final = frozenset("\u200c\u200d")
_BEGINS_A_FORMULA: Final = re.compile("[\\s\\x00]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r]")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_LONGEST_TITLE: Final = 80


def seeds() -> tuple[bytes, ...]:
    """The texts that are known to do harm somewhere."""
    harmful = (
        "-1+1",
        "+491",
        "=cmd|' /C calc'!A0",
        "a|b\n|c",
        "[x](javascript:1)",
        "<!--",
        "&#x3c;",
    )
    return tuple(text.encode("utf-8", "surrogatepass") for text in (*TEXTS, *harmful))


def one(data: bytes) -> None:
    """Send a text every way that there is."""
    text = data.decode("utf-8", "replace")
    _to_terminals(text)
    _to_spreadsheets(text)
    _to_documents(text)
    _to_pages(text)
    _to_files(text)
    told = excerpt(data.decode("utf-8", "surrogateescape"))
    assert len(told) <= LONGEST
    assert visible(told) == told
    assert harmless(told) == told


def _acts(text: str, keep: str = "") -> bool:
    return any(
        unicodedata.category(one) in _ACTS and one not in _KEPT and one not in keep for one in text
    )


def _to_terminals(text: str) -> None:
    assert not _acts(harmless(text))
    rows = pl.DataFrame({text or "x": [text, None]})
    assert not _acts(render(rows, "table").decode(), keep="\n")
    as_json = render(rows, "json").decode()
    assert not _acts(as_json, keep="\n")
    assert json.loads(as_json)[0] == {text or "x": text}


def _to_spreadsheets(text: str) -> None:
    rows = pl.DataFrame({"title": [text], "n": [1]})
    told = render(rows, "csv").decode()
    assert not _acts(told, keep="\t\r\n")
    (_, (cell, number)) = csv.reader(io.StringIO(told, newline=""), strict=True)
    assert number == "1"
    assert not _BEGINS_A_FORMULA.match(cell) or _NUMBER.fullmatch(cell), cell


def _to_documents(text: str) -> None:
    rows = pl.DataFrame({"title": [text], "n": [1]})
    told = render(rows, "markdown").decode()
    lines = told.splitlines()
    assert len(lines) == 3, "a cell is on one line"  # noqa: PLR2004 - header, rule, row
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", lines[2])) == 3  # noqa: PLR2004 - of two cells
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>`*\[\]~&]", lines[2])


def _to_pages(text: str) -> None:
    told = as_data({"title": text})
    assert not set("<>&\u2028\u2029") & set(told)
    assert json.loads(told) == {"title": text}
    shown = readable(text, limit=_LONGEST_TITLE)
    assert len(shown) <= _LONGEST_TITLE
    assert not _acts(shown)
    assert "\n" not in shown
    address = safe_address(text)
    assert address is None or urlsplit(address).scheme in {"http", "https"}


def _to_files(text: str) -> None:
    element = ET.fromstring(f"<a b={quoteattr(written(text))}/>")  # noqa: S314 - made a moment ago
    assert element.attrib == {"b": written(text)}
    line = f"{toml_text.key(text)} = {toml_text.quoted(text)}\n{toml_text.comment(text)}\n"
    assert tomllib.loads(line) == {text: text}
    names = team_files([text, f"{text}x", text.upper() + "."])
    for name in names.values():
        assert re.fullmatch(r"team-[A-Za-z0-9-]*\.html", name)
    assert len({name.casefold() for name in names.values()}) == len(names)
