"""Trackers into landing: which sources are read, one after the other, and the outcome of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.protocol import ConnectorError
from roadworthy.config.load import Loaded
from roadworthy.config.sources import WRITE_WHEN_RECORDED, FilesSource, Source
from roadworthy.errors import ConfigError
from roadworthy.progress import Progress
from roadworthy.runs import Run
from roadworthy.stages.clock_faults import agree_on_the_time
from roadworthy.stages.pseudonym_key import kept_pseudonyms
from roadworthy.stages.source_sync import SourceSync
from roadworthy.stages.sources import connect
from roadworthy.warehouse import open_landing


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync brought."""

    records: int
    requests: int
    sources: tuple[str, ...]
    failures: tuple[str, ...]
    """One sentence for each source that could not be read to its end; the others were."""


def sync(
    loaded: Loaded,
    run: Run,
    progress: Progress,
    only: Sequence[str] = (),
    *,
    full: bool = False,
) -> SyncResult:
    """Fetch all sources, or those named, into the landing file.

    A source that fails is reported and does not stop the others. ``full`` reads everything again
    where a source can be read incrementally; recorded payloads always are read whole.

    Raises:
        ConfigError: a source cannot be read as it is declared; nothing was read.
    """
    sources = _chosen(loaded, only)
    _see_to_the_instants(loaded, sources, run)
    connectors = [(source, connect(loaded, source, progress.noted)) for source in sources]
    failures: list[str] = []
    records = 0
    with open_landing(loaded.warehouse) as landing:
        agree_on_the_time(landing, run, progress)
        pseudonyms = kept_pseudonyms(loaded, landing, progress)
        for source, connector in connectors:
            one = SourceSync(landing, run, progress, pseudonyms, source, connector, full=full)
            try:
                one.read()
            except ConnectorError as error:
                one.broke_off(str(error))
                failures.append(str(error))
            finally:
                connector.close()
            records += one.records
    return SyncResult(
        records=records,
        requests=sum(connector.requests for _, connector in connectors),
        sources=tuple(source.name for source in sources),
        failures=tuple(failures),
    )


def _chosen(loaded: Loaded, only: Sequence[str]) -> list[Source]:
    known = [source.name for source in loaded.config.sources]
    for name in only:
        if name not in known:
            raise ConfigError(
                f"{loaded.path}: no source is called '{name}'; there are: {', '.join(known)}"
            )
    return [source for source in loaded.config.sources if not only or source.name in only]


def _see_to_the_instants(loaded: Loaded, sources: Sequence[Source], run: Run) -> None:
    """That no archive is said to be of an instant that is still to come."""
    for source in sources:
        if isinstance(source, FilesSource) and (fault := source.still_to_come(run.started_at)):
            raise ConfigError(
                f"{loaded.path}: source '{source.name}': {fault}; {WRITE_WHEN_RECORDED}"
            )
