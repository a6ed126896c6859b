"""All pages of a night: the organisation, each team, and an index that leads to them.

The report of the organisation is kept, night by night, under its date. The pages of teams are those
of the latest night, for twenty teams would fill a disk with pages that nobody asks for again;
``roadworthy report --team T --as-of DATE`` makes an earlier one.
"""

from collections.abc import Sequence
from pathlib import Path

from reports import format as words
from reports.data import ReportData
from reports.index import Earlier, Entry, index
from reports.page import Page
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
        ConfigError: nothing is published yet, or the pages cannot be written.
    """
    progress.started("report", "reading the warehouse")
    return written(Published.read(loaded), progress)


def written(published: Published, progress: Progress) -> Path:
    """The same for what was read."""
    loaded = published.loaded
    day = words.day_in_zone(published.snapshot, loaded.config.timezone)
    data = published.data()
    target = loaded.reports / kept(day)
    size = _write(target, data)
    is_wanted = loaded.config.team_pages and len(published.teams) >= _SEVERAL
    entries = _team_pages(published, progress) if is_wanted else []
    _write_index(published, _entry(data.facts.title, target.name, data), entries)
    told = f", and {words.counted(len(entries), 'team')}" if entries else ""
    progress.finished("report", f"{size / 1e6:.2f} MB{told}")
    return target


def _write_index(published: Published, organisation: Entry, entries: Sequence[Entry]) -> None:
    """Lead to all pages and to earlier nights; pages of teams that are no more go."""
    folder, zone = published.loaded.reports, published.loaded.config.timezone
    day = words.day_in_zone(published.snapshot, zone)
    others = [(one, name) for one, name in nights(folder).items() if one != day]
    earlier = [Earlier(one, name) for one, name in sorted(others, reverse=True)]
    forget_teams(folder / INDEX, [entry.file for entry in entries])
    as_of = words.instant(published.snapshot, zone)
    write_whole(folder / INDEX, index(as_of, organisation, entries, earlier))


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
    html = Page(data).html()
    write_whole(target, html)
    return len(html)
