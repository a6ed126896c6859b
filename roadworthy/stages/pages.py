"""All pages of a night: the organisation, each team, and an index that leads to them.

The report of the organisation is kept, night by night, under its date. The pages of teams are those
of the latest night, for twenty teams would fill a disk with pages that nobody asks for again;
``roadworthy report --team T --as-of DATE`` makes an earlier one.
"""

import hashlib
import re
from datetime import date
from pathlib import Path

from reports import format as words
from reports.data import ReportData
from reports.index import Earlier, Entry, index
from reports.page import render
from reports.sections.front import headline
from roadworthy.config.load import Loaded
from roadworthy.progress import Progress
from roadworthy.stages.report import Published, file_name, write_whole

INDEX = "index.html"
_SEVERAL = 2
_KEPT = re.compile(r"roadworthy-(\d{4}-\d\d-\d\d)\.html")


def pages(loaded: Loaded, progress: Progress) -> Path:
    """Write all pages of the published warehouse; returns the one of the organisation.

    Raises:
        ConfigError: nothing is published yet.
    """
    progress.started("report", "reading the warehouse")
    published = Published.read(loaded)
    target = loaded.reports / file_name(published.snapshot, None)
    data = published.data()
    size = _write(target, data)
    entries = _team_pages(published, progress) if len(published.teams) >= _SEVERAL else []
    organisation = Entry(data.facts.title, target.name, headline(data))
    as_of = words.instant(published.snapshot, loaded.config.timezone)
    earlier = _earlier(loaded.reports, published.snapshot.date())
    write_whole(loaded.reports / INDEX, index(as_of, organisation, entries, earlier))
    told = f", and {words.counted(len(entries), 'team')}" if entries else ""
    progress.finished("report", f"{size / 1e6:.2f} MB{told}")
    return target


def _team_pages(published: Published, progress: Progress) -> list[Entry]:
    entries = []
    for team in published.teams:
        data = published.data(team)
        file = _team_file(team)
        _write(published.loaded.reports / file, data)
        progress.advanced("report", 1)
        entries.append(Entry(team, file, headline(data)))
    return entries


def _write(target: Path, data: ReportData) -> int:
    """Write a page; returns its characters."""
    page = render(data)
    write_whole(target, page)
    return len(page)


def _team_file(team: str) -> str:
    """A name that every file system takes; two teams never share one."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", team).strip("-")[:40]
    told_apart = "" if plain == team else f"-{hashlib.sha256(team.encode()).hexdigest()[:8]}"
    return f"team-{plain}{told_apart}.html"


def _earlier(folder: Path, latest: date) -> list[Earlier]:
    """The reports of other nights that lie in the folder, the latest first."""
    kept = [
        Earlier(date.fromisoformat(found[1]), path.name)
        for path in folder.iterdir()
        if (found := _KEPT.fullmatch(path.name))
    ]
    others = [one for one in kept if one.day != latest]
    return sorted(others, key=lambda one: one.day, reverse=True)
