"""One export: every format that is asked for, out of one warehouse, into one folder."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from roadworthy.exports.folder import whole
from roadworthy.exports.parquet import write_tables
from roadworthy.progress import Progress
from roadworthy.warehouse import Warehouse, open_published

#: Writes its files into a folder and says in a few words what it wrote.
Writer: TypeAlias = Callable[[Warehouse, Path, Progress], str]

FORMATS: Mapping[str, Writer] = MappingProxyType({"parquet": write_tables})


def export(published: Path, target: Path, formats: Iterable[str], progress: Progress) -> None:
    """Write the published warehouse to a folder, in the place of an earlier export.

    A run may publish meanwhile: all of an export is of the one file that was there when it began.

    Raises:
        ConfigError: nothing is published yet, or the folder is not one to write to.
    """
    with open_published(published) as warehouse, whole(target) as folder:
        for name in dict.fromkeys(formats):
            progress.started(name, f"writing {target}")
            told = FORMATS[name](warehouse, folder, progress)
            progress.finished(name, told)
