"""Questions in SQL, by anybody: an answer or one sentence, and nothing but the answer."""

from pathlib import Path
from typing import Final

from fuzz.choices import Choices
from fuzz.scratch import scratch_folder
from fuzz.spoiling import TEXTS
from roadworthy.answers import ask, find, parameters_of, ready_made, render
from roadworthy.errors import RoadworthyError
from roadworthy.sql_files import sql_files
from roadworthy.warehouse import Warehouse, building, open_landing

LOOKS_AT: Final = ("roadworthy.answers", "roadworthy.warehouse", "roadworthy.bounded")

_SECONDS: Final = 2
_ROWS: Final = 20
_FORMS: Final = ("table", "csv", "json", "markdown", "parquet")
_FOLDER: Final = scratch_folder()
_PIECES: Final = (
    *(
        "select",
        "from",
        "work_items",
        "union all",
        "copy",
        "attach",
        "install",
        "pragma",
        ";",
        "--",
    ),
    *("read_csv('/etc/passwd')", "read_text('*')", "getenv('PATH')", "glob('/*')", "$scope", "$1"),
    *(
        "'",
        '"',
        "(",
        ")",
        "*",
        "::json",
        "::varchar",
        "interval '1' day",
        "[1]",
        "{'a': 1}",
        "null",
    ),
    *("union_value(a := 1)", "1e308", "nan", "'infinity'::timestamp", "'\\x00'::blob", "range(9)"),
    *(
        "date '290309-12-22 (BC)'",
        "time '24:00'",
        "map([1],[2])",
        "1::hugeint",
        "uuid()",
        "'1'::bit",
    ),
)


def _published() -> Path:
    path = _FOLDER / "roadworthy.duckdb"
    with open_landing(path):
        pass
    with building(path) as warehouse:
        _fill(warehouse)
    return path


def _fill(warehouse: Warehouse) -> None:
    warehouse.run_folder("schema/main")


_PATH: Final = _published()
_BYTES: Final = _PATH.read_bytes()


def seeds() -> tuple[bytes, ...]:
    """Questions that are ready made, and some that mean harm."""
    harm = (
        "select 1; drop table work_items",
        "copy work_items to 'x.csv'",
        "select * from read_csv_auto('/etc/passwd')",
        "select getenv('HOME')",
        "attach 'x.duckdb'",
        "set enable_external_access = true",
        "select * from '/etc/passwd'",
    )
    names = tuple(ready_made())
    texts = (*names[:6], *harm, *(sql_files("queries")[name] for name in names[:4]))
    return tuple(b"\x00\x00" + text.encode() for text in texts)


def one(data: bytes) -> None:
    """Ask a question, and look at what it left behind."""
    choices = Choices(data)
    form = choices.one_of(_FORMS)
    splices = [
        (choices.number(1 << 10), choices.one_of(_PIECES), choices.number(8))
        for _ in range(choices.number(5))
    ]
    pairs = [f"scope={choices.one_of(TEXTS)}" for _ in range(min(len(splices), 1))]
    text = choices.rest().decode("utf-8", "replace")
    for at, piece, cut in splices:
        text = f"{text[:at]} {piece} {text[at + cut :]}"
    try:
        question = find(text).asked_with(parameters_of(pairs))
        answer = ask(_PATH, question, limit=_ROWS, seconds=_SECONDS)
        assert answer.rows.height <= _ROWS
        render(answer.rows, form)
    except RoadworthyError as error:
        assert str(error)
    assert {path.name for path in _PATH.parent.iterdir()} == {
        "roadworthy.duckdb",
        "roadworthy.raw.duckdb",
    }
    assert _PATH.stat().st_size == len(_BYTES)
