"""The command ``plan``: before a change, what could be seen of it."""

from datetime import datetime

import click

from roadworthy.cli.output import write, write_bytes
from roadworthy.cli.session import Session, command, now


@click.command()
@click.option(
    "--on",
    "starts_on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day on which the change begins, as in 2026-03-31; without it, today.",
)
@click.option("--team", metavar="NAME", help="The team it would concern; without it, all of them.")
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="METRIC",
    help="A metric to judge it by, as in rejection_rate; may be given several times. Without it, "
    "every metric that can be planned.",
)
@click.option(
    "--washout",
    "washout_days",
    type=click.IntRange(min=0),
    default=28,
    show_default=True,
    metavar="DAYS",
    help="How long it takes to bring it in; nothing counts meanwhile.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json", "markdown"]),
    default="text",
    show_default=True,
    help="text to read, the others for a spreadsheet, a program, a document.",
)
@command
def plan(
    session: Session,
    *,
    starts_on: datetime | None,
    team: str | None,
    metrics: tuple[str, ...],
    washout_days: int,
    form: str,
) -> None:
    """Before a change: how small an effect could be seen, and by when.

    Computed from the published warehouse: from how much work there is, and how much it varies. What
    the history could not have shown, the future will not show either. Other teams that are not
    changed make smaller effects visible.

    \b
    roadworthy plan --on 2026-04-01 --team PAY --metric rejection_rate
    """  # noqa: D301 - click wants this very character to keep the lines apart
    import polars as pl  # noqa: PLC0415 - slow to import

    from roadworthy import answers, plans  # noqa: PLC0415
    from roadworthy.harmless import harmless  # noqa: PLC0415

    asked = plans.Asked((starts_on or now()).date(), metrics, team, washout_days)
    rows = plans.plan(session.load().warehouse, asked)
    if form == "text":
        write("".join(f"{harmless(line)}\n" for line in plans.in_words(rows, asked)))
    else:
        write_bytes(answers.render(pl.DataFrame(rows), form))
