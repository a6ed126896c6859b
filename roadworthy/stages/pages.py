"""All pages of a night: the organisation, each team, and an index that leads to them.

The report of the organisation is kept, night by night, under its date. The pages of teams are those
of the latest night, for twenty teams would fill a disk with pages that nobody asks for again;
``roadworthy report --team T --as-of DATE`` makes an earlier one.
"""

from pathlib import Path

from reports import format as words
from reports.data import ReportData
from reports.index import Earlier, Entry, index
from reports.page import render
from reports.sections.front import headline, moved
from roadworthy.config.load import Loaded
from roadworthy.progress import Progress
from roadworthy.stages.page_files import forget_teams, kept, nights, team_files, write_whole
from roadworthy.stages.published import Published

INDEX = "index.html"
_SEVERAL = 2


def pages(loaded: Loaded, progress: Progress) -> Path:
    """Write all pages of the published warehouse; returns the one of the organisation.

    Raises:
        ConfigError: nothing is published yet.
    """
    progress.started("report", "reading the warehouse")
    published = Published.read(loaded)
    day = words.day_in_zone(published.snapshot, loaded.config.timezone)
    data = published.data()
    target = loaded.reports / kept(day)
    size = _write(target, data)
    entries = _team_pages(published, progress) if len(published.teams) >= _SEVERAL else []
    as_of = words.instant(published.snapshot, loaded.config.timezone)
    earlier = [
        Earlier(one, name)
        for one, name in sorted(nights(loaded.reports).items(), reverse=True)
        if one != day
    ]
    forget_teams(loaded.reports / INDEX, [entry.file for entry in entries])
    organisation = _entry(data.facts.title, target.name, data)
    write_whole(loaded.reports / INDEX, index(as_of, organisation, entries, earlier))
    told = f", and {words.counted(len(entries), 'team')}" if entries else ""
    progress.finished("report", f"{size / 1e6:.2f} MB{told}")
    return target


def _team_pages(published: Published, progress: Progress) -> list[Entry]:
    entries = []
    for team, file in team_files(published.teams).items():
        data = published.data(team)
        _write(published.loaded.reports / file, data)
        progress.advanced("report", 1)
        entries.append(_entry(team, file, data))
    return entries


def _entry(about: str, file: str, data: ReportData) -> Entry:
    """A page with its verdict, and what has moved since."""
    told = f"{headline(data)} {moved(data)}"
    return Entry(about, file, told.strip())


def _write(target: Path, data: ReportData) -> int:
    """Write a page; returns its characters."""
    page = render(data)
    write_whole(target, page)
    return len(page)
