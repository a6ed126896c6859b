"""From a source in the configuration to the connector that reads it."""

from connectors.files import FilesConnector
from connectors.protocol import Connector
from roadworthy.config.load import Loaded
from roadworthy.config.sources import FilesSource, Source
from roadworthy.errors import ConfigError


def connect(loaded: Loaded, source: Source) -> Connector:
    """Make the connector of a source.

    Raises:
        ConfigError: this version cannot read that kind of source.
    """
    if isinstance(source, FilesSource):
        path = loaded.resolve(source.path)
        return FilesConnector(
            path=path, tracker=source.tracker, name=source.name, as_of=source.as_of
        )
    raise ConfigError(
        f"{loaded.path}: source '{source.name}': kind = '{source.kind}' is valid, but this version "
        "reads recorded payloads only; export them and use kind = 'files'"
    )
