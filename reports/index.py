"""The first page of the folder of reports: the latest ones, one per team, and earlier nights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from reports import format as words
from reports import scripts, theme
from reports.page import template
from reports.tracker_text import readable


@dataclass(frozen=True)
class Entry:
    """A report: what it is about, the file beside the index, and the verdict it opens with."""

    about: str
    file: str
    verdict: str


@dataclass(frozen=True)
class Earlier:
    """A report of an earlier night."""

    day: date
    file: str

    @property
    def told(self) -> str:
        """The day in words."""
        return words.calendar_day(self.day)


def index(
    as_of: str, organisation: Entry, teams: Sequence[Entry], earlier: Sequence[Earlier]
) -> str:
    """The index as the text of an HTML file.

    Args:
        as_of: the snapshot in words.
        organisation: the report of all teams.
        teams: their own pages.
        earlier: reports of the organisation that are still there, the latest first.
    """
    style = theme.stylesheet() + scripts.asset("page.css")
    return template("index.html.j2").render(
        policy=scripts.policy(scripts=(), styles=(style,)),
        style=Markup(style),  # noqa: S704 - written by us, no data in it
        as_of=as_of,
        organisation=organisation,
        teams=[Entry(readable(one.about, limit=80), one.file, one.verdict) for one in teams],
        earlier=earlier,
    )
