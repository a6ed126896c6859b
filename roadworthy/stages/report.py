"""The published warehouse into one HTML file."""

from datetime import datetime
from pathlib import Path

from reports import format as words
from reports.page import Page
from roadworthy.config.load import Loaded
from roadworthy.disk import claim
from roadworthy.errors import ConfigError
from roadworthy.progress import Progress
from roadworthy.stages.page_files import as_of_then, kept, team_files, write_whole
from roadworthy.stages.published import Published


def report(
    loaded: Loaded,
    progress: Progress,
    *,
    out: Path | None = None,
    as_of: datetime | None = None,
    team: str | None = None,
    charts: Path | None = None,
) -> Path:
    """Write the report and return where it is.

    Args:
        loaded: the configuration.
        progress: whoever listens.
        out: the file to write; else one named after the snapshot in the folder of reports.
        as_of: an earlier instant, to see what was known then.
        team: the team to report on; else the organisation.
        charts: a folder for its charts as pictures, SVG and PNG.

    Raises:
        ConfigError: nothing is published yet, there is nothing to say of that team, or a file
            cannot be written.
    """
    if charts is not None:
        claim(charts)
    progress.started("report", "reading the warehouse")
    published = Published.read(loaded, as_of)
    if team is not None and team not in published.teams:
        raise ConfigError(
            f"--team {team}: there is no such team, or it has too few people to be shown; there "
            f"are: {', '.join(published.teams) or 'none'}"
        )
    if as_of is not None:
        _say_what_is_known(published, as_of, progress)
    page = Page(published.data(team))
    html = page.html()
    target = out or loaded.reports / _name(published, team)
    write_whole(target, html)
    drawn = _draw(charts, page) if charts is not None else 0
    told = f", {words.counted(drawn, 'chart')} in {charts}" if charts is not None else ""
    progress.finished("report", f"{len(html) / 1e6:.2f} MB{told}")
    return target


def _say_what_is_known(published: Published, as_of: datetime, progress: Progress) -> None:
    """Say so where the instant asked for lies outside of what is known."""
    zone = published.loaded.config.timezone
    if as_of > published.snapshot:
        told = words.instant(published.snapshot, zone)
        progress.noted(f"--as-of: the data end on {told}; that is what is reported")
    elif published.frames["work_items"].is_empty():
        progress.noted("--as-of: nothing had begun by then; the page is empty")


def _name(published: Published, team: str | None) -> str:
    day = words.day_in_zone(published.snapshot, published.loaded.config.timezone)
    of_team = None if team is None else team_files(published.teams)[team]
    return as_of_then(day, of_team) if published.is_past else of_team or kept(day)


def _draw(folder: Path, page: Page) -> int:
    """Write each chart as SVG and PNG; returns how many there are."""
    drawn = 0
    for one in page.slides():
        write_whole(folder / f"{one.name}.svg", one.svg)
        write_whole(folder / f"{one.name}.png", one.png())
        drawn += 1
    return drawn
