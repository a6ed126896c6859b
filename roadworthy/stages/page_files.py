"""What pages are called, and how they are put in place."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from roadworthy.disk import FULL, is_full, put_in_place
from roadworthy.errors import ConfigError, RoadworthyError

_KEPT = re.compile(r"roadworthy-(\d{4}-\d\d-\d\d)\.html")
_OF_A_TEAM = re.compile(r'href="(team-[A-Za-z0-9-]+\.html)"')
_LONGEST = 40


def kept(day: date) -> str:
    """The report of the organisation, which stays when later ones come."""
    return f"roadworthy-{day}.html"


def team_files(teams: Sequence[str]) -> dict[str, str]:
    """The page of each team, under a name that every file system takes and no other team has."""
    plain = {team: re.sub(r"[^A-Za-z0-9]+", "-", team).strip("-")[:_LONGEST] for team in teams}
    names = [one.casefold() for one in plain.values()]
    return {
        team: f"team-{one}.html"
        if one == team and names.count(one.casefold()) == 1
        else f"team-{one}-{hashlib.sha256(team.encode()).hexdigest()[:8]}.html"
        for team, one in plain.items()
    }


def as_of_then(day: date, team_file: str | None) -> str:
    """A report of an earlier day that is computed today: never that of the night itself."""
    return f"as-of-{day}-{team_file or 'organisation.html'}"


def nights(folder: Path) -> dict[date, str]:
    """The reports of the organisation that lie in a folder, by their day."""
    found = {}
    for path in folder.iterdir():
        named = _KEPT.fullmatch(path.name)
        try:
            if named:
                found[date.fromisoformat(named[1])] = path.name
        except ValueError:
            continue  # a file of somebody's with a day that no month has
    return found


def forget_teams(index: Path, still: Sequence[str]) -> None:
    """Remove the pages that the index leads to and that no team has any more."""
    if index.exists():
        for name in set(_OF_A_TEAM.findall(index.read_text(encoding="utf-8"))) - set(still):
            (index.parent / name).unlink(missing_ok=True)


def write_whole(target: Path, content: str | bytes) -> None:
    """Put a file in place in one step, in a folder that is made where it is not there.

    Raises:
        ConfigError: it cannot be written there.
        RoadworthyError: the disk is full.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(target, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        if is_full(error):
            raise RoadworthyError(f"{target}: {FULL}") from error
        raise ConfigError(f"{target}: cannot be written: {error.strerror or error}") from error
