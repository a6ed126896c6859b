"""One export: every format that is asked for, out of one warehouse, into one folder."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from roadworthy.exports.advancing import Advanced
from roadworthy.exports.folder import whole
from roadworthy.exports.ocel import write_ocel
from roadworthy.exports.parquet import write_tables
from roadworthy.exports.xes import write_packed_xes, write_xes
from roadworthy.progress import Progress
from roadworthy.warehouse import Warehouse, open_published

#: Writes its files into a folder and says in a few words what it wrote.
Writer: TypeAlias = Callable[[Warehouse, Path, Advanced], str]

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "parquet": write_tables,
        "ocel": write_ocel,
        "xes": write_xes,
        "xes.gz": write_packed_xes,
    }
)


def export(published: Path, target: Path, formats: Iterable[str], progress: Progress) -> None:
    """Write the published warehouse to a folder, in the place of an earlier export.

    A run may publish meanwhile: all of an export is of the one file that was there when it began.

    Raises:
        ConfigError: nothing is published yet, or the folder is not one to write to.
    """
    with open_published(published) as warehouse, whole(target) as folder:
        for name in dict.fromkeys(formats):
            progress.started(name, f"writing {target}")
            told = FORMATS[name](warehouse, folder, partial(progress.advanced, name))
            progress.finished(name, told)
