"""The command ``sql``: questions to the published warehouse."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadworthy.cli.output import OutFile, wants_colour, write_bytes, write_file
from roadworthy.cli.session import Session, command
from roadworthy.errors import ConfigError

if TYPE_CHECKING:
    from roadworthy.answers import Question

_ROWS_TO_READ = 1000


@click.command()
@click.argument("query", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "markdown", "parquet"]),
    default="table",
    show_default=True,
    help="table to read, csv for a spreadsheet (what would be a formula is made text), json for "
    "a program, markdown for a document, parquet for another engine (with --out).",
)
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for $NAME in the query; may be given several times.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help="So many rows at most; 0 for all. Without it 1000 for table and markdown, else all.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query that takes longer.",
)
@click.option(
    "--out",
    type=OutFile(),
    help="Write to this file instead of standard output.",
)
@command
def sql(
    session: Session,
    *,
    query: str | None,
    form: str,
    params: tuple[str, ...],
    limit: int | None,
    timeout: float,
    out: Path | None,
) -> None:
    """Ask the warehouse: a question by name, or one in SQL.

    Without QUERY the ready-made questions are listed, in the format asked for. With - it is read
    from standard input. Nothing can be changed by a question. 'roadworthy tables' explains what
    there is to ask for.

    \b
    roadworthy sql
    roadworthy sql where_work_waits --param scope=team:PAY
    roadworthy sql "select team, count(*) from work_items group by team" --format csv
    """  # noqa: D301 - click wants this very character to keep the lines apart
    from roadworthy import answers  # noqa: PLC0415 - slow to import

    if form == "parquet" and out is None:
        raise ConfigError("--format parquet: it is not text; name a file for it with --out")
    if query is None:
        if params:
            raise ConfigError(
                f"--param {params[0]}: there is no query that it belongs to; name a question, as "
                "'roadworthy sql' lists them, or write one"
            )
        _put(_listed() if form == "table" else answers.render(answers.listed(), form), out)
        return
    question = answers.find(sys.stdin.read() if query == "-" else query)
    question = question.asked_with(answers.parameters_of(params))
    most = _limit(limit, form)
    published = session.load().warehouse
    answer = answers.ask(published, question, limit=most, seconds=timeout)
    for doubt in answers.doubts(published, question) if answer.rows.is_empty() else ():
        session.tell.noted(doubt)
    if answer.is_cut:
        session.tell.noted(f"only the first {most:,} rows; --limit 0 gives all of them")
    is_coloured = out is None and wants_colour(sys.stdout)
    _put(answers.render(answer.rows, form, is_coloured=is_coloured), out)


def _put(data: bytes, out: Path | None) -> None:
    if out is None:
        write_bytes(data)
    else:
        write_file(out, data)


def _limit(given: int | None, form: str) -> int | None:
    if given is None:
        return _ROWS_TO_READ if form in {"table", "markdown"} else None
    return given or None


def _listed() -> bytes:
    from roadworthy.answers import ready_made  # noqa: PLC0415 - slow to import

    return "".join(_entry(name, question) for name, question in ready_made().items()).encode()


def _entry(name: str, question: "Question") -> str:
    from roadworthy.answers import PARAMETERS  # noqa: PLC0415 - slow to import

    values = "".join(
        f"\n    --param {key}={value}  {PARAMETERS[key]}"
        for key, value in question.parameters.items()
    )
    seen = f"\n    On the demo: {question.on_the_demo}"
    return f"{name}\n    {question.words}{seen}{values}\n"
