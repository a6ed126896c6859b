"""An invented company to try everything on: its trackers' answers, and a configuration for them.

The same on every machine: four teams, eighteen months, and a governance change in two of them
after a year. The truth that was planted lies beside the answers, in ``truth/``.
"""

from datetime import UTC, datetime
from pathlib import Path

from roadworthy.errors import ConfigError
from roadworthy.progress import Progress
from roadworthy.simulator import simulate, write_archive

SEED = 7
ENDS_AT = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)

#: What tells a folder of a demo from a folder of somebody's work.
_MARK = ".roadworthy-demo"


def prepare(folder: Path, progress: Progress) -> Path:
    """Write the company into a folder; returns the path of its configuration.

    Raises:
        ConfigError: the folder holds something that no demo put there.
    """
    _claim(folder)
    progress.started("demo", "inventing a company")
    organisation = simulate(SEED, ends_at=ENDS_AT)
    write_archive(organisation, folder)
    told = f"{len(organisation.issues):,} issues and {len(organisation.pulls):,} pull requests"
    progress.finished("demo", told)
    return folder / "roadworthy.toml"


def _claim(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"--out {folder}: is a file; name a folder for the demo")
    mark = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise ConfigError(f"--out {folder}: holds other things already; name a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError as error:
        raise ConfigError(f"--out {folder}: cannot be written: {error.strerror}") from error
